package dev.telltale.tpmsim.swtpm;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;

/**
 * swtpm's control channel: a four-byte big-endian command, its body, and a reply that begins with a
 * four-byte result (swtpm's {@code tpm_ioctl.h}).
 */
public final class SwtpmControl implements Closeable {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int INIT = 2;
  private static final int SHUTDOWN = 3;
  private static final int GET_STATE = 12;
  private static final int SET_STATE = 13;
  private static final int STOP = 14;

  /** Decrypted: the state blob leaves as it is in memory. */
  private static final int STATE_DECRYPTED = 1;

  /** Fresh and used states have 1 to 20 KB; libtpms never writes more than this. */
  private static final int STATE_LIMIT = 256 * 1024;

  /** The two states that a running TPM consists of. */
  public enum State {
    PERMANENT(1),
    VOLATILE(2);

    private final int type;

    State(int type) {
      this.type = type;
    }
  }

  private final UnixSocket socket;

  private SwtpmControl(UnixSocket socket) {
    this.socket = socket;
  }

  public static SwtpmControl open(Path path) throws IOException {
    return new SwtpmControl(UnixSocket.connect(path));
  }

  /** Powers the TPM on: it then waits for TPM2_Startup, unless a volatile state was loaded. */
  public void init() throws IOException {
    request("init", ByteBuffer.allocate(8).putInt(INIT).putInt(0).array());
  }

  /** Powers the TPM off; the process stays. Stop and init together are a TPM reset. */
  public void stop() throws IOException {
    request("stop", ByteBuffer.allocate(4).putInt(STOP).array());
  }

  /** Ends the process. */
  public void shutdown() throws IOException {
    request("shutdown", ByteBuffer.allocate(4).putInt(SHUTDOWN).array());
  }

  byte[] state(State state) throws IOException {
    ByteBuffer blob = ByteBuffer.allocate(STATE_LIMIT);
    int total;
    do {
      request(
          "get state",
          ByteBuffer.allocate(16)
              .putInt(GET_STATE)
              .putInt(STATE_DECRYPTED)
              .putInt(state.type)
              .putInt(blob.position())
              .array());
      ByteBuffer header = ByteBuffer.wrap(socket.receive(12, LIMIT));
      int flags = header.getInt();
      total = header.getInt();
      int length = header.getInt();
      boolean plausible =
          (flags & ~STATE_DECRYPTED) == 0
              && total > 0
              && total <= STATE_LIMIT
              && length > 0
              && length <= total - blob.position();
      if (!plausible) {
        throw new SwtpmException("swtpm returned a state of impossible size");
      }
      blob.put(socket.receive(length, LIMIT));
    } while (blob.position() < total);
    byte[] complete = new byte[total];
    blob.flip().get(complete);
    return complete;
  }

  void load(State state, byte[] blob) throws IOException {
    request(
        "set state",
        ByteBuffer.allocate(16 + blob.length)
            .putInt(SET_STATE)
            .putInt(0)
            .putInt(state.type)
            .putInt(blob.length)
            .put(blob)
            .array());
  }

  private void request(String what, byte[] message) throws IOException {
    socket.send(message, LIMIT);
    int result = ByteBuffer.wrap(socket.receive(4, LIMIT)).getInt();
    if (result != 0) {
      throw new SwtpmException(String.format("swtpm refused \"%s\" with 0x%x", what, result));
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
