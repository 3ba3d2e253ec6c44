package dev.telltale.protocol.tpm;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One TPMS_PCR_SELECTION as a TPM signed it: bank and bitmap, bit n for register n. The bitmap may
 * be zero, since a TPM signs that too; {@link PcrSelection} knows no empty bank, so the comparison
 * with the selection demanded fails.
 */
public record PcrBankSelection(int bank, int bitmap) {
  /** The registers of the bank, ascending. */
  public List<Integer> registers() {
    return IntStream.range(0, PcrSelection.REGISTERS)
        .filter(register -> (bitmap & (1 << register)) != 0)
        .boxed()
        .toList();
  }
}
