package dev.telltale.tpmsim.swtpm;

import dev.telltale.tpmsim.swtpm.SwtpmControl.State;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Changes a TPM whose only data connection somebody else holds, usually an agent that keeps it for
 * life. The state moves to a second process over the control channel, as in the migration of a
 * virtual machine, is changed there, and moves back. The connection, the clock and the reset
 * counter go on; what a command changed in the few milliseconds between is lost.
 */
final class Twin {
  private static final Duration START = Duration.ofSeconds(10);

  private Twin() {}

  /** Commands for a TPM, wherever it is. */
  interface Work {
    void on(RawTpm tpm) throws IOException;
  }

  static void run(TpmHome home, Work work) throws IOException {
    Trees.delete(home.twinState());
    Files.createDirectories(home.twinState());
    Files.deleteIfExists(home.twinData());
    Files.deleteIfExists(home.twinControl());
    Process process =
        Daemon.spawn(
            home.twinState(),
            home.twinData(),
            home.twinControl(),
            home.twinState().resolve("log"),
            List.of());
    try (RawTpm tpm = RawTpm.await(home.twinData(), process::isAlive, START);
        SwtpmControl twin = SwtpmControl.open(home.twinControl());
        SwtpmControl original = SwtpmControl.open(home.control())) {
      moveThereAndBack(original, twin, () -> work.on(tpm));
      twin.shutdown();
    } finally {
      process.destroyForcibly();
      Trees.delete(home.twinState());
    }
  }

  private static void moveThereAndBack(
      SwtpmControl original, SwtpmControl twin, SwtpmFleet.Action work) throws IOException {
    Moved before = Moved.of(original);
    twin.load(State.PERMANENT, before.permanent());
    twin.load(State.VOLATILE, before.running());
    twin.init();
    work.run();
    Moved after = Moved.of(twin);
    original.stop();
    // Startup counts the reset in the permanent state; nothing else here writes to it.
    if (!Arrays.equals(before.permanent(), after.permanent())) {
      original.load(State.PERMANENT, after.permanent());
    }
    original.load(State.VOLATILE, after.running());
    original.init();
  }

  /** A TPM on its way. Never in a file that outlives the move: it would be the same TPM twice. */
  private static final class Moved {
    private final byte[] permanent;
    private final byte[] running;

    private Moved(byte[] permanent, byte[] running) {
      this.permanent = permanent;
      this.running = running;
    }

    static Moved of(SwtpmControl control) throws IOException {
      return new Moved(control.state(State.PERMANENT), control.state(State.VOLATILE));
    }

    byte[] permanent() {
      return permanent;
    }

    byte[] running() {
      return running;
    }
  }
}
