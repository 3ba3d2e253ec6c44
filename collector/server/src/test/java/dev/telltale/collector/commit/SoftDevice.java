package dev.telltale.collector.commit;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Activate;
import dev.telltale.protocol.message.EKey;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Proof;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tpm.EkTemplate;
import dev.telltale.protocol.tpm.KeyTemplates;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmHash;
import dev.telltale.protocol.tpm.TpmsAttest;
import dev.telltale.verifier.EnrolmentRecord;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a device sends, without a TPM: the committer gets what lanes have verified already. */
final class SoftDevice {
  static final Bytes BOOT = Bytes.hex("0e".repeat(16));
  static final Bytes NEXT_BOOT = Bytes.hex("0f".repeat(16));

  private static final Bytes CORRELATION = Bytes.hex("c0".repeat(16));

  private final P256Key key = P256Key.generate(Providers.jdk(), new SecureRandom());
  private final DeviceId ticket;

  SoftDevice(DeviceId ticket) {
    this.ticket = ticket;
  }

  /** Clock and registers of a quote. */
  record Moment(long clock, int resets, int register) {}

  static final Moment FIRST = new Moment(1_000, 1, 0x11);

  PcrValues values(Moment moment) {
    Bytes value = Bytes.hex("%02x".formatted(moment.register).repeat(32));
    return new PcrValues(
        new TreeMap<>(Map.of(TpmHash.SHA256.algorithm(), new TreeMap<>(Map.of(0, value)))));
  }

  Bytes ak() {
    return KeyTemplates.attestationKey(Bytes.concat(key.publicKey().x(), key.publicKey().y()));
  }

  Bytes ek() {
    return EkTemplate.L2_ECC_P256.area();
  }

  Bytes hello() {
    Hello hello =
        new Hello(
            List.of(1),
            CORRELATION,
            ticket,
            new Hello.Endorsement(ek(), Bytes.EMPTY, List.of()),
            ak(),
            key.publicKey().spki(),
            "meter-17",
            1);
    return CoseSign1.sign(key, Hello.KIND, hello.encode()).encoded();
  }

  Bytes activate() {
    Digest any = Sha256.of(Bytes.utf8("any"));
    Activate activate =
        new Activate(
            1,
            CORRELATION,
            any,
            List.of(new Activate.Challenger(any, Bytes.hex("01"), Bytes.hex("01"), any)),
            values(FIRST).selection());
    return CoseSign1.sign(key, Activate.KIND, activate.encode()).encoded();
  }

  Bytes proof() {
    return new Proof(
            1,
            CORRELATION,
            List.of(Sha256.of(Bytes.EMPTY)),
            attest(FIRST, Sha256.of(Bytes.EMPTY)),
            Bytes.hex("51".repeat(64)),
            values(FIRST),
            BOOT,
            Bytes.EMPTY)
        .encode();
  }

  /** A claim as a lane makes it, over this manifest. */
  Verified claim(Manifest manifest, Moment moment, EnrolmentRecord record) throws Exception {
    Bytes encoded = manifest.encode();
    Bytes attest = attest(moment, Sha256.of(encoded));
    Envelope envelope =
        new Envelope(
            encoded,
            attest,
            Bytes.hex("51".repeat(64)),
            values(moment),
            new EKey(
                List.of(new EKey.Wrapped(Sha256.of(Bytes.EMPTY), Bytes.hex("77".repeat(113))))),
            List.of(),
            Optional.empty());
    return new Verified(
        envelope.encode(),
        envelope,
        manifest,
        Sha256.of(encoded),
        TpmsAttest.parse(attest),
        record,
        true);
  }

  /** The first manifest; tests change what they are about. */
  static Manifest manifest(
      DeviceId device,
      Digest previous,
      Manifest.BoundChallenge challenge,
      Manifest.BoundCheckpoint checkpoint) {
    Digest empty = MerkleHash.SHA256.empty();
    return new Manifest(
        1,
        device,
        1,
        previous,
        1,
        0,
        new Manifest.Roots(empty, empty),
        empty,
        CommitterTest.RECIPIENTS,
        new Manifest.Times(5, 5),
        challenge,
        checkpoint,
        new Manifest.BootSeeds(BOOT, BOOT),
        new Manifest.LogExtent(0, empty),
        Optional.empty());
  }

  /** TPMS_ATTEST of a quote over register 0 (TPM 2.0 Part 2, section 10.12). */
  private static Bytes attest(Moment moment, Digest qualifying) {
    ByteBuffer out = ByteBuffer.allocate(200);
    out.putInt(0xFF544347).putShort((short) 0x8018);
    out.putShort((short) 34).put(new byte[34]);
    out.putShort((short) 32).put(qualifying.value().toArray());
    out.putLong(moment.clock).putInt(moment.resets).putInt(0).put((byte) 1).putLong(7);
    out.putInt(1).putShort((short) 0x000B).put((byte) 3).put(new byte[] {1, 0, 0});
    out.putShort((short) 32).put(new byte[32]);
    return Bytes.of(out.array(), 0, out.position());
  }
}
