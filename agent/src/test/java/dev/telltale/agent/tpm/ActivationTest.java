package dev.telltale.agent.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.tss.LoadedKey;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.tpm.EkTemplate;
import dev.telltale.tpmsim.junit.SimTpm;
import dev.telltale.tpmsim.junit.SimulatedTpm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SimulatedTpm.class)
class ActivationTest {
  private static final Bytes SECRET =
      Bytes.hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  @TempDir private Path directory;

  private record Credential(Bytes idObject, Bytes secret) {}

  @ParameterizedTest
  @EnumSource
  void aCredentialMadeByTpm2ToolsOpens(EkTemplate template, SimTpm tpm) throws Exception {
    try (TpmContext context = TestTpm.open(tpm)) {
      AttestationKey key = TestTpm.keys(context).create();
      EndorsementKey ek = ek(context, template);
      Credential credential = make(ek, key.name());
      Bytes opened =
          new Activation(context).activate(key, ek, credential.idObject(), credential.secret());
      assertEquals(SECRET, opened);
      assertNothingLeft(context);
    }
  }

  @Test
  void aCredentialForAnotherKeyDoesNotOpen(SimTpm tpm) throws Exception {
    try (TpmContext context = TestTpm.open(tpm)) {
      AttestationKey key = TestTpm.keys(context).create();
      AttestationKey other = TestTpm.keys(context).create();
      EndorsementKey ek = ek(context, EkTemplate.L2_ECC_P256);
      Credential credential = make(ek, other.name());
      assertThrows(
          TpmException.Refused.class,
          () ->
              new Activation(context)
                  .activate(key, ek, credential.idObject(), credential.secret()));
      assertNothingLeft(context);
    }
  }

  @Test
  void anotherTpmThanThePinnedOneIsNoticedBeforeAnythingIsSent(SimTpm tpm, SimTpm second)
      throws Exception {
    EndorsementKey pinned;
    try (TpmContext context = TestTpm.open(tpm)) {
      pinned = ek(context, EkTemplate.L2_ECC_P256);
    }
    try (TpmContext context = TestTpm.open(second)) {
      AttestationKey key = TestTpm.keys(context).create();
      Credential credential = make(pinned, key.name());
      assertThrows(
          TpmException.Tampered.class,
          () ->
              new Activation(context)
                  .activate(key, pinned, credential.idObject(), credential.secret()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 34, 69, 4000})
  void aCredentialOfImpossibleSizeNeverReachesTheTpm(int length, SimTpm tpm) throws Exception {
    try (TpmContext context = TestTpm.open(tpm)) {
      AttestationKey key = TestTpm.keys(context).create();
      EndorsementKey ek = ek(context, EkTemplate.L2_ECC_P256);
      Bytes body = Bytes.of(new byte[length]);
      assertThrows(
          MalformedException.class,
          () -> new Activation(context).activate(key, ek, body, Bytes.of(new byte[68])));
    }
  }

  /** tpm2-tools' file: magic, version, TPM2B_ID_OBJECT, TPM2B_ENCRYPTED_SECRET. */
  private Credential make(EndorsementKey ek, Bytes name) throws Exception {
    Tpm2Tools tools = Tpm2Tools.alone(directory);
    Bytes area = ek.publicArea();
    tools.write("ek.pub", Bytes.concat(u16(area.length()), area));
    tools.write("secret", SECRET);
    tools.succeed(
        "tpm2_makecredential -T none -u ek.pub -s secret -n " + name.toHex() + " -o credential");
    Bytes file = tools.read("credential");
    int idLength = (file.at(8) & 0xFF) << 8 | (file.at(9) & 0xFF);
    int secretAt = 10 + idLength + 2;
    return new Credential(file.slice(10, 10 + idLength), file.slice(secretAt, file.length()));
  }

  private static Bytes u16(int value) {
    return Bytes.of(new byte[] {(byte) (value >> 8), (byte) value});
  }

  static EndorsementKey ek(TpmContext context, EkTemplate template) throws TpmException {
    return context.call(commands -> {
      try (LoadedKey key = EkLoader.load(commands, template)) {
        return new EndorsementKey(template, key.area(), Optional.empty(), List.of());
      }
    });
  }

  static void assertNothingLeft(TpmContext context) throws TpmException {
    for (int type : List.of(0x80000000, 0x02000000, 0x03000000)) {
      assertEquals(List.of(), context.call(commands -> commands.capabilities().handles(type)));
    }
  }
}
