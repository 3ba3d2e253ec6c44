package dev.telltale.tpmsim.swtpm;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The TPMs of one directory: {@code ca/} with the certificate authority that all of them share, and
 * a directory for each. Several programs may work on it at the same time, one after another.
 */
public final class SwtpmFleet {
  /** Two thirds of swtpm_setup's time is waiting, so twice the processors are not too many. */
  private static final int WORKERS = 2 * Runtime.getRuntime().availableProcessors();

  private static final Duration LOCK_PATIENCE = Duration.ofMinutes(1);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String AUTHORITY = "ca";

  private final Path directory;

  public SwtpmFleet(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /** Hears of every TPM that has become ready. */
  @FunctionalInterface
  public interface Progress {
    void ready(int done, int all);
  }

  /** Something to do while no other program works on this directory. */
  @FunctionalInterface
  public interface Action {
    void run() throws IOException;
  }

  public Path directory() {
    return directory;
  }

  /** The root that the EK certificates chain to. */
  public Path root() {
    return directory.resolve(AUTHORITY).resolve("root.pem");
  }

  /** The certificate between the root and the EK certificates. */
  public Path issuer() {
    return directory.resolve(AUTHORITY).resolve("issuer.pem");
  }

  /** The provisioned TPMs, {@code tpm-2} before {@code tpm-10}. */
  public List<SwtpmProcess> tpms() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new SwtpmException(
          "there is no " + directory + ": make it with telltale-tpm-sim up " + directory);
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .map(TpmHome::new)
          .filter(home -> Files.isDirectory(home.state()))
          .sorted(
              Comparator.comparing((TpmHome home) -> home.name().replaceAll("[0-9]+$", ""))
                  .thenComparingInt(home -> home.name().length())
                  .thenComparing(TpmHome::name))
          .map(SwtpmProcess::new)
          .toList();
    }
  }

  public SwtpmProcess tpm(String name) throws IOException {
    for (SwtpmProcess tpm : tpms()) {
      if (tpm.home().name().equals(name)) {
        return tpm;
      }
    }
    throw new SwtpmException(
        "there is no TPM "
            + name
            + " in "
            + directory
            + ": see telltale-tpm-sim list "
            + directory);
  }

  /** Provisions those that are new and starts those that do not run. */
  public List<SwtpmProcess> up(List<String> names, Progress progress) throws IOException {
    for (String name : names) {
      requireUsable(name);
    }
    Files.createDirectories(directory);
    List<SwtpmProcess> tpms = names.stream().map(this::home).map(SwtpmProcess::new).toList();
    exclusively(() -> upAll(tpms, progress));
    return tpms;
  }

  private void requireUsable(String name) throws IOException {
    if (!NAME.matcher(name).matches() || name.equals(AUTHORITY)) {
      throw new SwtpmException(
          "\"" + name + "\" cannot name a TPM: up to 64 letters, digits, . _ -, and not \"ca\"");
    }
    home(name).requireShortSockets();
  }

  private TpmHome home(String name) {
    return new TpmHome(directory.resolve(name));
  }

  private void upAll(List<SwtpmProcess> tpms, Progress progress) throws IOException {
    SwtpmProvisioner provisioner =
        new SwtpmProvisioner(CertificateAuthority.open(directory.resolve(AUTHORITY)));
    try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
      ExecutorCompletionService<SwtpmProcess> ready = new ExecutorCompletionService<>(workers);
      for (SwtpmProcess tpm : tpms) {
        ready.submit(() -> up(provisioner, tpm));
      }
      try {
        for (int done = 1; done <= tpms.size(); done++) {
          ready.take().get();
          progress.ready(done, tpms.size());
        }
      } catch (ExecutionException e) {
        workers.shutdownNow();
        throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
      } catch (InterruptedException e) {
        workers.shutdownNow();
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }

  /** A TPM directory under its final name is complete; one that is not has a dot before it. */
  private SwtpmProcess up(SwtpmProvisioner provisioner, SwtpmProcess tpm) throws IOException {
    if (!Files.isDirectory(tpm.home().state())) {
      TpmHome unfinished = home("." + tpm.home().name());
      new SwtpmProcess(unfinished).kill();
      Trees.delete(unfinished.directory());
      provisioner.provision(unfinished, tpm.home().name());
      Files.move(unfinished.directory(), tpm.home().directory(), StandardCopyOption.ATOMIC_MOVE);
    }
    tpm.start();
    return tpm;
  }

  public void exclusively(Action action) throws IOException {
    Path path = directory.resolve(".lock");
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      List<IOException> failures = new ArrayList<>();
      boolean locked =
          Await.until(() -> tryLock(channel, failures) || !failures.isEmpty(), LOCK_PATIENCE);
      if (!failures.isEmpty()) {
        throw failures.getFirst();
      }
      if (!locked) {
        throw new SwtpmException("another telltale-tpm-sim is at work in " + directory);
      }
      action.run();
    }
  }

  private static boolean tryLock(FileChannel channel, List<IOException> failures) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByAnotherThread) {
      return false;
    } catch (IOException e) {
      failures.add(e);
      return false;
    }
  }
}
