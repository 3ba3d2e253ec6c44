package dev.telltale.agent.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.PolicyDigest;
import dev.telltale.protocol.tpm.TpmHash;
import dev.telltale.tpmsim.junit.SimTpm;
import dev.telltale.tpmsim.junit.SimulatedTpm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Digests computed without a TPM against those of a trial session that tpm2-tools drive. */
@ExtendWith(SimulatedTpm.class)
class PolicyAgreementTest {
  /** The most that tpm2_policypcr takes. */
  private static final PcrSelection EIGHT =
      PcrSelection.of(TpmHash.SHA256, List.of(0, 1, 2, 3, 4, 5, 6, 7));

  @TempDir private Path directory;

  @Test
  void theEndorsementPolicyAgreesWithTpm2Tools(SimTpm tpm) throws Exception {
    Tpm2Tools tools = Tpm2Tools.with(directory, tpm);
    tools.succeed("tpm2_startauthsession -S session");
    tools.succeed("tpm2_policysecret -S session -c e -L policy");
    assertEquals(PolicyDigest.ENDORSEMENT_SECRET, tools.read("policy"));
  }

  @Test
  void aRegisterPolicyAgreesWithTpm2Tools(SimTpm tpm) throws Exception {
    PcrValues values;
    try (TpmContext context = TestTpm.open(tpm)) {
      values = new Registers(context).read(EIGHT);
    }
    Tpm2Tools tools = Tpm2Tools.with(directory, tpm);
    tools.succeed("tpm2_startauthsession -S session");
    tools.succeed("tpm2_policypcr -S session -l " + EIGHT + " -L policy");
    assertEquals(PolicyDigest.START.pcr(values).value().value(), tools.read("policy"));
  }
}
