package dev.telltale.platform.systemd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * A datagram to a Unix socket, which the JDK cannot send, through libc. Linux, 64 bit.
 *
 * @param path in the file system, or in the abstract namespace after an {@code @}
 */
record NotifySocket(String path) {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;

  /** unix(7): sun_path after a family of two bytes. */
  private static final int PATH_OFFSET = 2;

  private static final int PATH_SIZE = 108;

  /** Bound on first use: outside of a unit nothing of this is loaded. */
  private static final class Libc {
    static final MethodHandle SOCKET = function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    static final MethodHandle SENDTO =
        function("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);

    @SuppressWarnings("restricted")
    private static MethodHandle function(
        String name, ValueLayout result, ValueLayout... parameters) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, parameters));
    }
  }

  /** Whether it was sent. */
  boolean send(String state) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length >= PATH_SIZE) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(PATH_OFFSET + PATH_SIZE, Short.BYTES);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, PATH_OFFSET, name.length);
      boolean isAbstract = name[0] == '@';
      if (isAbstract) {
        address.set(ValueLayout.JAVA_BYTE, PATH_OFFSET, (byte) 0);
      }
      int length = PATH_OFFSET + name.length + (isAbstract ? 0 : 1);
      byte[] bytes = state.getBytes(StandardCharsets.UTF_8);
      MemorySegment message = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      return send(message, address, length);
    }
  }

  private static boolean send(MemorySegment message, MemorySegment address, int length) {
    try {
      int descriptor = (int) Libc.SOCKET.invokeExact(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
      if (descriptor < 0) {
        return false;
      }
      long size = message.byteSize();
      long sent =
          (long) Libc.SENDTO.invokeExact(descriptor, message, size, MSG_NOSIGNAL, address, length);
      int closed = (int) Libc.CLOSE.invokeExact(descriptor);
      return sent == size && closed == 0;
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
