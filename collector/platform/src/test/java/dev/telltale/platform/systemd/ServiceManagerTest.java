package dev.telltale.platform.systemd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ServiceManagerTest {
  @TempDir private Path directory;

  @Test
  void isSilentOutsideOfAUnit() {
    ServiceManager none = ServiceManager.of(Map.of("WATCHDOG_USEC", "10000000"));
    assertFalse(none.ready("up"));
    assertEquals(Optional.empty(), none.watchdog());
  }

  @Test
  void reachesASocketInTheFileSystem() throws Throwable {
    Path path = directory.resolve("notify");
    try (Receiver receiver = new Receiver(path.toString())) {
      ServiceManager manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", path.toString()));
      assertTrue(manager.ready("2 sensors\nREADY=0"));
      assertEquals("READY=1\nSTATUS=2 sensors READY=0", receiver.receive());
      assertTrue(manager.alive());
      assertEquals("WATCHDOG=1", receiver.receive());
      assertTrue(manager.stopping());
      assertEquals("STOPPING=1", receiver.receive());
    }
  }

  @Test
  void reachesAnAbstractSocket() throws Throwable {
    String name = "@telltale-test-" + ProcessHandle.current().pid();
    try (Receiver receiver = new Receiver(name)) {
      assertTrue(ServiceManager.of(Map.of("NOTIFY_SOCKET", name)).status("waiting"));
      assertEquals("STATUS=waiting", receiver.receive());
    }
  }

  @Test
  void carriesOnWhenNobodyListens() {
    String path = directory.resolve("gone").toString();
    assertFalse(ServiceManager.of(Map.of("NOTIFY_SOCKET", path)).ready("up"));
    String long108 = "/" + "x".repeat(108);
    assertFalse(ServiceManager.of(Map.of("NOTIFY_SOCKET", long108)).ready("up"));
  }

  @Test
  void readsTheWatchdogOnlyIfItIsOurs() {
    String own = Long.toString(ProcessHandle.current().pid());
    Map<String, String> ours =
        Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "10000000", "WATCHDOG_PID", own);
    assertEquals(Optional.of(Duration.ofSeconds(10)), ServiceManager.of(ours).watchdog());
    Map<String, String> others =
        Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "10000000", "WATCHDOG_PID", "1");
    assertEquals(Optional.empty(), ServiceManager.of(others).watchdog());
  }

  /** A datagram socket as systemd has one; the JDK has none. */
  private static final class Receiver implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;

    private final int descriptor;

    Receiver(String path) throws Throwable {
      descriptor =
          (int)
              call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)
                  .invokeExact(AF_UNIX, SOCK_DGRAM, 0);
      byte[] name = path.getBytes(UTF_8);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment address = arena.allocate(110, 2);
        address.set(JAVA_SHORT, 0, (short) AF_UNIX);
        for (int i = 0; i < name.length; i++) {
          address.set(JAVA_BYTE, 2 + i, name[i] == '@' && i == 0 ? 0 : name[i]);
        }
        int length = 2 + name.length + (name[0] == '@' ? 0 : 1);
        int bound =
            (int)
                call("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT)
                    .invokeExact(descriptor, address, length);
        assertEquals(0, bound);
      }
    }

    String receive() throws Throwable {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment buffer = arena.allocate(1_024);
        long count =
            (long)
                call("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT)
                    .invokeExact(descriptor, buffer, 1_024L, 0);
        return new String(buffer.asSlice(0, count).toArray(JAVA_BYTE), UTF_8);
      }
    }

    @Override
    public void close() {
      try {
        int closed = (int) call("close", JAVA_INT, JAVA_INT).invokeExact(descriptor);
        assertEquals(0, closed);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... parameters) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, parameters));
    }
  }
}
