package dev.telltale.platform.admin;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Frames on a channel. */
final class Frames {
  private Frames() {}

  /** Reads one frame; nothing for the end mark. */
  static Optional<byte[]> read(SocketChannel channel, int largest) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
    fill(channel, header);
    int length = header.getInt(0);
    if (length == 0) {
      return Optional.empty();
    }
    if (length < 0 || length > largest) {
      throw new IOException("frame of " + Integer.toUnsignedString(length) + " bytes");
    }
    ByteBuffer body = ByteBuffer.allocate(length);
    fill(channel, body);
    return Optional.of(body.array());
  }

  private static void fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the connection ended early");
      }
    }
  }

  static void write(SocketChannel channel, byte[] frame) throws IOException {
    if (frame.length == 0) {
      throw new IllegalArgumentException("an empty frame is the end mark");
    }
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + frame.length);
    drain(channel, bytes.putInt(frame.length).put(frame).flip());
  }

  static void writeEnd(SocketChannel channel) throws IOException {
    drain(channel, ByteBuffer.allocate(Integer.BYTES));
  }

  private static void drain(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
