package dev.telltale.agent.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.tss.SecureSession;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.EkTemplate;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmHash;
import dev.telltale.tpmsim.junit.SimTpm;
import dev.telltale.tpmsim.junit.SimulatedTpm;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session salted to the pinned key, with somebody on the bus. */
@ExtendWith(SimulatedTpm.class)
class SecureSessionTest {
  private static final PcrSelection EIGHT = PcrSelection.of(TpmHash.SHA256, List.of(8));
  private static final Bytes DIGEST = Bytes.hex("a5".repeat(32));
  private static final Map<TpmHash, Bytes> MEASUREMENT = Map.of(TpmHash.SHA256, DIGEST);

  private final Interposer bus = new Interposer();

  @ParameterizedTest
  @EnumSource
  void randomBytesCannotBeReadOnTheBus(EkTemplate template, SimTpm tpm) throws Exception {
    try (TpmContext context = bus.context(tpm.address())) {
      EndorsementKey ek = ActivationTest.ek(context, template);
      Bytes plain = context.call(commands -> commands.sessions().random(32, Optional.empty()));
      assertTrue(seen(plain));
      Bytes secret = random(context, ek);
      assertEquals(32, secret.length());
      assertEquals(false, seen(secret));
      assertNotEquals(secret, random(context, ek));
    }
  }

  private boolean seen(Bytes bytes) {
    return bus.answers.stream().anyMatch(answer -> answer.toHex().contains(bytes.toHex()));
  }

  private static Bytes random(TpmContext context, EndorsementKey ek) throws TpmException {
    return context.call(commands -> {
      try (SecureSession session = EkLoader.session(commands, ek)) {
        commands.sessions().random(7, Optional.of(session));
        return commands.sessions().random(32, Optional.of(session));
      }
    });
  }

  @Test
  void everyChangedByteOfAnAnswerIsNoticed(SimTpm tpm) throws Exception {
    try (TpmContext context = bus.context(tpm.address())) {
      EndorsementKey ek = ActivationTest.ek(context, EkTemplate.L2_ECC_P256);
      AtomicInteger length = new AtomicInteger(Integer.MAX_VALUE);
      // The code in bytes 6 to 9 is the transport's to check; the size in 2 to 5 is, too.
      for (int at = 10; at < length.get(); at++) {
        int position = at;
        bus.wire =
            (command, chip, deadline) -> {
              byte[] answer = chip.transmit(command, deadline);
              if (Interposer.code(command) != Interposer.GET_RANDOM) {
                return answer;
              }
              length.set(answer.length);
              return Interposer.flipped(answer, position);
            };
        TpmException e = assertThrows(TpmException.class, () -> random(context, ek));
        assertTrue(e.broken(), () -> "byte " + position + ": " + e);
      }
      assertEquals(10 + 4 + 2 + 7 + 2 + 32 + 1 + 2 + 32, length.get());
    }
  }

  @Test
  void anAnswerWithoutItsSessionIsNoticed(SimTpm tpm) throws Exception {
    try (TpmContext context = bus.context(tpm.address())) {
      EndorsementKey ek = ActivationTest.ek(context, EkTemplate.L2_ECC_P256);
      bus.wire =
          (command, chip, deadline) ->
              Interposer.code(command) == Interposer.GET_RANDOM
                  ? ByteBuffer.allocate(12).putShort((short) 0x8001).putInt(12).array()
                  : chip.transmit(command, deadline);
      assertThrows(TpmException.Malformed.class, () -> random(context, ek));
    }
  }

  @Test
  void aChangedMeasurementIsRefusedByTheChip(SimTpm tpm) throws Exception {
    try (TpmContext context = bus.context(tpm.address())) {
      EndorsementKey ek = ActivationTest.ek(context, EkTemplate.L2_ECC_P256);
      Registers registers = new Registers(context);
      PcrValues before = registers.read(EIGHT);
      bus.wire =
          (command, chip, deadline) ->
              Interposer.code(command) == Interposer.PCR_EXTEND
                  ? chip.transmit(Interposer.flipped(command, command.length - 1), deadline)
                  : chip.transmit(command, deadline);
      TpmException.Refused e =
          assertThrows(
              TpmException.Refused.class, () -> registers.extend(8, MEASUREMENT, Optional.of(ek)));
      assertEquals(0x9A2, e.code().raw());
      assertEquals(before, registers.read(EIGHT));
      registers.extend(8, MEASUREMENT, Optional.empty());
      assertNotEquals(before, registers.read(EIGHT));
    }
  }

  @Test
  void aSwallowedMeasurementIsNoticed(SimTpm tpm) throws Exception {
    try (TpmContext context = bus.context(tpm.address())) {
      EndorsementKey ek = ActivationTest.ek(context, EkTemplate.L2_ECC_P256);
      Registers registers = new Registers(context);
      registers.extend(8, MEASUREMENT, Optional.of(ek));
      byte[] success =
          bus.answers.stream()
              .filter(answer -> answer.length() == 10 + 4 + 2 + 32 + 1 + 2 + 32)
              .findFirst()
              .orElseThrow()
              .toArray();
      bus.wire =
          (command, chip, deadline) ->
              Interposer.code(command) == Interposer.PCR_EXTEND
                  ? success
                  : chip.transmit(command, deadline);
      assertThrows(
          TpmException.Tampered.class, () -> registers.extend(8, MEASUREMENT, Optional.of(ek)));
    }
  }

  @Test
  void aMeasurementThroughTheSessionArrives(SimTpm tpm) throws Exception {
    try (TpmContext context = bus.context(tpm.address())) {
      EndorsementKey ek = ActivationTest.ek(context, EkTemplate.L1_RSA_2048);
      Registers registers = new Registers(context);
      Bytes before = registers.read(EIGHT).value(0x000B, 8).orElseThrow();
      registers.extend(8, MEASUREMENT, Optional.of(ek));
      byte[] expected =
          MessageDigest.getInstance("SHA-256").digest(Bytes.concat(before, DIGEST).toArray());
      assertEquals(Optional.of(Bytes.of(expected)), registers.read(EIGHT).value(0x000B, 8));
    }
  }

  @Test
  void nothingIsLeftInTheChip(SimTpm tpm) throws Exception {
    try (TpmContext context = bus.context(tpm.address())) {
      EndorsementKey ek = ActivationTest.ek(context, EkTemplate.L2_ECC_P256);
      for (int i = 0; i < 5; i++) {
        random(context, ek);
        new Registers(context).extend(8, MEASUREMENT, Optional.of(ek));
      }
      ActivationTest.assertNothingLeft(context);
    }
  }
}
