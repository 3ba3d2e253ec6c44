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
import dev.telltale.platform.terminal.ExitCode;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/** The running program: what there is, constructed in order, started and stopped. */
final class Collector {
  private static final int SUITE = 1;
  private static final int RECEIVE_MAXIMUM = 1_024;
  private static final Duration SESSION = Duration.ofDays(30);
  private static final Duration ADMIN = Duration.ofMinutes(10);
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final CollectorConfig config;
  private final Main.World world;
  private final KeyStore keys;
  private final P256Key messages;
  private final PublicPoint operator;
  private final Ed25519NoteSigner log;
  private final Suite suite;
  private final Bytes recipients;
  private final Ledger ledger;
  private final Fleet fleet;
  private final Refusals refusals;
  private final Decryptor decryptor;
  private final MqttGateway gateway;
  private final Committer committer;
  private final Lanes lanes;

  /** Reads the keys, opens the log, replays it. Nothing runs yet. */
  Collector(CollectorConfig config, Main.World world)
      throws IOException, GeneralSecurityException, MalformedException {
    this.config = config;
    this.world = world;
    this.keys = new KeyStore(config.keys(), world.providers());
    this.messages = keys.signing(KeyStore.MESSAGE);
    this.operator = keys.signing(KeyStore.OPERATOR).publicKey();
    this.log = keys.log(config.origin());
    this.suite = Suite.numbered(SUITE, world.providers());
    this.recipients = recipients();
    this.ledger =
        Ledger.open(config.journal(), new Ledger.Setup(log, world.clock(), world.random()));
    this.fleet = replay(ledger, new Fleet(world.providers(), operator));
    this.refusals = new Refusals();
    this.decryptor = new Decryptor(suite, keys.wrapping());
    this.gateway = gateway();
    this.committer = committer();
    this.lanes = lanes();
  }

  /** Starts everything; returns what listens to the operator. */
  AdminServer start() throws IOException, GeneralSecurityException {
    Intake intake = new Intake(lanes, committer, desk());
    AdminServer admin =
        AdminServer.open(config.adminSocket(), Question.LARGEST, ADMIN, adminDesk());
    committer.start();
    lanes.start();
    gateway.start(intake);
    return admin;
  }

  long size() {
    return ledger.size();
  }

  void keepCheckpoint() throws IOException {
    ledger.keepCheckpoint();
  }

  /** In the order of the data: nothing new, then what is under way, then the log. */
  void stop() throws IOException, InterruptedException {
    gateway.stop();
    lanes.stop();
    committer.stop();
    ledger.close();
  }

  private Bytes recipients() throws IOException, MalformedException {
    return CoseSign1.open(
        world.providers(), keys.raw(KeyStore.RECIPIENTS), RecipientSet.KIND, operator);
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

  private MqttGateway gateway() throws IOException, GeneralSecurityException {
    List<X509Certificate> authority = certificates(KeyStore.AUTHORITY_CERTIFICATE);
    SSLContext tls =
        TlsContexts.client(
            authority,
            certificates(KeyStore.CLIENT_CERTIFICATE),
            keys.signing(KeyStore.CLIENT).privateKey());
    MqttSettings settings =
        MqttSettings.to(config.broker(), tls, clientId())
            .keepingSession(SESSION)
            .withReceiveMaximum(RECEIVE_MAXIMUM);
    return new MqttGateway(settings, new Backoff(FIRST_WAIT, LONGEST_WAIT, world.random()));
  }

  private List<X509Certificate> certificates(String name)
      throws IOException, GeneralSecurityException {
    return TlsContexts.certificates(keys.certificate(name).toArray());
  }

  /** The same after every restart, so that the broker keeps the session; known to nobody else. */
  private String clientId() throws IOException {
    return Sha256.of(Bytes.utf8("telltale/1/client"), keys.raw(KeyStore.CHALLENGE))
        .value()
        .slice(0, 16)
        .toHex();
  }

  private Committer committer() throws IOException {
    return Committer.over(
        new Committer.World(ledger, fleet, refusals, world.clock(), world.random(), gateway),
        new Committer.Rules(
            log,
            messages,
            new Nonces(world.providers(), keys.raw(KeyStore.CHALLENGE)),
            suite.hash(recipients),
            config.challengeLife()),
        () -> Runtime.getRuntime().halt(ExitCode.ERROR.code()));
  }

  private Lanes lanes() throws MalformedException {
    Appraiser appraiser =
        new Appraiser(
            fleet,
            suite,
            new EnvelopeVerifier(world.providers(), suite),
            decryptor,
            RecipientSet.decode(recipients));
    return new Lanes(Runtime.getRuntime().availableProcessors(), appraiser, committer);
  }

  private EnrolmentDesk desk() throws IOException, GeneralSecurityException {
    CertificateAuthority authority =
        new CertificateAuthority(
            keys.signing(KeyStore.AUTHORITY),
            keys.certificate(KeyStore.AUTHORITY_CERTIFICATE),
            world.random(),
            world.clock());
    EkRoots roots =
        new EkRoots(
            Certificates.read(config.ekRoots()), Certificates.read(config.simulationRoots()));
    return new EnrolmentDesk(
        new EnrolmentDesk.Tools(
            fleet,
            committer,
            gateway,
            authority,
            messages,
            world.providers(),
            new EkChain(roots),
            world.random(),
            world.clock()));
  }

  private AdminDesk adminDesk() {
    return new AdminDesk(
        new AdminDesk.Sources(
            ledger,
            fleet,
            refusals,
            committer,
            new ReadingsReader(ledger, decryptor),
            new BundleMaker(ledger, fleet, decryptor, suite),
            world.providers(),
            operator));
  }
}
