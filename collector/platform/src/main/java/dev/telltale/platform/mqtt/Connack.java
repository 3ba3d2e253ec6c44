package dev.telltale.platform.mqtt;

import java.io.IOException;
import java.util.Arrays;

/**
 * Makes a broker's CONNACK offer only what Paho can be trusted with. Less than offered is always
 * allowed.
 *
 * <ul>
 *   <li>No topic aliases. Paho uses as many as it is offered, cannot be told not to, and assigns
 *       them without a lock, so that of two threads one may send an alias before the other has sent
 *       its topic.
 *   <li>Receive maximum and packet size below their sign bit: Paho reads the former as signed and
 *       then never sends a message.
 * </ul>
 */
final class Connack {
  private static final int RECEIVE_MAXIMUM = 0x21;
  private static final int TOPIC_ALIAS_MAXIMUM = 0x22;
  private static final int MAXIMUM_PACKET_SIZE = 0x27;
  private static final String MALFORMED = "malformed CONNACK";

  private final byte[] body;
  private int at;

  private Connack(byte[] body) {
    this.body = body;
  }

  /** Changes the variable header of a CONNACK in place (MQTT 5, 3.2.2). */
  static void tame(byte[] connack) throws IOException {
    new Connack(connack).tame();
  }

  private void tame() throws IOException {
    at = 2;
    int end = length();
    if (at + end != body.length) {
      throw new IOException(MALFORMED);
    }
    while (at < body.length) {
      int property = next();
      int value = at;
      skip(property);
      switch (property) {
        case TOPIC_ALIAS_MAXIMUM -> Arrays.fill(body, value, value + 2, (byte) 0);
        case RECEIVE_MAXIMUM -> positive(value, 2);
        case MAXIMUM_PACKET_SIZE -> positive(value, 4);
        default -> {}
      }
    }
  }

  /** Brings a big-endian number down to the largest without its sign bit. */
  private void positive(int offset, int size) {
    if (body[offset] < 0) {
      body[offset] = 0x7F;
      Arrays.fill(body, offset + 1, offset + size, (byte) 0xFF);
    }
  }

  /** Steps over the value of a property a CONNACK may have (MQTT 5, table 2-4). */
  private void skip(int property) throws IOException {
    switch (property) {
      case 0x24, 0x25, 0x28, 0x29, 0x2A -> at += 1;
      case 0x13, RECEIVE_MAXIMUM, TOPIC_ALIAS_MAXIMUM -> at += 2;
      case 0x11, MAXIMUM_PACKET_SIZE -> at += 4;
      case 0x12, 0x15, 0x16, 0x1A, 0x1C, 0x1F -> string();
      case 0x26 -> {
        string();
        string();
      }
      default -> throw new IOException(MALFORMED);
    }
    if (at > body.length) {
      throw new IOException(MALFORMED);
    }
  }

  private void string() throws IOException {
    int size = next() << 8 | next();
    at += size;
  }

  private int length() throws IOException {
    int value = 0;
    for (int shift = 0; shift <= 21; shift += 7) {
      int digit = next();
      value |= (digit & 0x7F) << shift;
      if ((digit & 0x80) == 0) {
        return value;
      }
    }
    throw new IOException(MALFORMED);
  }

  private int next() throws IOException {
    if (at >= body.length) {
      throw new IOException(MALFORMED);
    }
    return body[at++] & 0xFF;
  }
}
