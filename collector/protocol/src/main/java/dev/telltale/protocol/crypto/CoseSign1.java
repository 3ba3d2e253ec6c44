package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import java.util.regex.Pattern;

/**
 * COSE_Sign1 (RFC 9052 section 4.2) in its one form here: tag 18, protected header exactly {alg:
 * ESP256, kid, typ: telltale/1/KIND}, empty unprotected header, payload present, empty
 * external_aad. Decoding checks the form only; the payload counts when {@link #open} returns it.
 */
public record CoseSign1(Bytes encoded, String kind, Digest kid, Bytes payload, Bytes signature) {
  private static final int TAG = 18;
  private static final int ALG = 1;
  private static final int KID = 4;
  private static final int TYP = 16;

  /** ECDSA, P-256, SHA-256, fully specified (RFC 9864). */
  private static final int ESP256 = -9;

  private static final String TYP_PREFIX = "telltale/1/";
  private static final int MAX_KIND = 32;
  private static final Pattern KIND = Pattern.compile("[a-z][a-z-]{0,31}");
  private static final int MAX_PROTECTED = 128;

  public static CoseSign1 sign(MessageSigner signer, String kind, Bytes payload) {
    if (!KIND.matcher(kind).matches()) {
      throw new IllegalArgumentException("not a kind: " + kind);
    }
    Digest kid = signer.publicKey().kid();
    Bytes header = protectedHeader(kind, kid);
    Bytes signature = signer.sign(toBeSigned(header, payload));
    Bytes encoded =
        new CborWriter()
            .tag(TAG)
            .array(4)
            .bytes(header)
            .map(0)
            .bytes(payload)
            .bytes(signature)
            .toBytes();
    return new CoseSign1(encoded, kind, kid, payload, signature);
  }

  /** Form only: nobody has vouched for the payload yet. */
  public static CoseSign1 decode(Bytes encoded) throws MalformedException {
    if (encoded.length() > Limits.MESSAGE) {
      throw new MalformedException(Check.FORM_SIZE, 0, encoded.length() + " bytes");
    }
    CborReader reader = new CborReader(encoded);
    reader.tag(TAG);
    reader.array(4, 4);
    Header header = Header.decode(reader.bytes(0, MAX_PROTECTED));
    if (reader.map(0, Limits.ELEMENTS) != 0) {
      throw reader.malformed(Check.COSE_HEADER, "the unprotected header is not empty");
    }
    Bytes payload = reader.bytes(0, Limits.MESSAGE);
    Bytes signature = reader.bytes(Ecdsa.LENGTH);
    reader.end();
    return new CoseSign1(encoded, header.kind, header.kid, payload, signature);
  }

  /**
   * The payload, if this is a message of that kind, signed by that key.
   *
   * @throws MalformedException with a form check, {@code COSE_HEADER}, {@code COSE_TYP}, {@code
   *     COSE_KID} or {@code COSE_SIGNATURE}
   */
  public static Bytes open(Providers providers, Bytes encoded, String kind, PublicPoint key)
      throws MalformedException {
    CoseSign1 message = decode(encoded);
    if (!message.kind.equals(kind)) {
      throw new MalformedException(
          Check.COSE_TYP, 0, "a " + message.kind + " where a " + kind + " is demanded");
    }
    if (!message.kid.equals(key.kid())) {
      throw new MalformedException(Check.COSE_KID, 0, "signed by " + message.kid);
    }
    if (!message.verifiedBy(providers, key)) {
      throw new MalformedException(Check.COSE_SIGNATURE, 0, "signature of the " + kind);
    }
    return message.payload;
  }

  /** Whether this key signed it; kind and kid are the caller's to compare. */
  public boolean verifiedBy(Providers providers, PublicPoint key) {
    Bytes signed = toBeSigned(protectedHeader(kind, kid), payload);
    return Ecdsa.verify(providers, key, signed, signature);
  }

  private static Bytes protectedHeader(String kind, Digest kid) {
    return new CborWriter()
        .map(3)
        .uint(ALG)
        .integer(ESP256)
        .uint(KID)
        .bytes(kid.value())
        .uint(TYP)
        .text(TYP_PREFIX + kind)
        .toBytes();
  }

  /** Sig_structure (RFC 9052 section 4.4). */
  private static Bytes toBeSigned(Bytes header, Bytes payload) {
    return new CborWriter()
        .array(4)
        .text("Signature1")
        .bytes(header)
        .bytes(Bytes.EMPTY)
        .bytes(payload)
        .toBytes();
  }

  private record Header(Digest kid, String kind) {
    /** Deterministic, so rebuilding it from kid and kind gives the bytes that were signed. */
    static Header decode(Bytes encoded) throws MalformedException {
      CborReader reader = new CborReader(encoded);
      if (reader.map(0, Limits.ELEMENTS) != 3) {
        throw reader.malformed(Check.COSE_HEADER, "not exactly alg, kid and typ");
      }
      demandLabel(reader, ALG);
      if (reader.integer() != ESP256) {
        throw reader.malformed(Check.COSE_HEADER, "alg is not ESP256");
      }
      demandLabel(reader, KID);
      Digest kid = new Digest(reader.bytes(Digest.LENGTH));
      demandLabel(reader, TYP);
      String typ = reader.text(TYP_PREFIX.length() + MAX_KIND);
      reader.end();
      if (!typ.startsWith(TYP_PREFIX)
          || !KIND.matcher(typ.substring(TYP_PREFIX.length())).matches()) {
        throw reader.malformed(Check.COSE_TYP, "typ is not of this protocol");
      }
      return new Header(kid, typ.substring(TYP_PREFIX.length()));
    }

    private static void demandLabel(CborReader reader, int label) throws MalformedException {
      if (reader.integer() != label) {
        throw reader.malformed(Check.COSE_HEADER, "not exactly alg, kid and typ");
      }
    }
  }
}
