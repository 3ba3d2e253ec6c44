package dev.telltale.tpmsim.swtpm;

import java.io.Closeable;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Raw commands over swtpm's data socket: no sessions but passwords, answers parsed strictly. */
final class RawTpm implements Closeable {
  /** swtpm's command and response buffer. */
  static final int LARGEST = 4096;

  static final int PLATFORM = 0x4000000C;
  static final int ENDORSEMENT = 0x4000000B;
  static final int SHA256 = 0x000B;

  private static final int HEADER = 10;
  private static final int ALREADY_STARTED = 0x100;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final UnixSocket socket;

  private RawTpm(UnixSocket socket) {
    this.socket = socket;
  }

  static RawTpm open(Path path) throws IOException {
    return new RawTpm(UnixSocket.connect(path));
  }

  /** Connects to a process that is only just starting; gives up when it has ended. */
  static RawTpm await(Path path, BooleanSupplier alive, Duration limit) throws IOException {
    AtomicReference<Optional<RawTpm>> opened = new AtomicReference<>(Optional.empty());
    Await.until(
        () -> {
          opened.set(tryOpen(path));
          return opened.get().isPresent() || !alive.getAsBoolean();
        },
        limit);
    return opened.get().orElseThrow(() -> new SwtpmException("swtpm did not start"));
  }

  private static Optional<RawTpm> tryOpen(Path path) {
    try {
      return Optional.of(open(path));
    } catch (IOException notYet) {
      return Optional.empty();
    }
  }

  /** Connects if nobody else holds the TPM: asks for the clock and waits that long. */
  static Optional<RawTpm> openIfFree(Path path, Duration patience) throws IOException {
    RawTpm tpm = open(path);
    try {
      tpm.transmit(TpmCommand.plain(0x181).encoded(), patience);
      return Optional.of(tpm);
    } catch (UnixSocket.SilentException held) {
      tpm.close();
      return Optional.empty();
    } catch (IOException e) {
      tpm.close();
      throw e;
    }
  }

  /** TPM2_Startup(CLEAR), which may have happened. */
  void startup() throws IOException {
    int code = code(transmit(TpmCommand.plain(0x144).u16(0).encoded(), LIMIT));
    if (code != 0 && code != ALREADY_STARTED) {
      throw refused("TPM2_Startup", code);
    }
  }

  /** TPM2_Shutdown(CLEAR): the next start is orderly. */
  void shutdown() throws IOException {
    call("TPM2_Shutdown", TpmCommand.plain(0x145).u16(0));
  }

  void extend(int register, byte[] sha256) throws IOException {
    call(
        "TPM2_PCR_Extend",
        TpmCommand.authorised(0x182).u32(register).emptyPassword().u32(1).u16(SHA256).raw(sha256));
  }

  byte[] register(int register) throws IOException {
    byte[] bitmap = new byte[3];
    bitmap[register / 8] = (byte) (1 << (register % 8));
    TpmCommand read = TpmCommand.plain(0x17E).u32(1).u16(SHA256).u8(3).raw(bitmap);
    ByteBuffer answer = call("TPM2_PCR_Read", read);
    try {
      answer.getInt();
      answer.position(answer.position() + 4 + 2 + 1 + 3);
      byte[] value = new byte[32];
      if (answer.getInt() != 1 || answer.getShort() != value.length) {
        throw new SwtpmException("the TPM did not return register " + register);
      }
      answer.get(value);
      return value;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new SwtpmException("TPM2_PCR_Read: answer too short", e);
    }
  }

  void flush(int handle) throws IOException {
    call("TPM2_FlushContext", TpmCommand.plain(0x165).u32(handle));
  }

  /** The parameters of a successful answer: after the header, without session data. */
  ByteBuffer call(String name, TpmCommand command) throws IOException {
    return call(name, command, false);
  }

  /** The same for commands whose answer has a handle; the handle stays in front. */
  ByteBuffer callForHandle(String name, TpmCommand command) throws IOException {
    return call(name, command, true);
  }

  private ByteBuffer call(String name, TpmCommand command, boolean handle) throws IOException {
    byte[] answer = transmit(command.encoded(), LIMIT);
    int code = code(answer);
    if (code != 0) {
      throw refused(name, code);
    }
    ByteBuffer body = ByteBuffer.wrap(answer, HEADER, answer.length - HEADER).slice();
    if (!command.isAuthorised()) {
      return body;
    }
    int sizeAt = handle ? 4 : 0;
    int size = body.remaining() < sizeAt + 4 ? -1 : body.getInt(sizeAt);
    if (size < 0 || size > body.remaining() - sizeAt - 4) {
      throw new SwtpmException(name + ": answer with a wrong parameter size");
    }
    byte[] parameters = new byte[sizeAt + size];
    body.get(0, parameters, 0, sizeAt).get(sizeAt + 4, parameters, sizeAt, size);
    return ByteBuffer.wrap(parameters);
  }

  /** Sends one command and reads one answer of bounded, consistent length. */
  byte[] transmit(byte[] command, Duration limit) throws IOException {
    socket.send(command, limit);
    ByteBuffer header = ByteBuffer.wrap(socket.receive(HEADER, limit));
    int tag = header.getShort(0) & 0xFFFF;
    int size = header.getInt(2);
    if (tag != 0x8001 && tag != 0x8002) {
      throw new SwtpmException(String.format("the TPM answered with tag 0x%04x", tag));
    }
    if (size < HEADER || size > LARGEST) {
      throw new SwtpmException("the TPM announced an answer of " + size + " bytes");
    }
    return ByteBuffer.allocate(size).put(header).put(socket.receive(size - HEADER, limit)).array();
  }

  static int code(byte[] answer) {
    return ByteBuffer.wrap(answer).getInt(6);
  }

  private static SwtpmException refused(String name, int code) {
    return new SwtpmException(String.format("the TPM refused %s with 0x%x", name, code));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
