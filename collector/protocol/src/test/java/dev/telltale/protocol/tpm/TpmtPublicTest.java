package dev.telltale.protocol.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TpmtPublicTest {
  private static final String X = "0020" + "11".repeat(32);
  private static final String Y = "0020" + "22".repeat(32);
  private static final String AK_HEAD = "0023" + "000b" + "00050472" + "0000";
  private static final String AK_SCHEME = "0010" + "0018000b";
  private static final String P256 = "0003" + "0010";

  private static TpmtPublic parsed(String hex) throws MalformedException {
    return TpmtPublic.parse(Bytes.hex(hex));
  }

  private static Check found(String hex) {
    return assertThrows(MalformedException.class, () -> parsed(hex)).check();
  }

  @Test
  void readsAnAttestationKeyAndNamesItAsTheTpmDoes() throws MalformedException {
    TpmtPublic ak = TpmtPublic.parse(CapturedTpm.AK_PUBLIC);
    assertEquals(CapturedTpm.AK_NAME, ak.name());
    assertEquals(CapturedTpm.AK_QUALIFIED_NAME, TpmName.qualifiedEndorsementPrimary(ak.name()));
    assertEquals(CapturedTpm.AK_PUBLIC, ak.encoded());
    assertTrue(KeyTemplates.hasAkAttributes(ak));
    assertTrue(KeyTemplates.hasAkScheme(ak));
    assertFalse(KeyTemplates.isTlsKey(ak));
    assertEquals(Optional.empty(), EkTemplate.of(ak));
    TpmtPublic.EccKey point = assertInstanceOf(TpmtPublic.EccKey.class, ak.key());
    assertTrue(point.point().value().toHex().startsWith("049c758664457d2033"));
  }

  @Test
  void coordinatesThatAreNoPointAreNoKey() throws MalformedException {
    TpmtPublic template = TpmtPublic.parse(KeyTemplates.attestationKey(Bytes.of(new byte[64])));
    TpmtPublic.EccKey key = assertInstanceOf(TpmtPublic.EccKey.class, template.key());
    assertEquals(Check.FORM_POINT, assertThrows(MalformedException.class, key::point).check());
  }

  @Test
  void readsATlsKey() throws MalformedException {
    TpmtPublic tls = TpmtPublic.parse(CapturedTpm.TLS_PUBLIC);
    assertEquals(CapturedTpm.TLS_NAME, tls.name());
    assertTrue(KeyTemplates.isTlsKey(tls));
    assertFalse(KeyTemplates.hasAkAttributes(tls));
  }

  @Test
  void recognisesBothEndorsementKeys() throws MalformedException {
    TpmtPublic ecc = TpmtPublic.parse(CapturedTpm.EK_ECC_PUBLIC);
    assertEquals(Optional.of(EkTemplate.L2_ECC_P256), EkTemplate.of(ecc));
    TpmtPublic rsa = TpmtPublic.parse(CapturedTpm.EK_RSA_PUBLIC);
    assertEquals(Optional.of(EkTemplate.L1_RSA_2048), EkTemplate.of(rsa));
    assertEquals(256, assertInstanceOf(TpmtPublic.RsaKey.class, rsa.key()).modulus().length());
    assertFalse(KeyTemplates.hasAkAttributes(ecc));
    assertFalse(KeyTemplates.hasAkScheme(ecc));
  }

  @Test
  void anEndorsementKeyWithAnotherAttributeOrPolicyIsOfNoTemplate() throws MalformedException {
    String ek = CapturedTpm.EK_ECC_PUBLIC.toHex();
    assertEquals(Optional.empty(), EkTemplate.of(parsed(ek.replace("000300b2", "000300f2"))));
    assertEquals(Optional.empty(), EkTemplate.of(parsed(ek.replace("83719767", "83719768"))));
    assertEquals(Optional.empty(), EkTemplate.of(parsed(ek.replace("00060080", "00060100"))));
    assertEquals(Optional.empty(), EkTemplate.of(parsed(ek.replace("00430010", "00420010"))));
  }

  @Test
  void anRsaSigningKeyIsReadAndIsNoAttestationKey() throws MalformedException {
    TpmtPublic rsa = TpmtPublic.parse(CapturedTpm.AK_RSA_PUBLIC);
    assertEquals(new TpmtPublic.Scheme(0x0014, 0x000B), rsa.scheme());
    assertTrue(KeyTemplates.hasAkAttributes(rsa));
    assertFalse(KeyTemplates.hasAkScheme(rsa));
  }

  @Test
  void templatesAreWellFormedAndOfTheirKind() throws MalformedException {
    Bytes unique = Bytes.hex("5a".repeat(64));
    TpmtPublic ak = TpmtPublic.parse(KeyTemplates.attestationKey(unique));
    assertTrue(KeyTemplates.hasAkAttributes(ak) && KeyTemplates.hasAkScheme(ak));
    assertTrue(KeyTemplates.isTlsKey(TpmtPublic.parse(KeyTemplates.tlsKey(unique))));
    for (EkTemplate template : EkTemplate.values()) {
      assertEquals(Optional.of(template), EkTemplate.of(TpmtPublic.parse(template.area())));
    }
  }

  @Test
  void templatesDifferFromRealKeysInNothingButUnique() {
    int ecc = CapturedTpm.EK_ECC_PUBLIC.length() - 68;
    assertEquals(
        CapturedTpm.EK_ECC_PUBLIC.slice(0, ecc), EkTemplate.L2_ECC_P256.area().slice(0, ecc));
    int rsa = CapturedTpm.EK_RSA_PUBLIC.length() - 256;
    assertEquals(
        CapturedTpm.EK_RSA_PUBLIC.slice(0, rsa), EkTemplate.L1_RSA_2048.area().slice(0, rsa));
    int ak = CapturedTpm.AK_PUBLIC.length() - 68;
    assertEquals(
        CapturedTpm.AK_PUBLIC.slice(0, ak),
        KeyTemplates.attestationKey(Bytes.of(new byte[64])).slice(0, ak));
    assertEquals(
        CapturedTpm.TLS_PUBLIC.slice(0, ak - 2),
        KeyTemplates.tlsKey(Bytes.of(new byte[64])).slice(0, ak - 2));
  }

  @Test
  void strippedCoordinatesArePadded() throws MalformedException {
    TpmtPublic area = parsed(AK_HEAD + AK_SCHEME + P256 + "001f" + "11".repeat(31) + Y);
    TpmtPublic.EccKey point = assertInstanceOf(TpmtPublic.EccKey.class, area.key());
    assertEquals("00" + "11".repeat(31), point.x().toHex());
  }

  @Test
  void everyByteThatIsMissingOrTooMuchIsRefused() {
    for (Bytes whole :
        List.of(CapturedTpm.AK_PUBLIC, CapturedTpm.EK_ECC_PUBLIC, CapturedTpm.EK_RSA_PUBLIC)) {
      for (int length = 0; length < whole.length(); length++) {
        assertEquals(Check.TPM_PUBLIC, found(whole.slice(0, length).toHex()), "cut at " + length);
      }
      assertEquals(Check.TPM_PUBLIC, found(whole.toHex() + "00"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0008000b00050472" + "00000010001000100000",
    "0025000b00050472" + "0000",
  })
  void refusesOtherTypes(String area) {
    assertEquals(Check.TPM_PUBLIC, found(area));
  }

  @Test
  void refusesAnotherCurveOrNameHash() {
    assertEquals(Check.TPM_PUBLIC, found(CapturedTpm.P384_PUBLIC.toHex()));
    String rest = "00050472" + "0000" + AK_SCHEME;
    assertEquals(Check.TPM_PUBLIC, found("0023" + "0004" + rest + P256 + X + Y));
    assertEquals(Check.TPM_PUBLIC, found("0023" + "0010" + rest + P256 + X + Y));
    assertEquals(Check.TPM_PUBLIC, found("0023" + "000b" + rest + "00040010" + X + Y));
    assertEquals(Check.TPM_PUBLIC, found("0023" + "000b" + rest + "0003" + "0020" + X + Y));
  }

  @ParameterizedTest
  @CsvSource({"00050473", "0005047a", "00050572", "00050672", "00051472", "80050472", "00150472"})
  void refusesReservedAttributes(String attributes) {
    assertEquals(
        Check.TPM_PUBLIC, found("0023000b" + attributes + "0000" + AK_SCHEME + P256 + X + Y));
  }

  @Test
  void refusesOtherPoliciesSchemesAndCoordinates() throws MalformedException {
    String head = "0023000b00050472";
    assertEquals(
        Check.TPM_PUBLIC, found(head + "0001" + "aa" + AK_SCHEME + P256 + X + Y), "policy");
    assertEquals(
        Check.TPM_PUBLIC,
        found(head + "0021" + "aa".repeat(33) + AK_SCHEME + P256 + X + Y),
        "long policy");
    assertEquals(
        Check.TPM_PUBLIC, found(AK_HEAD + "0010" + "0014000b" + P256 + X + Y), "RSA scheme");
    assertEquals(
        Check.TPM_PUBLIC, found(AK_HEAD + "0010" + "001a000b0001" + P256 + X + Y), "ECDAA");
    assertEquals(Check.TPM_PUBLIC, found(AK_HEAD + AK_SCHEME + P256 + "0000" + Y), "no coordinate");
    assertEquals(
        Check.TPM_PUBLIC,
        found(AK_HEAD + AK_SCHEME + P256 + "0021" + "11".repeat(33) + Y),
        "long coordinate");
    assertFalse(
        KeyTemplates.hasAkScheme(parsed(AK_HEAD + "0010" + "00180004" + P256 + X + Y)), "SHA-1");
  }

  @Test
  void refusesOtherRsaKeys() {
    String rsa = CapturedTpm.EK_RSA_PUBLIC.toHex();
    assertEquals(Check.TPM_PUBLIC, found(rsa.replace("08000000", "04000000")));
    assertEquals(Check.TPM_PUBLIC, found(rsa.replace("0800000000000100", "0800000000030100")));
    assertEquals(Check.TPM_PUBLIC, found(rsa.replace("0800000000000100", "08000000000000ff")));
  }

  @ParameterizedTest
  @CsvSource({"00050472, true", "00050072, true", "00070472, false", "00040472, false"})
  void attestationKeysHaveExactlyOneOfTwoSetsOfAttributes(String attributes, boolean accepted)
      throws MalformedException {
    TpmtPublic area = parsed("0023000b" + attributes + "0000" + AK_SCHEME + P256 + X + Y);
    assertEquals(accepted, KeyTemplates.hasAkAttributes(area));
  }

  @Test
  void keysOfTheAgentHaveNoPolicyAndAreNoParents() throws MalformedException {
    String aes = "000600800043";
    String policy = "0020" + "aa".repeat(32);
    for (String attributes : List.of("00050472", "00040472")) {
      String head = "0023000b" + attributes;
      String scheme = attributes.startsWith("0005") ? "0018000b" : "0010";
      String plain = head + "0000" + "0010" + scheme + P256 + X + Y;
      assertTrue(isOfTheAgent(parsed(plain)));
      assertFalse(isOfTheAgent(parsed(head + "0000" + aes + scheme + P256 + X + Y)));
      assertFalse(isOfTheAgent(parsed(head + policy + "0010" + scheme + P256 + X + Y)));
    }
    String fixedScheme = "0023000b" + "00040472" + "0000" + AK_SCHEME + P256 + X + Y;
    assertFalse(isOfTheAgent(parsed(fixedScheme)));
  }

  private static boolean isOfTheAgent(TpmtPublic area) {
    return KeyTemplates.hasAkAttributes(area) || KeyTemplates.isTlsKey(area);
  }
}
