package dev.telltale.collector;

import dev.telltale.collector.enrolment.CertificateAuthority;
import dev.telltale.collector.fleet.Attachment;
import dev.telltale.ledger.Entry;
import dev.telltale.ledger.Ledger;
import dev.telltale.platform.durable.DirectoryDisk;
import dev.telltale.platform.durable.Disk;
import dev.telltale.platform.durable.DurableFile;
import dev.telltale.platform.mqtt.MosquittoConfig;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.PrivateWrapKey;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Genesis;
import dev.telltale.protocol.message.Policy;
import dev.telltale.protocol.message.RecipientSet;
import dev.telltale.protocol.message.Statement;
import dev.telltale.protocol.tlog.Ed25519NoteSigner;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tpm.PcrSelection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.InstantSource;
import java.util.List;

/** Day one: keys, authority, the log with its first two leaves, the broker's configuration. */
final class Initialiser {
  private static final int SUITE = 1;
  private static final int CONFIG_LIMIT = 64 * 1024;
  static final String COLLECTOR_NAME = "collector";

  private final CollectorConfig config;
  private final KeyStore keys;
  private final Providers providers;
  private final SecureRandom random;
  private final InstantSource clock;

  Initialiser(
      CollectorConfig config, Providers providers, SecureRandom random, InstantSource clock) {
    this.config = config;
    this.keys = new KeyStore(config.keys(), providers);
    this.providers = providers;
    this.random = random;
    this.clock = clock;
  }

  boolean done() {
    return keys.exists();
  }

  /** The label of the log's key, for a person to compare. */
  String create(PcrSelection selection) throws IOException, CertificateException {
    Ed25519NoteSigner log = Ed25519NoteSigner.generate(config.origin(), random);
    P256Key operator = P256Key.generate(providers, random);
    PrivateWrapKey wrap = PrivateWrapKey.generate(providers, random);
    keys.write(KeyStore.LOG, Pem.encode(Pem.PRIVATE_KEY, log.pkcs8()));
    keys.write(KeyStore.WRAP, Pem.encode(Pem.PRIVATE_KEY, wrap.pkcs8()));
    keys.write(
        KeyStore.MESSAGE, Pem.encode(Pem.PRIVATE_KEY, P256Key.generate(providers, random).pkcs8()));
    byte[] challenge = new byte[32];
    random.nextBytes(challenge);
    keys.write(KeyStore.CHALLENGE, challenge);
    RecipientSet recipients = new RecipientSet(SUITE, 1, List.of(wrap.publicKey()));
    keys.write(
        KeyStore.RECIPIENTS,
        CoseSign1.sign(operator, RecipientSet.KIND, recipients.encode()).encoded().toArray());
    certificates();
    begin(log, operator, selection);
    keys.write(KeyStore.OPERATOR, Pem.encode(Pem.PRIVATE_KEY, operator.pkcs8()));
    return log.key().label();
  }

  private void certificates() throws IOException, CertificateException {
    P256Key authority = P256Key.generate(providers, random);
    Bytes root =
        CertificateAuthority.selfSigned(authority, "Telltale " + config.origin(), random, clock);
    CertificateAuthority ca = new CertificateAuthority(authority, root, random, clock);
    P256Key client = P256Key.generate(providers, random);
    keys.write(KeyStore.AUTHORITY, Pem.encode(Pem.PRIVATE_KEY, authority.pkcs8()));
    keys.write(KeyStore.AUTHORITY_CERTIFICATE, Pem.encode(Pem.CERTIFICATE, root));
    keys.write(KeyStore.CLIENT, Pem.encode(Pem.PRIVATE_KEY, client.pkcs8()));
    keys.write(
        KeyStore.CLIENT_CERTIFICATE,
        Pem.encode(Pem.CERTIFICATE, ca.client(COLLECTOR_NAME, client.publicKey())));
    broker(ca);
  }

  private void begin(Ed25519NoteSigner log, P256Key operator, PcrSelection selection)
      throws IOException {
    Files.createDirectories(config.journal());
    long now = clock.millis();
    try (Ledger ledger = Ledger.open(config.journal(), new Ledger.Setup(log, clock, random))) {
      if (ledger.size() > 0) {
        throw new IOException(config.journal() + " holds a log already: restore its keys");
      }
      ledger.append(
          List.of(
              entry(
                  operator,
                  new Genesis(config.origin(), log.key().text(), operator.publicKey(), now)),
              entry(operator, new Policy(1, selection, now))));
      ledger.keepCheckpoint();
    }
  }

  private Entry entry(P256Key operator, Statement statement) {
    CoseSign1 signed = CoseSign1.sign(operator, statement.kind(), statement.encode());
    Bytes salt = Attachment.salt(random);
    Leaf leaf = Leaf.statement(salt, Sha256.of(signed.payload()));
    return new Entry(leaf.encode(), new Attachment.OfStatement(salt, signed.encoded()).encode());
  }

  /** A folder of its own, to be given to the broker's user: it holds no key of the collector. */
  private void broker(CertificateAuthority ca) throws IOException {
    P256Key server = P256Key.generate(providers, random);
    Bytes certificate = ca.server(config.broker().host(), server.publicKey());
    Path directory = config.mosquitto();
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    MosquittoConfig mosquitto =
        MosquittoConfig.dropIn(
            config.broker().port(),
            new MosquittoConfig.Tls(
                directory.resolve("ca.pem"),
                directory.resolve("broker.pem"),
                directory.resolve("broker.key")),
            directory.resolve("acl"),
            COLLECTOR_NAME);
    try (Disk disk = DirectoryDisk.own(directory)) {
      replace(disk, "ca.pem", Pem.encode(Pem.CERTIFICATE, ca.certificate()));
      replace(disk, "broker.pem", Pem.encode(Pem.CERTIFICATE, certificate));
      replace(disk, "broker.key", Pem.encode(Pem.PRIVATE_KEY, server.pkcs8()));
      replace(disk, "mosquitto.conf", mosquitto.conf().getBytes(StandardCharsets.UTF_8));
      replace(disk, "acl", mosquitto.acl().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void replace(Disk disk, String name, byte[] content) throws IOException {
    new DurableFile(disk, name, CONFIG_LIMIT).replace(content);
  }
}
