package dev.telltale.e2e;

import dev.telltale.agent.enrolment.Identity;
import dev.telltale.platform.mqtt.MqttLink;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Coverage;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Receipt;
import dev.telltale.protocol.message.Tier;
import dev.telltale.protocol.message.Topics;
import dev.telltale.protocol.message.Verdict;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.Ed25519NoteSigner;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tlog.SignedNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Whoever owns the broker keeps envelopes from the collector and answers them itself. It knows the
 * log's name and all that travelled, but not the log's key.
 */
final class ForgedReceipt {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ForgedReceipt() {}

  static Attack.Expected against(World world, Device device) throws Exception {
    Identity identity = Stolen.identity(device);
    long from;
    BlockingQueue<Bytes> captured = new LinkedBlockingQueue<>();
    try (MqttLink link = pass(world).connect(new Intruder.Ear(captured))) {
      link.subscribe(Topics.env(identity.device()), PATIENCE);
      world.collector().kill();
      from = device.log().end();
      Waiting.until(
          "the forged receipt is dropped",
          () -> {
            Bytes message = captured.poll();
            if (message != null) {
              link.publish(
                  Topics.answer(identity.device()),
                  forged(identity, message).toArray(),
                  false,
                  PATIENCE);
            }
            return !rejections(device, from).isEmpty();
          });
    }
    String rejected = rejections(device, from).getFirst();
    boolean released = !inTheLog(world, identity, device.committed(from));
    world.collector().start();
    if (released) {
      throw new IOException("a device released readings on a forged receipt");
    }
    return new Attack.Expected("dropped", Log.field(rejected, "check").orElse(""));
  }

  /** The collector's last receipts may have come after its end. */
  private static boolean inTheLog(World world, Identity identity, List<String> released)
      throws IOException {
    List<Journal.Committed> own = Journal.read(world.collector().journal()).of(identity.device());
    return released.stream()
        .allMatch(line ->
            own.stream()
                .anyMatch(each ->
                    each.leaf() == Log.number(line, "leaf")
                        && each.manifest().sequence() == Log.number(line, "seq")));
  }

  /** Of the oldest envelope: a receipt for one behind it is dropped because of its place. */
  private static List<String> rejections(Device device, long from) throws IOException {
    return device.log().events("receipt.rejected", from).stream()
        .filter(line -> !line.contains("check=" + Check.ORDER_SEQUENCE.text()))
        .toList();
  }

  private static Bytes forged(Identity identity, Bytes message) throws IOException {
    try {
      Envelope envelope = Envelope.decode(message);
      Manifest manifest = Manifest.decode(envelope.manifest());
      Bytes verdict =
          new Verdict(Tier.AFFIRMING, Coverage.NONE, 1, 2, 3, manifest.times().until(), List.of())
              .encode();
      Bytes salt = Bytes.of(new byte[Receipt.SALT]);
      Leaf leaf =
          Leaf.envelope(
              salt, Sha256.of(envelope.manifest()), Sha256.of(envelope.attest()), verdict);
      Digest root = leaf.hash();
      String origin = identity.pins().log().log().name();
      Bytes note =
          SignedNote.sign(
                  new Checkpoint(origin, 1, root).text(),
                  List.of(Ed25519NoteSigner.generate(origin, new SecureRandom())))
              .encode();
      return new Receipt(manifest.sequence(), salt, verdict, 0, List.of(), note, 1, List.of())
          .encode();
    } catch (MalformedException e) {
      throw new IOException("not an envelope", e);
    }
  }

  /** The collector's own certificate: the broker's owner needs none, but this is the same. */
  private static Intruder.Pass pass(World world) throws IOException {
    Path keys = world.collector().state().resolve("keys");
    try {
      return new Intruder.Pass(
          world.broker().address(),
          pem(keys.resolve("ca.pem")),
          List.of(pem(keys.resolve("collector.pem"))),
          P256Key.parse(Providers.jdk(), pem(keys.resolve("collector.key"))).privateKey());
    } catch (MalformedException e) {
      throw new IOException("collector.key", e);
    }
  }

  private static Bytes pem(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    return Bytes.of(Base64.getMimeDecoder().decode(text.replaceAll("-----[^-]+-----", "").strip()));
  }
}
