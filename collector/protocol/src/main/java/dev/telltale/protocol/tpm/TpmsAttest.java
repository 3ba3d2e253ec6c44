package dev.telltale.protocol.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a TPM signed about itself: TPMS_ATTEST (TPM 2.0 Part 2, section 10.12), of the two types
 * Telltale uses. The signature is over the bytes that were parsed, never over an encoding of this.
 *
 * <p>{@code firmwareVersion} has all 64 bits; compare it for equality only.
 */
public record TpmsAttest(
    Attested attested,
    Bytes qualifiedSigner,
    Bytes extraData,
    ClockInfo clockInfo,
    long firmwareVersion) {

  /** TPM_GENERATED_VALUE: no restricted key signs outside data that begins with it. */
  private static final long MAGIC = 0xFF544347L;

  private static final int TYPE_AT = 4;
  private static final int TYPE_CERTIFY = 0x8017;
  private static final int TYPE_QUOTE = 0x8018;
  private static final int EXTRA_DATA = 64;
  private static final int BITMAP_BYTES = 3;

  /** The part that depends on the type. */
  public sealed interface Attested {}

  /** TPM2_Quote: which registers, in the order the TPM took them, and the hash of their values. */
  public record Quote(List<PcrBankSelection> selection, Digest pcrDigest) implements Attested {
    public Quote {
      selection = List.copyOf(selection);
    }

    /** Whether exactly these registers were quoted, in exactly this order of banks. */
    public boolean covers(PcrSelection demanded) {
      return selection.equals(demanded.toTpm());
    }
  }

  /** TPM2_Certify: that an object of this name is loaded in the TPM. */
  public record Certify(Bytes name, Bytes qualifiedName) implements Attested {}

  /** Refuses with {@code quote.magic}, {@code quote.type} or {@code quote.form}. */
  public static TpmsAttest parse(Bytes attest) throws MalformedException {
    TpmReader in = new TpmReader(attest, Limits.ATTEST, Check.QUOTE_FORM);
    if (in.u32() != MAGIC) {
      throw in.malformed(Check.QUOTE_MAGIC, "not made by a TPM");
    }
    int type = in.u16();
    if (type != TYPE_QUOTE && type != TYPE_CERTIFY) {
      throw in.malformed(Check.QUOTE_TYPE, "attestation type 0x%04x".formatted(type));
    }
    Bytes qualifiedSigner = in.sized(0, TpmName.LONGEST);
    Bytes extraData = in.sized(0, EXTRA_DATA);
    ClockInfo clockInfo = clockInfo(in);
    long firmwareVersion = in.u64();
    Attested attested = type == TYPE_QUOTE ? quote(in) : certify(in);
    in.end();
    return new TpmsAttest(attested, qualifiedSigner, extraData, clockInfo, firmwareVersion);
  }

  /** The quote, or {@code quote.type}. */
  public Quote asQuote() throws MalformedException {
    return switch (attested) {
      case Quote quote -> quote;
      case Certify _ -> throw new MalformedException(Check.QUOTE_TYPE, TYPE_AT, "not a quote");
    };
  }

  /** The certification, or {@code quote.type}. */
  public Certify asCertify() throws MalformedException {
    return switch (attested) {
      case Certify certify -> certify;
      case Quote _ -> throw new MalformedException(Check.QUOTE_TYPE, TYPE_AT, "not a certify");
    };
  }

  private static ClockInfo clockInfo(TpmReader in) throws MalformedException {
    long clock = in.u64();
    if (clock < 0) {
      throw in.malformed("a clock of 2^63 ms or more");
    }
    long resetCount = in.u32();
    long restartCount = in.u32();
    int safe = in.u8();
    if (safe > 1) {
      throw in.malformed("safe is " + safe);
    }
    return new ClockInfo(clock, resetCount, restartCount, safe == 1);
  }

  private static Quote quote(TpmReader in) throws MalformedException {
    long count = in.u32();
    if (count < 1 || count > PcrSelection.BANKS) {
      throw in.malformed(count + " PCR banks");
    }
    List<PcrBankSelection> selection = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PcrBankSelection bank = bank(in);
      if (selection.stream().anyMatch(earlier -> earlier.bank() == bank.bank())) {
        throw in.malformed("a PCR bank twice");
      }
      selection.add(bank);
    }
    return new Quote(selection, new Digest(in.sized(Digest.LENGTH, Digest.LENGTH)));
  }

  private static PcrBankSelection bank(TpmReader in) throws MalformedException {
    int bank = in.u16();
    int bytes = in.u8();
    if (bytes != BITMAP_BYTES) {
      throw in.malformed("a PCR bitmap of " + bytes + " bytes");
    }
    int bitmap = in.u8() | (in.u8() << 8) | (in.u8() << 16);
    return new PcrBankSelection(bank, bitmap);
  }

  private static Certify certify(TpmReader in) throws MalformedException {
    Bytes name = in.sized(0, TpmName.LONGEST);
    Bytes qualifiedName = in.sized(0, TpmName.LONGEST);
    return new Certify(name, qualifiedName);
  }
}
