package dev.telltale.agent.tpm;

import dev.telltale.agent.tpm.transport.TpmAddress;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Label;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.TpmHash;
import dev.telltale.tpmsim.junit.SimTpm;
import java.security.SecureRandom;
import java.util.List;

/** What most tests begin with. */
final class TestTpm {
  static final SecureRandom RANDOM = new SecureRandom();
  static final PcrSelection FIRMWARE =
      PcrSelection.of(TpmHash.SHA256, List.of(0, 1, 2, 3, 4, 5, 6, 7, 8));
  static final QualifyingData SOMETHING =
      QualifyingData.of(Label.CHECK, Bytes.utf8("some structure"));

  private TestTpm() {}

  static TpmContext open(SimTpm tpm) throws TpmException {
    return TpmContext.open(TpmAddress.parse(tpm.address()), RANDOM);
  }

  static AttestationKeys keys(TpmContext context) {
    return new AttestationKeys(context, RANDOM);
  }
}
