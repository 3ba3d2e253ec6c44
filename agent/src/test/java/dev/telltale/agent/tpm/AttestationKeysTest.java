package dev.telltale.agent.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.KeyTemplates;
import dev.telltale.tpmsim.junit.SimTpm;
import dev.telltale.tpmsim.junit.SimulatedTpm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SimulatedTpm.class)
class AttestationKeysTest {
  @TempDir private Path directory;

  @Test
  void everyKeyIsANewOneOfTheTemplate(SimTpm tpm) throws Exception {
    try (TpmContext context = TestTpm.open(tpm)) {
      AttestationKeys keys = TestTpm.keys(context);
      AttestationKey one = keys.create();
      AttestationKey two = keys.create();

      assertNotEquals(one.name(), two.name());
      assertNotEquals(one.handle(), two.handle());
      assertEquals(KeyTemplates.AK_ATTRIBUTES, one.area().attributes());
      assertEquals(0x00050472L, one.area().attributes());
      assertEquals(true, KeyTemplates.hasAkScheme(one.area()));
    }
  }

  @Test
  void aKeySurvivesAPowerCutAndIsFoundByItsName(SimTpm tpm) throws Exception {
    AttestationKey key;
    try (TpmContext context = TestTpm.open(tpm)) {
      key = TestTpm.keys(context).create();
    }
    tpm.powerCut();
    try (TpmContext context = TestTpm.open(tpm)) {
      AttestationKeys keys = TestTpm.keys(context);
      assertEquals(Optional.of(key), keys.load(key.handle(), key.name()));
      assertEquals(Optional.empty(), keys.load(key.handle(), Bytes.of(new byte[34])));
      assertEquals(Optional.empty(), keys.load(key.handle() + 1, key.name()));
    }
  }

  @Test
  void whatFailedEnrolmentsLeftIsRemovedAndNothingElse(SimTpm tpm) throws Exception {
    try (TpmContext context = TestTpm.open(tpm)) {
      AttestationKeys keys = TestTpm.keys(context);
      List<Integer> before = persistent(context);
      keys.create();
      AttestationKey kept = keys.create();
      keys.create();
      keys.evictAllBut(List.of(kept));
      assertEquals(before.size() + 1, persistent(context).size());
      assertEquals(Optional.of(kept), keys.load(kept.handle(), kept.name()));
      keys.evict(kept);
      keys.evict(kept);
      assertEquals(before, persistent(context));
    }
  }

  @Test
  void namesAgreeWithTpm2Tools(SimTpm tpm) throws Exception {
    Tpm2Tools tools = Tpm2Tools.with(directory, tpm);
    AttestationKey key;
    try (TpmContext context = TestTpm.open(tpm)) {
      key = TestTpm.keys(context).create();
    }
    String handle = "0x%08X".formatted(key.handle());
    tools.succeed("tpm2_readpublic -c " + handle + " -n name -q qualified");
    assertEquals(key.name(), tools.read("name"));
    assertEquals(key.qualifiedName(), tools.read("qualified"));
  }

  @Test
  void aKeyUnderTheNameOfAnotherIsNoticed(SimTpm tpm) throws Exception {
    Interposer bus = new Interposer();
    try (TpmContext context = bus.context(tpm.address())) {
      AttestationKeys keys = TestTpm.keys(context);
      AttestationKey key = keys.create();
      bus.wire =
          (command, chip, deadline) -> {
            byte[] answer = chip.transmit(command, deadline);
            int inThePoint = 10 + 2 + key.publicArea().length() - 1;
            return Interposer.code(command) == Interposer.READ_PUBLIC
                ? Interposer.flipped(answer, inThePoint)
                : answer;
          };
      assertThrows(TpmException.Tampered.class, () -> keys.load(key.handle(), key.name()));
    }
  }

  @Test
  void aFullCornerIsSaid(SimTpm tpm) throws Exception {
    try (TpmContext context = TestTpm.open(tpm)) {
      AttestationKeys keys = TestTpm.keys(context);
      for (int i = 0; i < 8; i++) {
        keys.create();
      }
      assertThrows(TpmException.Unsuitable.class, keys::create);
      assertEquals(List.of(), context.call(c -> c.capabilities().handles(0x80000000)));
    }
  }

  private static List<Integer> persistent(TpmContext context) throws TpmException {
    return context.call(commands -> commands.capabilities().persistentHandles());
  }
}
