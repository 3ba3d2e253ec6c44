package dev.telltale.collector;

import dev.telltale.collector.admin.AdminDesk;
import dev.telltale.collector.admin.Question;
import dev.telltale.collector.commit.Committer;
import dev.telltale.collector.commit.Nonces;
import dev.telltale.collector.commit.Refusals;
import dev.telltale.collector.decrypt.Decryptor;
import dev.telltale.collector.enrolment.CertificateAuthority;
import dev.telltale.collector.enrolment.EnrolmentDesk;
import dev.telltale.collector.export.BundleMaker;
import dev.telltale.collector.fleet.Fleet;
import dev.telltale.collector.intake.Appraiser;
import dev.telltale.collector.intake.Intake;
import dev.telltale.collector.intake.Lanes;
import dev.telltale.collector.intake.MqttGateway;
import dev.telltale.collector.output.ReadingsReader;
import dev.telltale.ledger.Ledger;
import dev.telltale.platform.admin.AdminServer;
import dev.telltale.platform.mqtt.Backoff;
import dev.telltale.platform.mqtt.MqttSettings;
import dev.telltale.platform.mqtt.TlsContexts;
import dev.telltale.platform.systemd.ServiceManager;
import dev.telltale.platform.terminal.ExitCode;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.RecipientSet;
import dev.telltale.protocol.tlog.Ed25519NoteSigner;
import dev.telltale.verifier.EnvelopeVerifier;
import dev.telltale.verifier.enrolment.EkChain;
import dev.telltale.verifier.enrolment.EkRoots;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "run",
    description = "Runs the collector in the foreground until it is told to stop.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final int SUITE = 1;
  private static final int RECEIVE_MAXIMUM = 1_024;
  private static final Duration SESSION = Duration.ofDays(30);
  private static final Duration ADMIN = Duration.ofMinutes(10);
  private static final int CHECKPOINT_SECONDS = 1;

  @Mixin private Common common = new Common();

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Override
  public Integer call() throws Exception {
    CollectorConfig config = common.config();
    Main.World world = common.world();
    Providers providers = world.providers();
    KeyStore keys = new KeyStore(config.keys(), providers);
    P256Key messages = keys.signing(KeyStore.MESSAGE);
    PublicPoint operator = keys.signing(KeyStore.OPERATOR).publicKey();
    Ed25519NoteSigner log = keys.log(config.origin());
    Suite suite = Suite.numbered(SUITE, providers);
    Bytes recipients =
        CoseSign1.open(providers, keys.raw(KeyStore.RECIPIENTS), RecipientSet.KIND, operator);

    try (Ledger ledger =
        Ledger.open(config.journal(), new Ledger.Setup(log, world.clock(), world.random()))) {
      Fleet fleet = replay(ledger, new Fleet(providers, operator));
      Refusals refusals = new Refusals();
      MqttGateway gateway = gateway(config, keys);
      Committer committer =
          Committer.over(
              new Committer.World(ledger, fleet, refusals, world.clock(), world.random(), gateway),
              new Committer.Rules(
                  log,
                  messages,
                  new Nonces(providers, keys.raw(KeyStore.CHALLENGE)),
                  suite.hash(recipients),
                  config.challengeLife()),
              () -> Runtime.getRuntime().halt(ExitCode.ERROR.code()));
      Decryptor decryptor = new Decryptor(suite, keys.wrapping());
      Lanes lanes =
          new Lanes(
              Runtime.getRuntime().availableProcessors(),
              new Appraiser(
                  fleet,
                  suite,
                  new EnvelopeVerifier(providers, suite),
                  decryptor,
                  RecipientSet.decode(recipients)),
              committer);
      EnrolmentDesk desk =
          new EnrolmentDesk(
              new EnrolmentDesk.Tools(
                  fleet,
                  committer,
                  gateway,
                  new CertificateAuthority(
                      keys.signing(KeyStore.AUTHORITY),
                      keys.certificate(KeyStore.AUTHORITY_CERTIFICATE),
                      world.random(),
                      world.clock()),
                  messages,
                  providers,
                  new EkChain(
                      new EkRoots(
                          Certificates.read(config.ekRoots()),
                          Certificates.read(config.simulationRoots()))),
                  world.random(),
                  world.clock()));
      AdminDesk admin =
          new AdminDesk(
              new AdminDesk.Sources(
                  ledger,
                  fleet,
                  refusals,
                  committer,
                  new ReadingsReader(ledger, decryptor),
                  new BundleMaker(ledger, fleet, decryptor, suite),
                  providers,
                  operator));

      committer.start();
      lanes.start();
      gateway.start(new Intake(lanes, committer, desk));
      try (AdminServer _ = AdminServer.open(config.adminSocket(), Question.LARGEST, ADMIN, admin)) {
        serve(ledger);
      } finally {
        gateway.stop();
        lanes.stop();
        committer.stop();
      }
    } finally {
      stopped.countDown();
    }
    return ExitCode.DONE.code();
  }

  private static Fleet replay(Ledger ledger, Fleet fleet) throws IOException {
    ledger.replay(
        0,
        (leaf, entry) -> {
          try {
            fleet.apply(leaf, entry);
          } catch (MalformedException e) {
            throw new IOException("leaf " + leaf + " cannot be read back: run fsck", e);
          }
          return true;
        });
    return fleet;
  }

  private MqttGateway gateway(CollectorConfig config, KeyStore keys)
      throws IOException, GeneralSecurityException {
    var authority =
        TlsContexts.certificates(keys.certificate(KeyStore.AUTHORITY_CERTIFICATE).toArray());
    SSLContext tls =
        TlsContexts.client(
            authority,
            TlsContexts.certificates(keys.certificate(KeyStore.CLIENT_CERTIFICATE).toArray()),
            keys.signing(KeyStore.CLIENT).privateKey());
    MqttSettings settings =
        MqttSettings.to(config.broker(), tls, clientId(keys))
            .keepingSession(SESSION)
            .withReceiveMaximum(RECEIVE_MAXIMUM);
    Backoff backoff =
        new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30), common.world().random());
    return new MqttGateway(settings, backoff);
  }

  /** The same after every restart, so that the broker keeps the session; known to nobody else. */
  private static String clientId(KeyStore keys) throws IOException {
    return Sha256.of(Bytes.utf8("telltale/1/client"), keys.raw(KeyStore.CHALLENGE))
        .value()
        .slice(0, 16)
        .toHex();
  }

  private void serve(Ledger ledger) throws IOException, InterruptedException {
    ServiceManager manager = ServiceManager.of(System.getenv());
    Thread hook = Thread.ofPlatform().unstarted(this::stopAndWait);
    Runtime.getRuntime().addShutdownHook(hook);
    manager.ready("log of " + ledger.size() + " entries");
    System.getLogger(RunCommand.class.getName())
        .log(System.Logger.Level.INFO, "collector.ready size={0}", Long.toString(ledger.size()));
    while (!stop.await(CHECKPOINT_SECONDS, TimeUnit.SECONDS)) {
      ledger.keepCheckpoint();
      manager.alive();
    }
    manager.stopping();
  }

  private void stopAndWait() {
    stop.countDown();
    try {
      stopped.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
