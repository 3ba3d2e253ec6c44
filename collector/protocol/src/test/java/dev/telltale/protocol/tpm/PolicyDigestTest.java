package dev.telltale.protocol.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.telltale.protocol.Bytes;
import org.junit.jupiter.api.Test;

class PolicyDigestTest {
  @Test
  void endorsementSecretIsPolicyAOfTheEkCredentialProfile() {
    assertEquals(
        "837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa",
        PolicyDigest.ENDORSEMENT_SECRET.toHex());
  }

  @Test
  void pcrPolicyIsTheOneOfATpm() {
    PcrValues values =
        PcrValuesTest.values(PcrSelectionTest.TWO_BANKS, CapturedTpm.TWO_BANK_VALUES);
    assertEquals(CapturedTpm.PCR_POLICY, PolicyDigest.START.pcr(values).value().value());
  }

  @Test
  void aPolicyReferenceChangesTheDigest() {
    Bytes reference = Bytes.utf8("x");
    assertEquals(
        false,
        PolicyDigest.START
            .secret(TpmName.ENDORSEMENT, reference)
            .value()
            .value()
            .equals(PolicyDigest.ENDORSEMENT_SECRET));
  }
}
