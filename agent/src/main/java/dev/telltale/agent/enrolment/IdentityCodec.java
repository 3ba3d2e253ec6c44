package dev.telltale.agent.enrolment;

import dev.telltale.agent.outbox.Beginning;
import dev.telltale.agent.receipt.HeldChallenge;
import dev.telltale.agent.receipt.HeldCheckpoint;
import dev.telltale.agent.receipt.LogKeys;
import dev.telltale.agent.tpm.AttestationKey;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.cbor.MapReader;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.tlog.VerifierKey;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.TpmtPublic;
import java.util.ArrayList;
import java.util.List;

/** The content of the identity file: one CBOR map, read as strictly as a message. */
final class IdentityCodec {
  /** Certificates, recipient set, note and challenge at their largest. */
  static final int LARGEST = 512 * 1024;

  private static final int VERSION = 1;
  private static final int ENTRIES = 25;
  private static final long HANDLES = 0xFFFF_FFFFL;
  private static final int LARGEST_SUITE = 255;

  private IdentityCodec() {}

  static Bytes encode(Identity identity) {
    CborWriter out = new CborWriter().map(ENTRIES).uint(1).uint(VERSION);
    out.uint(2).uint(identity.suite()).uint(3).bytes(identity.device().value());
    out.uint(4).text(identity.name()).uint(5).text(identity.group());
    out.uint(6).uint(identity.leaf());
    keys(out, identity.keys());
    out.uint(12).text(identity.broker().address()).uint(13).bytes(identity.broker().authority());
    out.uint(14).text(identity.broker().clientId());
    pins(out, identity.pins());
    out.uint(21).encoded(identity.selection().encode());
    Beginning beginning = identity.beginning();
    out.uint(22).bytes(beginning.result().value()).uint(23).uint(beginning.nextReading());
    out.uint(24).bytes(beginning.checkpoint().note());
    return out.uint(25).bytes(beginning.challenge().encoded()).toBytes();
  }

  private static void keys(CborWriter out, Identity.Keys keys) {
    out.uint(7).uint(Integer.toUnsignedLong(keys.attestation().handle()));
    out.uint(8).bytes(keys.attestation().publicArea());
    out.uint(9).bytes(keys.endorsement().encoded()).uint(10).bytes(keys.tls().pkcs8());
    out.uint(11).array(keys.chain().size());
    keys.chain().forEach(out::bytes);
  }

  private static void pins(CborWriter out, Identity.Pins pins) {
    out.uint(15).bytes(pins.message().value()).uint(16).bytes(pins.owner().value());
    out.uint(17).bytes(pins.operator().value()).uint(18).bytes(pins.recipients());
    out.uint(19).text(pins.log().log().text()).uint(20).array(pins.log().further().size());
    pins.log().further().forEach(key -> out.text(key.text()));
  }

  static Identity decode(Bytes encoded, Providers providers) throws MalformedException {
    CborReader in = new CborReader(encoded);
    MapReader map = MapReader.open(in);
    map.key(1).uint(VERSION, VERSION);
    int suite = (int) map.key(2).uint(1, LARGEST_SUITE);
    Identity identity =
        new Identity(
            new DeviceId(map.key(3).bytes(DeviceId.LENGTH)),
            map.key(4).text(Limits.NAME),
            suite,
            map.key(5).text(Limits.GROUP),
            map.key(6).uint(0, Limits.NUMBER),
            keys(map, providers),
            new Identity.Broker(
                map.key(12).text(Limits.ADDRESS),
                map.key(13).bytes(1, Limits.CERTIFICATE),
                map.key(14).text(Limits.ADDRESS)),
            pins(map),
            PcrSelection.read(map.key(21)),
            beginning(map));
    map.end();
    in.end();
    return identity;
  }

  private static Identity.Keys keys(MapReader map, Providers providers) throws MalformedException {
    int handle = (int) map.key(7).uint(0, HANDLES);
    return new Identity.Keys(
        new AttestationKey(handle, TpmtPublic.parse(map.key(8).bytes(1, Limits.CERTIFICATE))),
        TpmtPublic.parse(map.key(9).bytes(1, Limits.CERTIFICATE)),
        P256Key.parse(providers, map.key(10).bytes(1, Limits.CERTIFICATE)),
        chain(map.key(11)));
  }

  private static List<Bytes> chain(CborReader in) throws MalformedException {
    int count = in.array(1, Limits.CHAIN + 1);
    List<Bytes> chain = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chain.add(in.bytes(1, Limits.CERTIFICATE));
    }
    return chain;
  }

  private static Identity.Pins pins(MapReader map) throws MalformedException {
    return new Identity.Pins(
        PublicPoint.parse(map.key(15).bytes(PublicPoint.LENGTH)),
        PublicPoint.parse(map.key(16).bytes(PublicPoint.LENGTH)),
        PublicPoint.parse(map.key(17).bytes(PublicPoint.LENGTH)),
        map.key(18).bytes(1, Limits.STATEMENT),
        new LogKeys(VerifierKey.parse(map.key(19).text(Limits.ADDRESS)), noteKeys(map.key(20))));
  }

  private static List<VerifierKey> noteKeys(CborReader in) throws MalformedException {
    int count = in.array(0, Limits.NOTE_SIGNATURES);
    List<VerifierKey> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keys.add(VerifierKey.parse(in.text(Limits.ADDRESS)));
    }
    return keys;
  }

  private static Beginning beginning(MapReader map) throws MalformedException {
    return new Beginning(
        new Digest(map.key(22).bytes(Digest.LENGTH)),
        map.key(23).uint(1, Limits.NUMBER),
        HeldCheckpoint.stored(map.key(24).bytes(1, Limits.NOTE)),
        HeldChallenge.stored(map.key(25).bytes(1, Limits.ANSWER)));
  }
}
