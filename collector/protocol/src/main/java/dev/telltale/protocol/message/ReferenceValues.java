package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.TpmHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The digests each register may hold: {@code {+ bank: {+ register: [+ digest]}}}, all ascending.
 */
public record ReferenceValues(SortedMap<Integer, SortedMap<Integer, List<Bytes>>> banks) {
  public ReferenceValues {
    TreeMap<Integer, SortedMap<Integer, List<Bytes>>> copy = new TreeMap<>();
    banks.forEach((bank, registers) -> copy.put(bank, copyOf(bank, registers)));
    Fields.require(!copy.isEmpty(), "reference values of no bank");
    banks = Collections.unmodifiableSortedMap(copy);
  }

  private static SortedMap<Integer, List<Bytes>> copyOf(
      int bank, SortedMap<Integer, List<Bytes>> registers) {
    Optional<TpmHash> hash = TpmHash.of(bank);
    Fields.require(hash.isPresent(), "no known hash algorithm: " + bank);
    TreeMap<Integer, List<Bytes>> copy = new TreeMap<>();
    registers.forEach((register, digests) -> {
      Fields.require(register >= 0 && register < PcrSelection.REGISTERS, "register");
      copy.put(register, List.copyOf(digests));
      requireDigests(digests, hash.orElseThrow().length());
    });
    Fields.require(!copy.isEmpty(), "a bank without registers");
    return Collections.unmodifiableSortedMap(copy);
  }

  private static void requireDigests(List<Bytes> digests, int length) {
    Fields.require(
        !digests.isEmpty() && digests.size() <= Limits.REFERENCE_DIGESTS, "number of digests");
    for (int i = 0; i < digests.size(); i++) {
      Fields.requireBytes(digests.get(i), length, length, "digest");
      Fields.require(
          i == 0 || digests.get(i - 1).compareTo(digests.get(i)) < 0, "digests out of order");
    }
  }

  /** Empty where the set says nothing about the register. */
  public List<Bytes> accepted(int bank, int register) {
    return Optional.ofNullable(banks.get(bank))
        .map(registers -> registers.get(register))
        .orElse(List.of());
  }

  void write(CborWriter out) {
    out.map(banks.size());
    banks.forEach((bank, registers) -> {
      out.uint(bank).map(registers.size());
      registers.forEach((register, digests) -> {
        out.uint(register);
        Fields.list(out, digests);
      });
    });
  }

  static ReferenceValues read(CborReader in) throws MalformedException {
    TreeMap<Integer, SortedMap<Integer, List<Bytes>>> banks = new TreeMap<>();
    int count = in.map(1, PcrSelection.BANKS);
    for (int i = 0; i < count; i++) {
      int at = in.position();
      int bank = (int) in.uint(0, 0xFFFF);
      int length =
          TpmHash.of(bank)
              .orElseThrow(() -> new MalformedException(Check.FORM_RANGE, at, "no bank is " + bank))
              .length();
      TreeMap<Integer, List<Bytes>> registers = new TreeMap<>();
      int size = in.map(1, PcrSelection.REGISTERS);
      for (int j = 0; j < size; j++) {
        int register = (int) in.uint(0, PcrSelection.REGISTERS - 1);
        registers.put(register, digests(in, length));
      }
      banks.put(bank, registers);
    }
    return new ReferenceValues(banks);
  }

  private static List<Bytes> digests(CborReader in, int length) throws MalformedException {
    int count = in.array(1, Limits.REFERENCE_DIGESTS);
    List<Bytes> digests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = in.position();
      Bytes digest = in.bytes(length);
      if (i > 0 && digests.get(i - 1).compareTo(digest) >= 0) {
        throw new MalformedException(Check.FORM_ORDER, at, "digests out of order or twice");
      }
      digests.add(digest);
    }
    return digests;
  }
}
