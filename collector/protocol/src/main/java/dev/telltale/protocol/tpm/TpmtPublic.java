package dev.telltale.protocol.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.PublicPoint;

/**
 * The public area of an asymmetric key: TPMT_PUBLIC (TPM 2.0 Part 2, section 12.2.4), of the kinds
 * Telltale uses: P-256 and RSA-2048 with SHA-256 as name hash. What the key may do is for {@link
 * EkTemplate} and {@link KeyTemplates} to say; the parser only demands that the structure is whole.
 *
 * @param attributes TPMA_OBJECT
 * @param encoded the bytes as they came, which the name is the hash of
 */
public record TpmtPublic(
    long attributes, Bytes authPolicy, Symmetric symmetric, Scheme scheme, Key key, Bytes encoded) {

  private static final int TYPE_RSA = 0x0001;
  private static final int TYPE_ECC = 0x0023;
  private static final int NULL = 0x0010;
  private static final int CURVE_P256 = 0x0003;
  private static final int RSA_BITS = 2048;

  /** An area of RSA-2048 with a policy has 314 bytes. */
  private static final int LONGEST = 512;

  /** Bits 0, 3, 8, 9, 12 to 15 and 20 to 31 of TPMA_OBJECT are reserved and zero. */
  private static final long RESERVED_ATTRIBUTES = 0xFFF0F309L;

  /** TPMT_SYM_DEF_OBJECT; {@link #NONE} for a key that is no parent. */
  public record Symmetric(int algorithm, int bits, int mode) {
    public static final Symmetric NONE = new Symmetric(NULL, 0, 0);
    public static final Symmetric AES_128_CFB = new Symmetric(0x0006, 128, 0x0043);
  }

  /** A signing or encryption scheme and its hash; {@link #NONE} where the caller chooses. */
  public record Scheme(int algorithm, int hash) {
    public static final Scheme NONE = new Scheme(NULL, 0);
    public static final Scheme ECDSA_SHA256 = new Scheme(0x0018, 0x000B);
    private static final int RSASSA = 0x0014;
    private static final int RSAPSS = 0x0016;
  }

  /** The public key itself. */
  public sealed interface Key {}

  /** Coordinates of P-256 padded to 32 bytes; only {@link #point} says that they are a point. */
  public record EccKey(Bytes x, Bytes y) implements Key {
    /** The uncompressed form of SEC 1, 65 bytes. */
    public Bytes sec1() {
      return Bytes.concat(Bytes.hex("04"), x, y);
    }

    /** The key, if it is on the curve. */
    public PublicPoint point() throws MalformedException {
      return PublicPoint.parse(x, y);
    }
  }

  /** RSA of 2048 bits with exponent 65537 (which TPMs write as 0). */
  public record RsaKey(Bytes modulus) implements Key {}

  /** Refuses with {@code tpm.public}. */
  public static TpmtPublic parse(Bytes encoded) throws MalformedException {
    TpmReader in = new TpmReader(encoded, LONGEST, Check.TPM_PUBLIC);
    int type = in.u16();
    if (type != TYPE_ECC && type != TYPE_RSA) {
      throw in.malformed("key type 0x%04x".formatted(type));
    }
    in.demand(in.u16(), TpmHash.SHA256.algorithm(), "name hash");
    long attributes = in.u32();
    if ((attributes & RESERVED_ATTRIBUTES) != 0) {
      throw in.malformed("reserved attributes in 0x%08x".formatted(attributes));
    }
    Bytes authPolicy = in.sized(0, TpmHash.SHA256.length());
    if (!authPolicy.isEmpty() && authPolicy.length() != TpmHash.SHA256.length()) {
      throw in.malformed("a policy of " + authPolicy.length() + " bytes");
    }
    Symmetric symmetric = symmetric(in);
    Scheme scheme = scheme(in, type);
    Key key = type == TYPE_ECC ? eccKey(in) : rsaKey(in);
    in.end();
    return new TpmtPublic(attributes, authPolicy, symmetric, scheme, key, encoded);
  }

  /** Algorithm and hash of the public area: what everything else calls this key by. */
  public Bytes name() {
    return TpmName.ofPublicArea(encoded);
  }

  private static Symmetric symmetric(TpmReader in) throws MalformedException {
    int algorithm = in.u16();
    if (algorithm == NULL) {
      return Symmetric.NONE;
    }
    in.demand(algorithm, Symmetric.AES_128_CFB.algorithm(), "symmetric algorithm");
    return new Symmetric(algorithm, in.u16(), in.u16());
  }

  private static Scheme scheme(TpmReader in, int type) throws MalformedException {
    int algorithm = in.u16();
    if (algorithm == NULL) {
      return Scheme.NONE;
    }
    boolean known =
        type == TYPE_ECC
            ? algorithm == Scheme.ECDSA_SHA256.algorithm()
            : algorithm == Scheme.RSASSA || algorithm == Scheme.RSAPSS;
    if (!known) {
      throw in.malformed("scheme 0x%04x".formatted(algorithm));
    }
    return new Scheme(algorithm, in.u16());
  }

  private static EccKey eccKey(TpmReader in) throws MalformedException {
    in.demand(in.u16(), CURVE_P256, "curve");
    in.demand(in.u16(), NULL, "key derivation scheme");
    return new EccKey(P256Number.read(in), P256Number.read(in));
  }

  private static RsaKey rsaKey(TpmReader in) throws MalformedException {
    in.demand(in.u16(), RSA_BITS, "key size");
    long exponent = in.u32();
    if (exponent != 0 && exponent != 65_537) {
      throw in.malformed("exponent " + exponent);
    }
    Bytes modulus = in.sized(RSA_BITS / Byte.SIZE, RSA_BITS / Byte.SIZE);
    return new RsaKey(modulus);
  }
}
