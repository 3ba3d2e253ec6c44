package dev.telltale.verifier.enrolment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.tpm.CapturedTpm;
import org.junit.jupiter.api.Test;

final class AkChecksTest {
  private static void refused(Check check, Bytes area) {
    assertEquals(check, assertThrows(MalformedException.class, () -> AkChecks.check(area)).check());
  }

  private static Bytes changed(String from, String to) {
    String hex = CapturedTpm.AK_PUBLIC.toHex();
    assertTrue(hex.contains(from));
    return Bytes.hex(hex.replaceFirst(from, to));
  }

  @Test
  void keyOfARealTpmIsAcceptedUnderTheNameTheTpmGaveIt() throws MalformedException {
    AkChecks.Accepted accepted = AkChecks.check(CapturedTpm.AK_PUBLIC);
    assertEquals(CapturedTpm.AK_NAME, accepted.name());
    assertTrue(CapturedTpm.AK_PUBLIC.toHex().contains(accepted.point().x().toHex()));
  }

  @Test
  void keyWithoutNoDaIsAcceptedToo() throws MalformedException {
    AkChecks.check(changed("00050472", "00050072"));
  }

  @Test
  void keyThatSignsAnythingIsRefused() {
    refused(Check.ENROL_AK_ATTRIBUTES, CapturedTpm.TLS_PUBLIC);
    refused(Check.ENROL_AK_ATTRIBUTES, changed("00050472", "00040472"));
  }

  @Test
  void keyThatDecryptsIsRefused() {
    refused(Check.ENROL_AK_ATTRIBUTES, CapturedTpm.EK_ECC_PUBLIC);
    refused(Check.ENROL_AK_ATTRIBUTES, changed("00050472", "00070472"));
  }

  @Test
  void keyThatCouldLeaveOrCameFromElsewhereIsRefused() {
    refused(Check.ENROL_AK_ATTRIBUTES, changed("00050472", "00050470"));
    refused(Check.ENROL_AK_ATTRIBUTES, changed("00050472", "00050462"));
    refused(Check.ENROL_AK_ATTRIBUTES, changed("00050472", "00050452"));
  }

  @Test
  void anotherSchemeIsRefused() {
    refused(Check.ENROL_AK_SCHEME, changed("0018000b", "0018000c"));
    refused(Check.ENROL_AK_SCHEME, CapturedTpm.AK_RSA_PUBLIC);
  }

  @Test
  void whatIsNoKeyIsRefused() {
    refused(Check.TPM_PUBLIC, Bytes.concat(CapturedTpm.AK_PUBLIC, Bytes.hex("00")));
    refused(Check.TPM_PUBLIC, CapturedTpm.AK_PUBLIC.slice(0, 20));
    refused(Check.FORM_POINT, changed("9c758664", "9c758665"));
  }
}
