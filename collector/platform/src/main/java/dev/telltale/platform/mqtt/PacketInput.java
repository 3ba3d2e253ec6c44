package dev.telltale.platform.mqtt;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The bytes from the broker, packet by packet, in a form that is safe to give to Paho.
 *
 * <ul>
 *   <li>Nothing, not even the end of the stream, is seen before our CONNECT has been written: Paho
 *       leaks a thread when its receiver ends while its other threads are still being started.
 *   <li>A packet above the limit ends the connection; Paho would allocate it first and compares
 *       with the limit of the wrong direction.
 *   <li>A CONNACK is tamed by {@link Connack}.
 * </ul>
 */
final class PacketInput extends InputStream {
  private static final int CONNACK = 2;
  private static final int LARGEST_CONNACK = 4_096;
  private static final long START_SECONDS = 10;
  private static final byte[] NOTHING = {};

  private final InputStream in;
  private final int maximumPacket;
  private final CountDownLatch started;

  /** Bytes already taken from the stream and not yet from us. */
  private byte[] ready = NOTHING;

  private int readyAt;
  private int bodyLeft;

  PacketInput(InputStream in, int maximumPacket, CountDownLatch started) {
    this.in = new BufferedInputStream(in);
    this.maximumPacket = maximumPacket;
    this.started = started;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    awaitStart();
    if (readyAt == ready.length && bodyLeft == 0 && !nextPacket()) {
      return -1;
    }
    if (readyAt < ready.length) {
      int count = Math.min(length, ready.length - readyAt);
      System.arraycopy(ready, readyAt, target, offset, count);
      readyAt += count;
      return count;
    }
    int count = in.read(target, offset, Math.min(length, bodyLeft));
    if (count < 0) {
      throw new EOFException("the broker closed the connection within a packet");
    }
    bodyLeft -= count;
    return count;
  }

  @Override
  public int available() {
    return ready.length - readyAt;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void awaitStart() throws IOException {
    try {
      if (!started.await(START_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("no CONNECT was sent");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Reads one fixed header (MQTT 5, 2.1); false at the end of the stream. */
  private boolean nextPacket() throws IOException {
    int first = in.read();
    if (first < 0) {
      return false;
    }
    byte[] header = new byte[5];
    header[0] = (byte) first;
    int size = 1;
    int remaining = 0;
    int digit;
    do {
      if (size == header.length) {
        throw new IOException("malformed packet length");
      }
      digit = must(in.read());
      header[size] = (byte) digit;
      remaining |= (digit & 0x7F) << (7 * (size - 1));
      size++;
    } while ((digit & 0x80) != 0);
    if (size + remaining > maximumPacket) {
      throw new IOException("packet of " + remaining + " bytes, at most " + maximumPacket);
    }
    boolean connack = first >>> 4 == CONNACK;
    byte[] body = connack ? connackBody(remaining) : NOTHING;
    ready = new byte[size + body.length];
    System.arraycopy(header, 0, ready, 0, size);
    System.arraycopy(body, 0, ready, size, body.length);
    readyAt = 0;
    bodyLeft = remaining - body.length;
    return true;
  }

  private byte[] connackBody(int length) throws IOException {
    if (length > LARGEST_CONNACK) {
      throw new IOException("CONNACK of " + length + " bytes");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the broker closed the connection within its CONNACK");
    }
    Connack.tame(body);
    return body;
  }

  private static int must(int value) throws EOFException {
    if (value < 0) {
      throw new EOFException("the broker closed the connection within a packet");
    }
    return value;
  }
}
