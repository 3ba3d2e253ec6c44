package dev.telltale.verifier.enrolment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.tpm.CapturedTpm;
import dev.telltale.protocol.tpm.EkTemplate;
import dev.telltale.protocol.tpm.TpmtPublic;
import dev.telltale.tpmsim.junit.SimTpm;
import dev.telltale.tpmsim.junit.SimulatedTpm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real TPM opens what we made, by other people's programs. */
@ExtendWith(SimulatedTpm.class)
final class CredentialMakerTest {
  private static final CredentialMaker MAKER =
      new CredentialMaker(Providers.jdk(), new SecureRandom());

  @TempDir private Path directory = Path.of("");

  @Test
  void tpmWithTheP256KeyRecoversTheSecret(SimTpm tpm) throws Exception {
    recovers("ecc", EkTemplate.L2_ECC_P256, tpm);
  }

  @Test
  void tpmWithTheRsaKeyRecoversTheSecret(SimTpm tpm) throws Exception {
    recovers("rsa", EkTemplate.L1_RSA_2048, tpm);
  }

  private void recovers(String algorithm, EkTemplate template, SimTpm tpm) throws Exception {
    Tpm2Tools tools = new Tpm2Tools(directory, tpm);
    TpmtPublic ek = ek(tools, algorithm);
    assertEquals(Optional.of(template), EkTemplate.of(ek));
    Bytes name = ak(tools);
    Credential credential = MAKER.make(ek, name);
    assertEquals(0, activate(tools, credential));
    assertEquals(credential.secret(), tools.read("recovered"));
    assertNotEquals(0, activate(tools, MAKER.make(ek, CapturedTpm.AK_NAME)));
  }

  private static TpmtPublic ek(Tpm2Tools tools, String algorithm) throws Exception {
    tools.succeed("tpm2_createek -G " + algorithm + " -c ek.ctx -u ek.pub", "tpm2_flushcontext -t");
    Bytes sized = tools.read("ek.pub");
    return TpmtPublic.parse(sized.slice(2, sized.length()));
  }

  private static Bytes ak(Tpm2Tools tools) throws Exception {
    tools.succeed(
        "tpm2_createak -C ek.ctx -c ak.ctx -G ecc -g sha256 -s ecdsa -n ak.name",
        "tpm2_flushcontext -t");
    return tools.read("ak.name");
  }

  /** tpm2-tools' file: magic, version, TPM2B_ID_OBJECT, TPM2B_ENCRYPTED_SECRET. */
  private static int activate(Tpm2Tools tools, Credential credential)
      throws IOException, InterruptedException {
    tools.write(
        "credential",
        Bytes.concat(
            Bytes.hex("badcc0de00000001"),
            sized(credential.idObject()),
            sized(credential.encryptedSecret())));
    tools.succeed(
        "tpm2_startauthsession --policy-session -S session.ctx",
        "tpm2_policysecret -S session.ctx -c e");
    int status =
        tools.run(
            "tpm2_activatecredential -c ak.ctx -C ek.ctx -i credential -o recovered"
                + " -P session:session.ctx");
    tools.succeed("tpm2_flushcontext -t", "tpm2_flushcontext -l", "tpm2_flushcontext -s");
    return status;
  }

  private static Bytes sized(Bytes content) {
    byte[] size = ByteBuffer.allocate(2).putShort((short) content.length()).array();
    return Bytes.concat(Bytes.of(size), content);
  }

  @Test
  void everyCredentialHasItsOwnSecretAndSeed() throws MalformedException {
    TpmtPublic ek = TpmtPublic.parse(CapturedTpm.EK_ECC_PUBLIC);
    Credential one = MAKER.make(ek, CapturedTpm.AK_NAME);
    Credential other = MAKER.make(ek, CapturedTpm.AK_NAME);
    assertNotEquals(one.secret(), other.secret());
    assertNotEquals(one.encryptedSecret(), other.encryptedSecret());
    assertEquals("credential", one.toString());
  }

  @Test
  void modulusThatIsNoneIsRefused() throws MalformedException {
    Bytes template = EkTemplate.L1_RSA_2048.area();
    TpmtPublic zero = TpmtPublic.parse(template);
    assertEquals(
        Check.ENROL_EK_TEMPLATE,
        assertThrows(MalformedException.class, () -> MAKER.make(zero, CapturedTpm.AK_NAME))
            .check());
    Bytes even = Bytes.concat(template.slice(0, template.length() - 256), Samples.fill(0xfe, 256));
    assertEquals(
        Check.ENROL_EK_TEMPLATE,
        assertThrows(
                MalformedException.class,
                () -> MAKER.make(TpmtPublic.parse(even), CapturedTpm.AK_NAME))
            .check());
  }
}
