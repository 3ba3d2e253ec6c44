package dev.telltale.protocol.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.crypto.Sha256;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The register values a quote digests, banks and registers ascending. In messages {@code {+ bank:
 * {+ register: digest}}}, each digest as long as its bank's.
 */
public record PcrValues(SortedMap<Integer, SortedMap<Integer, Bytes>> banks) {
  public PcrValues {
    TreeMap<Integer, SortedMap<Integer, Bytes>> copy = new TreeMap<>();
    banks.forEach((bank, values) -> {
      requireValues(bank, values);
      copy.put(bank, Collections.unmodifiableSortedMap(new TreeMap<>(values)));
    });
    if (copy.isEmpty()) {
      throw new IllegalArgumentException("values of no bank");
    }
    banks = Collections.unmodifiableSortedMap(copy);
  }

  private static void requireValues(int bank, SortedMap<Integer, Bytes> values) {
    int length =
        TpmHash.of(bank)
            .orElseThrow(() -> new IllegalArgumentException("no known hash algorithm: " + bank))
            .length();
    if (values.isEmpty() || values.firstKey() < 0 || values.lastKey() >= PcrSelection.REGISTERS) {
      throw new IllegalArgumentException("registers are 1 or more of 0..23");
    }
    if (values.values().stream().anyMatch(value -> value.length() != length)) {
      throw new IllegalArgumentException("a value of another length than " + length);
    }
  }

  public static PcrValues decode(Bytes encoded) throws MalformedException {
    CborReader in = new CborReader(encoded);
    PcrValues values = read(in);
    in.end();
    return values;
  }

  /** The values as one item of a larger structure. */
  public static PcrValues read(CborReader in) throws MalformedException {
    TreeMap<Integer, SortedMap<Integer, Bytes>> banks = new TreeMap<>();
    int count = in.map(1, PcrSelection.BANKS);
    for (int i = 0; i < count; i++) {
      TpmHash bank = PcrSelection.readBank(in);
      TreeMap<Integer, Bytes> values = new TreeMap<>();
      int size = in.map(1, PcrSelection.REGISTERS);
      for (int j = 0; j < size; j++) {
        int register = (int) in.uint(0, PcrSelection.REGISTERS - 1);
        values.put(register, in.bytes(bank.length()));
      }
      banks.put(bank.algorithm(), values);
    }
    return new PcrValues(banks);
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().map(banks.size());
    banks.forEach((bank, values) -> {
      out.uint(bank).map(values.size());
      values.forEach((register, value) -> out.uint(register).bytes(value));
    });
    return out.toBytes();
  }

  /**
   * What a quote says about these values: the hash of the signing scheme (here always SHA-256,
   * whatever the bank) over the values in order (TPM 2.0 Part 3, TPM2_Quote; Part 1, PCR digests).
   */
  public Digest digest() {
    return Sha256.of(
        banks.values().stream().flatMap(bank -> bank.values().stream()).toArray(Bytes[]::new));
  }

  /** Exactly the registers there is a value for. */
  public PcrSelection selection() {
    TreeMap<Integer, SortedSet<Integer>> selected = new TreeMap<>();
    banks.forEach((bank, values) -> selected.put(bank, new TreeSet<>(values.keySet())));
    return new PcrSelection(selected);
  }

  public Optional<Bytes> value(int bank, int register) {
    return Optional.ofNullable(banks.get(bank)).map(values -> values.get(register));
  }
}
