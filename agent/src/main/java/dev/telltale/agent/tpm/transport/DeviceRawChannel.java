package dev.telltale.agent.tpm.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The kernel's device node: one write per command, the answer by reading. The driver works the
 * command off inside the write and has time limits of its own, so the deadline is not looked at
 * here; who waits for the thread that calls this looks at it. An interrupt of that thread would
 * close the channel.
 */
final class DeviceRawChannel implements RawChannel {
  private final FileChannel channel;

  private DeviceRawChannel(FileChannel channel) {
    this.channel = channel;
  }

  static DeviceRawChannel open(Path node) throws TpmException {
    try {
      return new DeviceRawChannel(
          FileChannel.open(node, StandardOpenOption.READ, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new TpmException.Unavailable(node + " cannot be opened: " + e, e);
    }
  }

  @Override
  public byte[] exchange(byte[] command, Deadline deadline) throws TpmException {
    Frame.requireCommand(command);
    try {
      int written = channel.write(ByteBuffer.wrap(command));
      if (written != command.length) {
        throw new TpmException.Unavailable("the driver took part of a command only");
      }
      return read();
    } catch (IOException e) {
      throw new TpmException.Unavailable("TPM device: " + e, e);
    }
  }

  private byte[] read() throws IOException, TpmException {
    ByteBuffer buffer = ByteBuffer.allocate(TpmTransport.LARGEST);
    int size = TpmTransport.LARGEST;
    while (buffer.position() < size) {
      if (channel.read(buffer) <= 0) {
        throw new TpmException.Malformed("the driver's answer ends too early");
      }
      if (buffer.position() >= Frame.HEADER) {
        size = Frame.size(buffer);
      }
    }
    if (buffer.position() != size) {
      throw new TpmException.Malformed("the driver's answer is longer than it announces");
    }
    byte[] response = new byte[size];
    buffer.flip().get(response);
    return response;
  }

  @Override
  public boolean alive() {
    return channel.isOpen();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger(DeviceRawChannel.class.getName())
          .log(System.Logger.Level.DEBUG, "closing the TPM device", e);
    }
  }
}
