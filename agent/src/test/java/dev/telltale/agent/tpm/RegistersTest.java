package dev.telltale.agent.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmHash;
import dev.telltale.tpmsim.junit.SimTpm;
import dev.telltale.tpmsim.junit.SimulatedTpm;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SimulatedTpm.class)
class RegistersTest {
  private static final PcrSelection ALL =
      PcrSelection.of(TpmHash.SHA256, IntStream.range(0, 24).boxed().toList());

  private final Interposer bus = new Interposer();

  @TempDir private Path directory;

  @Test
  void valuesOfSeveralAnswersAreOfOneMoment(SimTpm tpm) throws Exception {
    try (TpmContext context = bus.context(tpm.address())) {
      Registers registers = new Registers(context);
      bus.extendBefore(Interposer.PCR_READ, 2, 0);
      PcrValues values = registers.read(ALL);
      assertEquals(values, registers.read(ALL));
    }
  }

  @Test
  void registersThatNeverRestAreNotReadForEver(SimTpm tpm) throws Exception {
    try (TpmContext context = bus.context(tpm.address())) {
      bus.extendBefore(Interposer.PCR_READ, Integer.MAX_VALUE, 0);
      Registers registers = new Registers(context);
      assertThrows(TpmException.Unsuitable.class, () -> registers.read(ALL));
    }
  }

  @Test
  void valuesAgreeWithTpm2Tools(SimTpm tpm) throws Exception {
    PcrValues values;
    try (TpmContext context = TestTpm.open(tpm)) {
      values = new Registers(context).read(TestTpm.FIRMWARE);
    }
    Tpm2Tools tools = Tpm2Tools.with(directory, tpm);
    String printed = tools.succeed("tpm2_pcrread " + TestTpm.FIRMWARE).toLowerCase(Locale.ROOT);
    values
        .banks()
        .values()
        .forEach(bank ->
            bank.forEach((register, value) ->
                assertEquals(true, printed.contains(register + " : 0x" + value.toHex()), printed)));
  }
}
