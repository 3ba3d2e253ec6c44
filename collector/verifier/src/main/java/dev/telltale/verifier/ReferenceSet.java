package dev.telltale.verifier;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.message.ReferenceStatement;
import dev.telltale.protocol.tpm.PcrValues;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Accepted register values of a group, from a statement the operator signed.
 *
 * @param leaf of the statement in the log
 */
public record ReferenceSet(long leaf, ReferenceStatement statement) {

  /** A register whose value is in no list. */
  public record Mismatch(int bank, int register, Bytes actual) {
    public Contradiction contradiction() {
      return new Contradiction(
          Check.REFERENCE_VALUES, "register " + register + " holds " + actual.toHex());
    }
  }

  /**
   * The first register the set does not accept; a register it says nothing about is one of those.
   */
  public Optional<Mismatch> mismatch(PcrValues values) {
    for (Map.Entry<Integer, SortedMap<Integer, Bytes>> bank : values.banks().entrySet()) {
      for (Map.Entry<Integer, Bytes> register : bank.getValue().entrySet()) {
        if (!statement
            .values()
            .accepted(bank.getKey(), register.getKey())
            .contains(register.getValue())) {
          return Optional.of(new Mismatch(bank.getKey(), register.getKey(), register.getValue()));
        }
      }
    }
    return Optional.empty();
  }
}
