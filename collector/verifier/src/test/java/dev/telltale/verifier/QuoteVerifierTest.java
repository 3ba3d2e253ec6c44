package dev.telltale.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.tpm.CapturedTpm;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmHash;
import dev.telltale.protocol.tpm.TpmtPublic;
import dev.telltale.protocol.tpm.TpmtSignature;
import dev.telltale.verifier.QuoteAppraisal.Contraindicated;
import dev.telltale.verifier.QuoteAppraisal.Genuine;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class QuoteVerifierTest {
  private static final SoftTpm TPM = new SoftTpm();
  private static final Digest QUALIFYING = Samples.digest(0x55);
  private static final long FIRMWARE = 0x0007_0055_0011_0000L;
  private static final PcrValues VALUES = values(Map.of(0, 0x40, 8, 0x48));
  private static final QuoteVerifier VERIFIER = new QuoteVerifier(Providers.jdk());

  private static PcrValues values(Map<Integer, Integer> registers) {
    TreeMap<Integer, Bytes> bank = new TreeMap<>();
    registers.forEach((register, fill) -> bank.put(register, Samples.fill(fill, 32)));
    return new PcrValues(new TreeMap<>(Map.of(TpmHash.SHA256.algorithm(), bank)));
  }

  private static QuoteVerifier.Demand demand() {
    return new QuoteVerifier.Demand(
        TPM.ak().publicKey(),
        TPM.qualifiedName(),
        OptionalLong.of(FIRMWARE),
        VALUES.selection(),
        QUALIFYING);
  }

  private static Evidence quoted(UnaryOperator<AttestBuilder> fault) {
    return TPM.evidence(fault.apply(TPM.quote(QUALIFYING, VALUES)).build(), VALUES);
  }

  private static void refused(Check check, Evidence evidence) {
    refused(check, VERIFIER.appraise(evidence, demand()));
  }

  private static void refused(Check check, QuoteAppraisal appraisal) {
    assertEquals(check, assertInstanceOf(Contraindicated.class, appraisal).why().check());
  }

  /** One attack for each check: evidence that is right in everything else. */
  private static Map<Check, Evidence> attacks() {
    Map<Check, Evidence> attacks = new EnumMap<>(Check.class);
    PcrValues fewer = values(Map.of(0, 0x40));
    attacks.put(Check.QUOTE_SELECTION, TPM.evidence(TPM.quote(QUALIFYING, fewer).build(), fewer));
    attacks.put(Check.QUOTE_SIGNER, quoted(quote -> quote.signer(new SoftTpm().qualifiedName())));
    Bytes attest = TPM.quote(QUALIFYING, VALUES).build();
    attacks.put(Check.QUOTE_SIGNATURE, new SoftTpm().evidence(attest, VALUES));
    attacks.put(Check.QUOTE_FIRMWARE, quoted(quote -> quote.firmware(1)));
    attacks.put(Check.QUOTE_QUALIFYING, quoted(quote -> quote.extraData(Samples.fill(0x56, 32))));
    attacks.put(Check.QUOTE_VALUES, TPM.evidence(attest, values(Map.of(0, 0x40, 8, 0x49))));
    return attacks;
  }

  @Test
  void rightQuoteIsGenuine() {
    Genuine genuine =
        assertInstanceOf(Genuine.class, VERIFIER.appraise(quoted(quote -> quote), demand()));
    assertEquals(VALUES, genuine.values());
    assertEquals(FIRMWARE, genuine.attest().firmwareVersion());
  }

  @Test
  void everyCheckHasAnAttackThatItAloneStops() {
    Map<Check, Evidence> attacks = attacks();
    assertEquals(QuoteVerifier.checks().stream().sorted().toList(), List.copyOf(attacks.keySet()));
    attacks.forEach((check, evidence) -> {
      refused(check, evidence);
      QuoteVerifier muted = new QuoteVerifier(Providers.jdk(), active -> active != check);
      assertInstanceOf(Genuine.class, muted.appraise(evidence, demand()), check.text());
    });
  }

  @Test
  void quoteOverNothingIsRefused() {
    refused(
        Check.QUOTE_FORM,
        TPM.evidence(
            Bytes.concat(
                TPM.quote(QUALIFYING, VALUES).build().slice(0, 6 + 36 + 34 + 25),
                Bytes.hex("00000000" + "0020"),
                Samples.fill(0xe3, 32)),
            VALUES));
  }

  @Test
  void valuesBesideTheQuotedOnesAreRefused() {
    PcrValues more = values(Map.of(0, 0x40, 7, 0x47, 8, 0x48));
    refused(Check.QUOTE_SELECTION, TPM.evidence(TPM.quote(QUALIFYING, VALUES).build(), more));
    refused(
        Check.QUOTE_SELECTION,
        quoted(quote -> quote.selection(PcrSelection.of(TpmHash.SHA256, List.of(0, 7, 8)))));
  }

  @Test
  void bankOfAnotherHashIsRefused() {
    refused(
        Check.QUOTE_SELECTION,
        quoted(quote -> quote.selection(PcrSelection.of(TpmHash.SM3_256, List.of(0, 8)))));
  }

  @Test
  void whatNoTpmMadeIsRefused() {
    refused(Check.QUOTE_MAGIC, quoted(quote -> quote.head("ff5443488018")));
    refused(Check.QUOTE_TYPE, quoted(quote -> quote.head("ff5443478016")));
    refused(Check.QUOTE_FORM, TPM.evidence(Bytes.hex("ff54434780"), VALUES));
  }

  @Test
  void certificationIsNoQuote() {
    refused(Check.QUOTE_TYPE, TPM.evidence(CapturedTpm.CERTIFY, VALUES));
  }

  @Test
  void firmwareIsOpenWhileEnrolling() {
    QuoteVerifier.Demand enrolling =
        new QuoteVerifier.Demand(
            TPM.ak().publicKey(),
            TPM.qualifiedName(),
            OptionalLong.empty(),
            VALUES.selection(),
            QUALIFYING);
    assertInstanceOf(
        Genuine.class, VERIFIER.appraise(quoted(quote -> quote.firmware(1)), enrolling));
  }

  @Test
  void quoteOfARealTpmIsGenuineAndNoBitOfItCanChange() throws MalformedException {
    Evidence captured = captured();
    QuoteVerifier.Demand demand = capturedDemand();
    assertInstanceOf(Genuine.class, VERIFIER.appraise(captured, demand));
    byte[] attest = captured.attest().toArray();
    for (int i = 0; i < attest.length; i++) {
      byte[] changed = attest.clone();
      changed[i] ^= 1;
      Evidence evidence = new Evidence(Bytes.of(changed), captured.signature(), captured.values());
      assertInstanceOf(Contraindicated.class, VERIFIER.appraise(evidence, demand), "byte " + i);
    }
  }

  private static Evidence captured() throws MalformedException {
    TreeMap<Integer, Bytes> bank = new TreeMap<>();
    for (int i = 0; i < 9; i++) {
      bank.put(i, CapturedTpm.QUOTE_VALUES.slice(32 * i, 32 * i + 32));
    }
    return new Evidence(
        CapturedTpm.QUOTE,
        TpmtSignature.parse(CapturedTpm.QUOTE_SIGNATURE).raw(),
        new PcrValues(new TreeMap<>(Map.of(TpmHash.SHA256.algorithm(), bank))));
  }

  private static QuoteVerifier.Demand capturedDemand() throws MalformedException {
    return switch (TpmtPublic.parse(CapturedTpm.AK_PUBLIC).key()) {
      case TpmtPublic.EccKey key ->
          new QuoteVerifier.Demand(
              PublicPoint.parse(key.sec1()),
              CapturedTpm.AK_QUALIFIED_NAME,
              OptionalLong.empty(),
              PcrSelection.of(TpmHash.SHA256, List.of(0, 1, 2, 3, 4, 5, 6, 7, 8)),
              Digest.hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
      case TpmtPublic.RsaKey _ -> throw new IllegalStateException("captured an ECC key");
    };
  }
}
