package dev.telltale.verifier.enrolment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.tpm.CapturedTpm;
import dev.telltale.protocol.tpm.EkTemplate;
import dev.telltale.verifier.SoftTpm;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EkChainTest {
  private static final EkAuthority MANUFACTURER = EkAuthority.root("A manufacturer");
  private static final EkAuthority SIMULATION = EkAuthority.root("A simulation");
  private static final SoftTpm TPM = new SoftTpm();
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static EkChain chain() throws MalformedException {
    return new EkChain(
        EkRoots.parse(List.of(MANUFACTURER.certificate()), List.of(SIMULATION.certificate())));
  }

  private static PublicKey ekKey() {
    return TPM.ekPoint().key(Providers.jdk());
  }

  private static Hello.Endorsement endorsement(Bytes certificate, Bytes... intermediates) {
    return new Hello.Endorsement(TPM.ekPublicArea(), certificate, List.of(intermediates));
  }

  private static void refused(Check check, Hello.Endorsement endorsement) {
    assertEquals(
        check,
        assertThrows(MalformedException.class, () -> chain().grade(endorsement, NOW)).check());
  }

  private static EkAuthority.Claims claims(String usage, boolean authority, String until) {
    return new EkAuthority.Claims(
        usage, authority, Instant.parse("2020-01-01T00:00:00Z"), Instant.parse(until));
  }

  @Test
  void manufacturersChainIsGradedAsSuch() throws MalformedException {
    assertEquals(Grade.MANUFACTURER, chain().grade(TPM.endorsedBy(MANUFACTURER), NOW));
  }

  @Test
  void chainOverIntermediatesIsFound() throws MalformedException {
    EkAuthority upper = MANUFACTURER.intermediate("Upper");
    EkAuthority lower = upper.intermediate("Lower");
    Hello.Endorsement endorsement =
        endorsement(lower.endorse(ekKey()), lower.certificate(), upper.certificate());
    assertEquals(Grade.MANUFACTURER, chain().grade(endorsement, NOW));
    refused(Check.ENROL_EK_CHAIN, endorsement(lower.endorse(ekKey()), lower.certificate()));
  }

  @Test
  void simulationIsNeverAManufacturer() throws MalformedException {
    assertEquals(Grade.SIMULATION, chain().grade(TPM.endorsedBy(SIMULATION), NOW));
  }

  @Test
  void rsaKeyChainsToo() throws MalformedException, NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2_048);
    KeyPair pair = generator.generateKeyPair();
    byte[] modulus = ((RSAPublicKey) pair.getPublic()).getModulus().toByteArray();
    Bytes template = EkTemplate.L1_RSA_2048.area();
    Bytes area =
        Bytes.concat(
            template.slice(0, template.length() - 256),
            Bytes.of(modulus, modulus.length - 256, modulus.length));
    Hello.Endorsement endorsement =
        new Hello.Endorsement(area, MANUFACTURER.endorse(pair.getPublic()), List.of());
    assertEquals(Grade.MANUFACTURER, chain().grade(endorsement, NOW));
    refused(
        Check.ENROL_EK_CERTIFICATE,
        new Hello.Endorsement(area, MANUFACTURER.endorse(ekKey()), List.of()));
  }

  @Test
  void certificateOfAnotherKeyIsRefused() {
    PublicKey other = new SoftTpm().ekPoint().key(Providers.jdk());
    refused(Check.ENROL_EK_CERTIFICATE, endorsement(MANUFACTURER.endorse(other)));
  }

  @Test
  void certificateForSomethingElseIsRefused() {
    String client = "1.3.6.1.5.5.7.3.2";
    refused(
        Check.ENROL_EK_CERTIFICATE,
        endorsement(MANUFACTURER.certify(ekKey(), claims(client, false, "2040-01-01T00:00:00Z"))));
    refused(
        Check.ENROL_EK_CERTIFICATE,
        endorsement(MANUFACTURER.certify(ekKey(), claims("", false, "2040-01-01T00:00:00Z"))));
  }

  @Test
  void certificateOfAnAuthorityIsRefused() {
    refused(
        Check.ENROL_EK_CERTIFICATE,
        endorsement(
            MANUFACTURER.certify(
                ekKey(), claims(EkAuthority.EK_USAGE, true, "2040-01-01T00:00:00Z"))));
  }

  @Test
  void foreignChainIsRefusedEvenIfItBringsItsRoot() {
    EkAuthority foreign = EkAuthority.root("A manufacturer");
    refused(Check.ENROL_EK_CHAIN, endorsement(foreign.endorse(ekKey()), foreign.certificate()));
  }

  @Test
  void endorsementKeyIsNoAuthority() {
    // another TPM's EK certificate between the root and ours
    EkAuthority leaf = MANUFACTURER.notAnAuthority("A TPM");
    refused(Check.ENROL_EK_CHAIN, endorsement(leaf.endorse(ekKey()), leaf.certificate()));
  }

  @Test
  void expiredCertificateIsRefused() {
    refused(
        Check.ENROL_EK_CHAIN,
        endorsement(
            MANUFACTURER.certify(
                ekKey(), claims(EkAuthority.EK_USAGE, false, "2026-11-24T11:59:59Z"))));
  }

  @Test
  void noRootMeansNoChain() throws MalformedException {
    EkChain none = new EkChain(EkRoots.parse(List.of(), List.of()));
    assertEquals(
        Check.ENROL_EK_CHAIN,
        assertThrows(MalformedException.class, () -> none.grade(TPM.endorsedBy(MANUFACTURER), NOW))
            .check());
  }

  @Test
  void keyFromAnotherTemplateIsRefused() {
    refused(
        Check.ENROL_EK_TEMPLATE,
        new Hello.Endorsement(CapturedTpm.AK_PUBLIC, MANUFACTURER.endorse(ekKey()), List.of()));
  }

  @Test
  void whatIsNoCertificateIsRefused() {
    refused(Check.ENROL_EK_CERTIFICATE, endorsement(Bytes.EMPTY));
    refused(Check.ENROL_EK_CERTIFICATE, endorsement(Bytes.hex("3000")));
    refused(
        Check.ENROL_EK_CERTIFICATE, endorsement(MANUFACTURER.endorse(ekKey()), Bytes.hex("00")));
  }
}
