package dev.telltale.collector;

import dev.telltale.platform.admin.AdminServer;
import dev.telltale.platform.systemd.ServiceManager;
import dev.telltale.platform.terminal.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "run",
    description = "Runs the collector in the foreground until it is told to stop.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final int CHECKPOINT_SECONDS = 1;
  private static final int STOP_SECONDS = 20;

  @Mixin private Common common = new Common();

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Override
  public Integer call() throws Exception {
    Collector collector = new Collector(common.config(), common.world());
    try (AdminServer _ = collector.start()) {
      serve(collector);
    } finally {
      collector.stop();
      stopped.countDown();
    }
    return ExitCode.DONE.code();
  }

  private void serve(Collector collector) throws IOException, InterruptedException {
    ServiceManager manager = ServiceManager.of(System.getenv());
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::stopAndWait));
    manager.ready("log of " + collector.size() + " entries");
    System.getLogger(RunCommand.class.getName())
        .log(System.Logger.Level.INFO, "collector.ready size={0}", Long.toString(collector.size()));
    while (!stop.await(CHECKPOINT_SECONDS, TimeUnit.SECONDS)) {
      collector.keepCheckpoint();
      manager.alive();
    }
    manager.stopping();
  }

  /** SIGTERM and SIGINT: the hook keeps the JVM until the log is closed. */
  private void stopAndWait() {
    stop.countDown();
    try {
      stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
