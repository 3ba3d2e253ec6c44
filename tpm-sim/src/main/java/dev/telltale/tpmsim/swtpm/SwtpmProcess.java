package dev.telltale.tpmsim.swtpm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The swtpm process of one provisioned TPM. Nothing is remembered here: another program may have
 * started or ended it, the files of the {@link TpmHome} tell.
 */
public final class SwtpmProcess {
  private static final Duration START = Duration.ofSeconds(10);
  private static final Duration END = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final TpmHome home;

  public SwtpmProcess(TpmHome home) {
    this.home = home;
  }

  public TpmHome home() {
    return home;
  }

  public boolean running() {
    return process().isPresent();
  }

  /** The process, recognised by its arguments: a process id alone may be somebody else's by now. */
  public Optional<ProcessHandle> process() {
    return pid()
        .flatMap(ProcessHandle::of)
        .filter(handle ->
            List.of(handle.info().arguments().orElse(new String[0]))
                .contains(Daemon.stateArgument(home.state())));
  }

  private Optional<Long> pid() {
    try {
      String text = Files.readString(home.pid()).strip();
      return text.matches("[1-9][0-9]{0,8}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Starts and measures the boot; the data socket appears under its name only after that. */
  public void start() throws IOException {
    if (running()) {
      return;
    }
    home.requireShortSockets();
    deleteLeftovers();
    Process process =
        Daemon.spawn(
            home.state(),
            home.boot(),
            home.control(),
            home.log(),
            List.of("--flags", "not-need-init,startup-clear", "--pid", "file=" + home.pid()));
    try {
      try (RawTpm tpm = RawTpm.await(home.boot(), process::isAlive, START)) {
        SimulatedBoot.measure(tpm);
      }
      Files.move(home.boot(), home.data(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      process.destroyForcibly();
      throw new SwtpmException(
          "swtpm of " + home.name() + ": " + e.getMessage() + ": " + Tool.lastLine(home.log()), e);
    }
  }

  /** Ends the process in order, as an operating system does when it shuts down. */
  public void stop() throws IOException {
    Optional<ProcessHandle> process = process();
    if (process.isEmpty()) {
      deleteLeftovers();
      return;
    }
    Optional<RawTpm> free = RawTpm.openIfFree(home.data(), PATIENCE);
    if (free.isPresent()) {
      try (RawTpm tpm = free.get()) {
        tpm.shutdown();
      }
    }
    try (SwtpmControl control = SwtpmControl.open(home.control())) {
      control.shutdown();
    }
    if (!Await.until(() -> ended(process.get()), END)) {
      kill();
    }
    deleteLeftovers();
  }

  /** Ends the process at once. */
  public void kill() throws IOException {
    Optional<ProcessHandle> process = process();
    process.ifPresent(ProcessHandle::destroyForcibly);
    if (process.isPresent() && !Await.until(() -> ended(process.get()), END)) {
      throw new SwtpmException("the swtpm of " + home.name() + " cannot be killed");
    }
    deleteLeftovers();
  }

  /**
   * Gone, or a zombie that nobody reaps, as in a container without an init. A dying process loses
   * its arguments first and the lock on its state last (proc(5), field 3 of stat).
   */
  private static boolean ended(ProcessHandle process) {
    if (!process.isAlive()) {
      return true;
    }
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return stat.substring(stat.lastIndexOf(')') + 1).matches("(?s) [ZX] .*");
    } catch (IOException e) {
      return true;
    }
  }

  /** Power away, power back: whatever the TPM had not written is lost. Clients lose it, too. */
  public void powerCut() throws IOException {
    requireRunning();
    kill();
    start();
  }

  /** A TPM reset without a new process: connections stay, registers and sessions go. */
  public void reset() throws IOException {
    requireRunning();
    try (SwtpmControl control = SwtpmControl.open(home.control())) {
      control.stop();
      control.init();
    }
    access(SimulatedBoot::measure);
  }

  /** Leaves the register at a value that no reference has. */
  public void tamper(int register) throws IOException {
    if (register < 0 || register >= SimulatedBoot.RESETTABLE) {
      throw new SwtpmException("register " + register + " cannot be tampered with: choose 0 to 15");
    }
    requireRunning();
    access(tpm -> SimulatedBoot.tamper(tpm, register));
  }

  byte[] register(int register) throws IOException {
    try (RawTpm tpm = RawTpm.open(home.data())) {
      return tpm.register(register);
    }
  }

  private void access(Twin.Work work) throws IOException {
    Optional<RawTpm> free = RawTpm.openIfFree(home.data(), PATIENCE);
    if (free.isPresent()) {
      try (RawTpm tpm = free.get()) {
        work.on(tpm);
      }
    } else {
      Twin.run(home, work);
    }
  }

  private void requireRunning() throws IOException {
    if (!running()) {
      throw new NotRunningException(home);
    }
  }

  private void deleteLeftovers() throws IOException {
    for (Path leftover : List.of(home.boot(), home.data(), home.control(), home.pid())) {
      Files.deleteIfExists(leftover);
    }
  }
}
