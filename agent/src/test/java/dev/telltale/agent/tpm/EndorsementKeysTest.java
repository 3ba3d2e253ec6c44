package dev.telltale.agent.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.EkTemplate;
import dev.telltale.tpmsim.junit.SimTpm;
import dev.telltale.tpmsim.junit.SimulatedTpm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SimulatedTpm.class)
class EndorsementKeysTest {
  @TempDir private Path directory;

  @Test
  void theP256KeyIsPreferredAndItsCertificateIsAboutIt(SimTpm tpm) throws Exception {
    try (TpmContext context = TestTpm.open(tpm)) {
      EndorsementKey key = new EndorsementKeys(context).preferred();
      assertEquals(EkTemplate.L2_ECC_P256, key.template());
      Bytes issued = Bytes.of(Files.readAllBytes(tpm.certificates().resolve("ek-secp256r1.crt")));
      assertEquals(Optional.of(issued), key.certificate());
      assertTrue(EkCertificates.certifies(issued, key.area()));
      assertEquals(Optional.of(EkTemplate.L2_ECC_P256), EkTemplate.of(key.area()));
    }
  }

  @Test
  void withoutAP256CertificateTheRsaKeyIsTaken(SimTpm tpm) throws Exception {
    Tpm2Tools tools = Tpm2Tools.with(directory, tpm);
    tools.succeed("tpm2_nvundefine -C p 0x01C0000A");
    try (TpmContext context = TestTpm.open(tpm)) {
      EndorsementKey key = new EndorsementKeys(context).preferred();
      assertEquals(EkTemplate.L1_RSA_2048, key.template());
      Bytes issued = Bytes.of(Files.readAllBytes(tpm.certificates().resolve("ek-rsa2048.crt")));
      assertEquals(Optional.of(issued), key.certificate());
    }
  }

  @Test
  void aCertificateOfAnotherKeyIsNotTakenForOurs(SimTpm tpm, SimTpm other) throws Exception {
    Bytes foreign = Bytes.of(Files.readAllBytes(other.certificates().resolve("ek-secp256r1.crt")));
    try (TpmContext context = TestTpm.open(tpm)) {
      EndorsementKey key = new EndorsementKeys(context).preferred();
      assertEquals(false, EkCertificates.certifies(foreign, key.area()));
    }
  }

  @Test
  void paddingBehindACertificateIsNotPartOfIt() {
    Bytes der = Bytes.hex("30030201ff");
    Bytes longForm = Bytes.concat(Bytes.hex("308180"), Bytes.of(new byte[128]));
    assertEquals(
        List.of(der, longForm),
        EkCertificates.split(Bytes.concat(der, longForm, Bytes.hex("ffff"))));
    assertEquals(List.of(), EkCertificates.split(Bytes.hex("30820100aa")));
    assertEquals(List.of(), EkCertificates.split(Bytes.hex("3080")));
    assertEquals(List.of(), EkCertificates.split(Bytes.EMPTY));
  }

  @Test
  void theNameAgreesWithTpm2Tools(SimTpm tpm) throws Exception {
    Tpm2Tools tools = Tpm2Tools.with(directory, tpm);
    EndorsementKey key;
    try (TpmContext context = TestTpm.open(tpm)) {
      key = ActivationTest.ek(context, EkTemplate.L1_RSA_2048);
    }
    tools.succeed("tpm2_readpublic -c 0x81010001 -n name");
    assertEquals(key.name(), tools.read("name"));
  }
}
