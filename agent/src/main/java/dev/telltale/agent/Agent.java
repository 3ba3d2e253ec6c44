package dev.telltale.agent;

import dev.telltale.agent.enrolment.Identity;
import dev.telltale.agent.enrolment.StateDirectory;
import dev.telltale.agent.envelope.BootSeed;
import dev.telltale.agent.envelope.Clocks;
import dev.telltale.agent.envelope.Closer;
import dev.telltale.agent.envelope.Encryptor;
import dev.telltale.agent.envelope.Manifests;
import dev.telltale.agent.envelope.SealingContext;
import dev.telltale.agent.envelope.TpmQuoting;
import dev.telltale.agent.outbox.Outbox;
import dev.telltale.agent.outbox.SyncLoop;
import dev.telltale.agent.sensor.SensorLoop;
import dev.telltale.agent.tpm.Quoter;
import dev.telltale.agent.tpm.TpmContext;
import dev.telltale.agent.tpm.TpmRandom;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.uplink.Collector;
import dev.telltale.agent.uplink.UplinkLoop;
import dev.telltale.platform.admin.AdminServer;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.RecipientSet;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A running agent: its parts, opened in order and closed in the opposite one. */
final class Agent implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.telltale.agent");
  private static final Duration KEY_PERIOD = Duration.ofHours(24);
  private static final Duration SOCKET_PATIENCE = Duration.ofSeconds(60);
  private static final int LARGEST_REQUEST = 256;

  private final Closing opened = new Closing();
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private final Identity identity;
  private final Outbox outbox;
  private final Encryptor encryptor;
  private final Closer closer;
  private final UplinkLoop uplink;
  private final SensorLoop sensors;

  /** What the parts share. */
  private record Basis(
      AgentConfig config,
      Providers providers,
      SecureRandom random,
      Identity identity,
      Suite suite,
      Bytes bootSeed) {}

  private Agent(AgentConfig config)
      throws AgentException, IOException, TpmException, MalformedException {
    boolean complete = false;
    try {
      SecureRandom random = new SecureRandom();
      Providers providers = Providers.jdk();
      StateDirectory state = opened.add(StateDirectory.own(config.state()));
      identity = Enrolments.require(state, providers);
      Suite suite = Suite.numbered(identity.suite(), providers);
      Basis basis =
          new Basis(config, providers, random, identity, suite, BootSeed.read(config.bootSeed()));
      TpmContext tpm = opened.add(TpmContext.open(config.tpm(), random));
      Enrolments.requireKey(tpm, random, identity);
      outbox =
          opened.add(
              Outbox.open(
                  opened.add(state.outbox()),
                  config.outbox().size(),
                  suite,
                  identity.beginning(),
                  random));
      encryptor = opened.add(encryptor(basis, tpm));
      closer = opened.add(closer(basis, tpm));
      uplink = uplink(basis);
      closer.onClosed(uplink::wake);
      closer.start();
      uplink.start();
      SyncLoop sync = opened.add(SyncLoop.start(outbox, config.outbox().sync()));
      sensors = SensorLoop.start(config.openSensors(), encryptor, InstantSource.system());
      List.of(sync.end(), closer.end(), uplink.end())
          .forEach(end -> end.whenComplete((none, why) -> failed(why)));
      opened.add(statusSocket(config, tpm));
      complete = true;
    } finally {
      if (!complete) {
        opened.close();
      }
    }
  }

  /** Opens everything; on failure nothing is left open. */
  static Agent open(AgentConfig config) throws AgentException {
    try {
      return new Agent(config);
    } catch (TpmException e) {
      throw new AgentException("TPM " + config.tpm() + ": " + e.getMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new AgentException(String.valueOf(e.getMessage()), e);
    } catch (MalformedException e) {
      throw new AgentException("the identity file: " + e.getMessage(), e);
    }
  }

  private Encryptor encryptor(Basis basis, TpmContext tpm)
      throws IOException, TpmException, MalformedException {
    Bytes recipients = basis.identity().pins().recipients();
    SealingContext context =
        new SealingContext(
            basis.suite(),
            basis.identity().device(),
            RecipientSet.decode(recipients),
            basis.suite().hash(recipients),
            basis.bootSeed());
    TpmRandom entropy =
        new TpmRandom(tpm, basis.random(), Enrolments.endorsementKey(basis.identity()));
    Encryptor.Secrets secrets =
        new Encryptor.Secrets(
            basis.random(),
            count -> {
              byte[] drawn = new byte[count];
              entropy.nextBytes(drawn);
              return Bytes.of(drawn);
            });
    return Encryptor.start(outbox, context, secrets, Clocks.system(), KEY_PERIOD);
  }

  private Closer closer(Basis basis, TpmContext tpm) {
    return Closer.over(
        outbox,
        new Manifests(basis.suite(), identity.device(), basis.bootSeed(), InstantSource.system()),
        new TpmQuoting(new Quoter(tpm), identity.keys().attestation(), identity.selection()),
        basis.config().closeAfter(),
        System::nanoTime);
  }

  private UplinkLoop uplink(Basis basis) throws AgentException {
    Collector collector =
        new Collector(
            basis.providers(),
            basis.suite(),
            identity.device(),
            identity.pins().message(),
            identity.pins().log());
    return UplinkLoop.over(
        BrokerLinks.uplink(identity), outbox, collector, InstantSource.system(), basis.random());
  }

  private AdminServer statusSocket(AgentConfig config, TpmContext tpm) throws IOException {
    StatusReport report = new StatusReport(identity, outbox, uplink, closer, sensors);
    Requests requests = new Requests(report, closer, new TpmTrial(tpm, identity));
    return AdminServer.open(
        StateDirectory.socket(config.state()), LARGEST_REQUEST, SOCKET_PATIENCE, requests);
  }

  private void failed(@Nullable Throwable why) {
    if (why != null && failure.completeExceptionally(why)) {
      LOG.log(Level.ERROR, "agent.failed why=\"" + why + "\"");
    }
  }

  String name() {
    return identity.name();
  }

  /** Ends exceptionally when the agent cannot go on: its disk has failed. */
  CompletionStage<Void> failure() {
    return failure.minimalCompletionStage();
  }

  /** Takes no more readings, closes the open envelope and says goodbye. */
  void stop() {
    sensors.stop();
    encryptor.close();
    if (!failure.isCompletedExceptionally()) {
      try {
        closer.closeOpen();
      } catch (IOException e) {
        failed(e);
      } catch (TpmException e) {
        // The readings are stored; the next start closes them as sealed before its boot.
        LOG.log(Level.WARNING, "agent.stop.unclosed why=\"" + e.getMessage() + "\"");
      }
    }
    uplink.close();
  }

  void requireSound() throws AgentException {
    if (failure.isCompletedExceptionally()) {
      throw new AgentException("stopped, because the outbox failed: see the log");
    }
  }

  @Override
  public void close() {
    opened.close();
  }
}
