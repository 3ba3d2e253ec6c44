package dev.telltale.protocol.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which registers of which banks a quote covers: banks by their TPM_ALG number, ascending, none
 * empty. In messages {@code {+ bank: [+ register]}}.
 */
public record PcrSelection(SortedMap<Integer, SortedSet<Integer>> banks) {
  /** Registers of a PC Client TPM: 0..23, a bitmap of three bytes. */
  public static final int REGISTERS = 24;

  /** Most banks in one selection. */
  public static final int BANKS = 8;

  private static final int BITMAP_BYTES = REGISTERS / Byte.SIZE;

  public PcrSelection {
    TreeMap<Integer, SortedSet<Integer>> copy = new TreeMap<>();
    banks.forEach((bank, registers) -> {
      requireKnown(bank);
      requireRegisters(registers);
      copy.put(bank, Collections.unmodifiableSortedSet(new TreeSet<>(registers)));
    });
    if (copy.isEmpty()) {
      throw new IllegalArgumentException("a selection of no bank");
    }
    banks = Collections.unmodifiableSortedMap(copy);
  }

  /** One bank. */
  public static PcrSelection of(TpmHash bank, Collection<Integer> registers) {
    return new PcrSelection(new TreeMap<>(Map.of(bank.algorithm(), new TreeSet<>(registers))));
  }

  private static void requireKnown(int bank) {
    if (TpmHash.of(bank).isEmpty()) {
      throw new IllegalArgumentException("no known hash algorithm: " + bank);
    }
  }

  private static void requireRegisters(SortedSet<Integer> registers) {
    if (registers.isEmpty() || registers.first() < 0 || registers.last() >= REGISTERS) {
      throw new IllegalArgumentException("registers are 1 or more of 0..23, not " + registers);
    }
  }

  public static PcrSelection decode(Bytes encoded) throws MalformedException {
    CborReader in = new CborReader(encoded);
    PcrSelection selection = read(in);
    in.end();
    return selection;
  }

  /** The selection as one item of a larger structure. */
  public static PcrSelection read(CborReader in) throws MalformedException {
    TreeMap<Integer, SortedSet<Integer>> banks = new TreeMap<>();
    int count = in.map(1, BANKS);
    for (int i = 0; i < count; i++) {
      TpmHash bank = readBank(in);
      TreeSet<Integer> registers = new TreeSet<>();
      int size = in.array(1, REGISTERS);
      for (int j = 0; j < size; j++) {
        int least = registers.isEmpty() ? 0 : registers.last() + 1;
        int register = (int) in.uint(0, REGISTERS - 1);
        if (register < least) {
          throw in.malformed(Check.FORM_ORDER, "registers out of order or twice");
        }
        registers.add(register);
      }
      banks.put(bank.algorithm(), registers);
    }
    return new PcrSelection(banks);
  }

  static TpmHash readBank(CborReader in) throws MalformedException {
    long bank = in.uint(0, 0xFFFF);
    return TpmHash.of((int) bank)
        .orElseThrow(() -> in.malformed(Check.FORM_RANGE, bank + " is no known hash algorithm"));
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().map(banks.size());
    banks.forEach((bank, registers) -> {
      out.uint(bank).array(registers.size());
      registers.forEach(out::uint);
    });
    return out.toBytes();
  }

  /** The selection as a TPM is asked for it and signs it: banks ascending. */
  public List<PcrBankSelection> toTpm() {
    List<PcrBankSelection> selections = new ArrayList<>();
    banks.forEach((bank, registers) -> selections.add(new PcrBankSelection(bank, bits(registers))));
    return List.copyOf(selections);
  }

  private static int bits(SortedSet<Integer> registers) {
    return registers.stream().mapToInt(register -> 1 << register).sum();
  }

  /** TPML_PCR_SELECTION, as commands and policies take it. */
  public Bytes marshalled() {
    TpmWriter out = new TpmWriter().u32(banks.size());
    for (PcrBankSelection selection : toTpm()) {
      out.u16(selection.bank()).u8(BITMAP_BYTES);
      for (int i = 0; i < BITMAP_BYTES; i++) {
        out.u8((selection.bitmap() >>> (i * Byte.SIZE)) & 0xFF);
      }
    }
    return out.toBytes();
  }

  /** Number of registers over all banks. */
  public int size() {
    return banks.values().stream().mapToInt(Collection::size).sum();
  }

  /** As tpm2-tools write it: {@code sha256:0,1,7}. */
  @Override
  public String toString() {
    return banks.entrySet().stream()
        .map(bank ->
            TpmHash.of(bank.getKey()).orElseThrow().text()
                + bank.getValue().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(",", ":", "")))
        .collect(Collectors.joining("+"));
  }
}
