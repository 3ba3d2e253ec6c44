package dev.telltale.protocol.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborWriter;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CoseSign1Test {
  private static final Providers JDK = Providers.jdk();
  private static final P256Key KEY = P256Key.generate(JDK, new SecureRandom());
  private static final Digest KID = KEY.publicKey().kid();
  private static final Bytes PAYLOAD = new CborWriter().map(1).uint(1).uint(1).toBytes();
  private static final CoseSign1 SIGNED = CoseSign1.sign(KEY, "challenge", PAYLOAD);

  @Test
  void whatWasSignedOpens() throws MalformedException {
    assertEquals(SIGNED, CoseSign1.decode(SIGNED.encoded()));
    assertTrue(SIGNED.verifiedBy(JDK, KEY.publicKey()));
    assertEquals(PAYLOAD, CoseSign1.open(JDK, SIGNED.encoded(), "challenge", KEY.publicKey()));
    assertEquals((byte) 0xD2, SIGNED.encoded().at(0));
  }

  @Test
  void theSignatureCoversTheSigStructureOfRfc9052() {
    Bytes header = header(h -> h.map(3).uint(1).integer(-9).uint(4).bytes(KID.value()).uint(16));
    Bytes protectedHeader =
        Bytes.concat(header, new CborWriter().text("telltale/1/challenge").toBytes());
    Bytes structure =
        Bytes.concat(
            Bytes.hex("84"),
            new CborWriter().text("Signature1").bytes(protectedHeader).toBytes(),
            Bytes.hex("40"),
            new CborWriter().bytes(PAYLOAD).toBytes());

    assertTrue(Ecdsa.verify(JDK, KEY.publicKey(), structure, SIGNED.signature()));
  }

  @Test
  void anotherKindIsRefused() {
    assertOpening(Check.COSE_TYP, SIGNED.encoded(), "refusal", KEY.publicKey());
  }

  @Test
  void anotherKeyIsRefused() {
    PublicPoint other = P256Key.generate(JDK, new SecureRandom()).publicKey();

    assertOpening(Check.COSE_KID, SIGNED.encoded(), "challenge", other);
    assertFalse(SIGNED.verifiedBy(JDK, other));
  }

  @Test
  void noFlippedBitOpens() {
    for (int bit = 0; bit < SIGNED.encoded().length() * 8; bit++) {
      byte[] changed = SIGNED.encoded().toArray();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThrows(
          MalformedException.class,
          () -> CoseSign1.open(JDK, Bytes.of(changed), "challenge", KEY.publicKey()));
    }
  }

  @Test
  void aChangedPayloadOrSignatureIsRefused() {
    Bytes otherPayload = new CborWriter().map(1).uint(1).uint(2).toBytes();
    Bytes header = headerOf(SIGNED);

    assertOpening(
        Check.COSE_SIGNATURE,
        message(header, otherPayload, SIGNED.signature()),
        "challenge",
        KEY.publicKey());
    assertOpening(
        Check.COSE_SIGNATURE,
        message(header, PAYLOAD, Bytes.of(new byte[64])),
        "challenge",
        KEY.publicKey());
  }

  @Test
  void otherProtectedHeadersAreRefused() {
    assertHeader(Check.COSE_HEADER, h -> h.map(0));
    assertHeader(Check.COSE_HEADER, h -> h.map(2).uint(1).integer(-9).uint(4).bytes(KID.value()));
    assertHeader(Check.COSE_HEADER, h -> full(h, 1, -7, 4, "telltale/1/challenge"));
    assertHeader(Check.COSE_HEADER, h -> full(h, 1, -9, 5, "telltale/1/challenge"));
    assertHeader(Check.COSE_HEADER, h -> full(h, 2, -9, 4, "telltale/1/challenge"));
    assertHeader(Check.COSE_TYP, h -> full(h, 1, -9, 4, "telltale/2/challenge"));
    assertHeader(Check.COSE_TYP, h -> full(h, 1, -9, 4, "telltale/1/"));
    assertHeader(Check.COSE_TYP, h -> full(h, 1, -9, 4, "telltale/1/Challenge"));
    assertHeader(Check.FORM_TRAILING, h -> full(h, 1, -9, 4, "telltale/1/challenge").uint(0));
    assertHeader(
        Check.COSE_HEADER,
        h ->
            h.map(4)
                .uint(1)
                .integer(-9)
                .uint(4)
                .bytes(KID.value())
                .uint(16)
                .text("telltale/1/challenge")
                .uint(17)
                .uint(0));
    assertHeader(
        Check.COSE_HEADER,
        h ->
            h.map(3)
                .uint(1)
                .integer(-9)
                .uint(16)
                .text("telltale/1/challenge")
                .uint(4)
                .bytes(KID.value()));
  }

  @Test
  void otherStructuresAreRefused() {
    Bytes header = headerOf(SIGNED);
    Bytes whole = message(header, PAYLOAD, SIGNED.signature());

    assertDecoding(Check.FORM_TAG, whole.slice(1, whole.length()));
    assertDecoding(Check.FORM_TAG, Bytes.concat(Bytes.hex("d1"), whole.slice(1, whole.length())));
    assertDecoding(Check.FORM_TRAILING, Bytes.concat(whole, Bytes.hex("00")));
    assertDecoding(Check.FORM_TRUNCATED, whole.slice(0, whole.length() - 1));
    assertDecoding(Check.FORM_SIZE, message(header, PAYLOAD, Bytes.of(new byte[63])));
    assertDecoding(
        Check.COSE_HEADER,
        write(w -> w.tag(18).array(4).bytes(header).map(1).uint(4).bytes(KID.value())));
    assertDecoding(
        Check.FORM_TYPE,
        write(w ->
            w.tag(18)
                .array(4)
                .bytes(header)
                .bytes(PAYLOAD)
                .bytes(SIGNED.signature())
                .bytes(SIGNED.signature())));
    assertDecoding(
        Check.FORM_TYPE,
        Bytes.concat(
            write(w -> w.tag(18).array(4).bytes(header).map(0)),
            Bytes.hex("f6"),
            write(w -> w.bytes(SIGNED.signature()))));
  }

  private static void assertHeader(Check expected, Consumer<CborWriter> header) {
    assertDecoding(expected, message(write(header), PAYLOAD, SIGNED.signature()));
  }

  private static void assertDecoding(Check expected, Bytes encoded) {
    MalformedException refused =
        assertThrows(MalformedException.class, () -> CoseSign1.decode(encoded));
    assertEquals(expected, refused.check(), refused.getMessage());
  }

  private static void assertOpening(Check expected, Bytes encoded, String kind, PublicPoint key) {
    MalformedException refused =
        assertThrows(MalformedException.class, () -> CoseSign1.open(JDK, encoded, kind, key));
    assertEquals(expected, refused.check(), refused.getMessage());
  }

  private static CborWriter full(CborWriter writer, int first, int alg, int second, String typ) {
    return writer
        .map(3)
        .uint(first)
        .integer(alg)
        .uint(second)
        .bytes(KID.value())
        .uint(16)
        .text(typ);
  }

  private static Bytes headerOf(CoseSign1 message) {
    return header(h -> full(h, 1, -9, 4, "telltale/1/" + message.kind()));
  }

  private static Bytes header(Consumer<CborWriter> content) {
    return write(content);
  }

  private static Bytes message(Bytes header, Bytes payload, Bytes signature) {
    return write(w -> w.tag(18).array(4).bytes(header).map(0).bytes(payload).bytes(signature));
  }

  private static Bytes write(Consumer<CborWriter> content) {
    CborWriter writer = new CborWriter();
    content.accept(writer);
    return writer.toBytes();
  }
}
