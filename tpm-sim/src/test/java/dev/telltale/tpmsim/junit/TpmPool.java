package dev.telltale.tpmsim.junit;

import dev.telltale.tpmsim.swtpm.CertificateAuthority;
import dev.telltale.tpmsim.swtpm.SwtpmProcess;
import dev.telltale.tpmsim.swtpm.SwtpmProvisioner;
import dev.telltale.tpmsim.swtpm.TpmHome;
import dev.telltale.tpmsim.swtpm.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Provisioned TPMs of one user on one machine, shared by every JVM that runs tests.
 *
 * <pre>
 * ca/            the certificate authority of all of them
 * ready/ID       provisioned, never started, each for one test only
 * run/RUN/ID     what one JVM works with; run/RUN.lock is held while it lives
 * </pre>
 *
 * <p>A TPM is taken by renaming its directory, which only one taker can do; it is never copied,
 * because a copy would be the same TPM twice. Refilling goes on in the background. What a killed
 * JVM left behind, processes too, is cleared away by the next one.
 */
final class TpmPool implements AutoCloseable {
  private static final int READY = 8;

  /** Two thirds of the time that swtpm_setup takes is waiting. */
  private static final int MAKERS = 3;

  private static final int SHUTDOWN_SECONDS = 30;

  private final int target;
  private final Path directory;
  private final RunDirectory own;
  private final CertificateAuthority authority;
  private final SwtpmProvisioner provisioner;
  private final ExecutorService refiller =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("tpm-pool").factory());
  private final AtomicBoolean refilling = new AtomicBoolean();

  private TpmPool(Path directory, RunDirectory own, CertificateAuthority authority, int target) {
    this.target = target;
    this.directory = directory;
    this.own = own;
    this.authority = authority;
    this.provisioner = new SwtpmProvisioner(authority);
  }

  static TpmPool openDefault() {
    String user = System.getProperty("user.name", "nobody").replaceAll("[^A-Za-z0-9_-]", "_");
    try {
      String name = "telltale-tpm-pool-" + user + "-" + Fingerprint.ofProvisioning();
      return open(Path.of(System.getProperty("java.io.tmpdir"), name), READY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code target} is how many a refill leaves ready. */
  static TpmPool open(Path directory, int target) throws IOException {
    createPrivate(directory);
    Files.createDirectories(directory.resolve("ready"));
    Files.createDirectories(directory.resolve("run"));
    try (FileChannel channel = RunDirectory.lockFile(directory.resolve("pool.lock"))) {
      channel.lock();
      RunDirectory.sweep(directory.resolve("run"));
      Path ca = directory.resolve("ca");
      if (!CertificateAuthority.isComplete(ca)) {
        Trees.delete(directory.resolve("ready"));
        Files.createDirectories(directory.resolve("ready"));
      }
      CertificateAuthority authority = CertificateAuthority.open(ca);
      RunDirectory own = RunDirectory.create(directory.resolve("run"));
      return new TpmPool(directory, own, authority, target);
    }
  }

  /** Others must not put anything where this user's tests will start processes. */
  private static void createPrivate(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Path probe = Files.createTempFile(directory, "owner", "");
    boolean mine = Files.getOwner(probe).equals(Files.getOwner(directory));
    Files.delete(probe);
    if (!mine) {
      throw new IOException(directory + " belongs to somebody else: remove it");
    }
  }

  /** A started TPM: usually one that was ready, else a new one. */
  SimTpm take() throws IOException {
    TpmHome home = own.newHome();
    if (!moveReady(home.directory())) {
      provisioner.provision(home, "simulated-" + home.name());
    }
    refillInBackground();
    SwtpmProcess process = new SwtpmProcess(home);
    process.start();
    return new SimTpm(process, authority);
  }

  private boolean moveReady(Path target) throws IOException {
    for (Path candidate : RunDirectory.list(directory.resolve("ready"))) {
      if (renamed(candidate, target)) {
        return true;
      }
    }
    return false;
  }

  private static boolean renamed(Path candidate, Path target) throws IOException {
    try {
      Files.move(candidate, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (NoSuchFileException taken) {
      return false;
    }
  }

  private void refillInBackground() {
    if (refilling.compareAndSet(false, true)) {
      refiller.execute(() -> {
        try {
          refill();
        } catch (IOException e) {
          // Not lost: the next take provisions in the foreground and meets the cause.
          System.err.println("tpm-pool: " + e.getMessage());
        } finally {
          refilling.set(false);
        }
      });
    }
  }

  /** One JVM at a time refills; for the others the lock is taken and that is enough. */
  private void refill() throws IOException {
    try (FileChannel channel = RunDirectory.lockFile(directory.resolve("refill.lock"))) {
      if (RunDirectory.tryLock(channel)) {
        fill();
      }
    }
  }

  /** Also while closing: the next run then begins with a full pool. */
  private void fill() throws IOException {
    try (ExecutorService makers = Executors.newFixedThreadPool(MAKERS)) {
      List<Future<?>> made = new ArrayList<>();
      for (int ready = RunDirectory.list(directory.resolve("ready")).size();
          ready < target;
          ready++) {
        made.add(makers.submit(this::makeReady));
      }
      for (Future<?> one : made) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean makeReady() throws IOException {
    TpmHome home = own.newHome();
    provisioner.provision(home, "simulated-" + home.name());
    return renamed(home.directory(), directory.resolve("ready").resolve(home.name()));
  }

  @Override
  public void close() throws IOException {
    refiller.shutdown();
    try {
      if (!refiller.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
        refiller.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    own.close();
  }
}
