package dev.telltale.agent.tpm.tss;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tss.tpm.TPMS_PCR_SELECTION;
import tss.tpm.TPMT_HA;
import tss.tpm.TPM_ALG_ID;
import tss.tpm.TPM_HANDLE;

/** Reading and extending platform configuration registers. */
public final class RegisterCommands {
  /** A TPML_DIGEST has no more. */
  private static final int PER_ANSWER = 8;

  private static final int TRIES = 5;

  private final Dispatcher dispatcher;

  RegisterCommands(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  private record BankRegister(int bank, int register) {}

  private record Answer(int updates, SortedMap<Integer, SortedMap<Integer, Bytes>> values) {}

  /** All the values as they were at one moment: none was extended between two answers. */
  public PcrValues read(PcrSelection selection) throws TpmException {
    for (int i = 0; i < TRIES; i++) {
      Optional<PcrValues> values = readOnce(selection);
      if (values.isPresent()) {
        return values.get();
      }
    }
    throw new TpmException.Unsuitable("the registers change faster than they can be read");
  }

  private Optional<PcrValues> readOnce(PcrSelection selection) throws TpmException {
    SortedMap<Integer, SortedMap<Integer, Bytes>> values = new TreeMap<>();
    Optional<Integer> updates = Optional.empty();
    for (Optional<PcrSelection> rest = Optional.of(selection);
        rest.isPresent();
        rest = without(selection, values)) {
      Answer answer = some(rest.get());
      if (updates.isPresent() && updates.get() != answer.updates()) {
        return Optional.empty();
      }
      updates = Optional.of(answer.updates());
      answer
          .values()
          .forEach((bank, more) -> values.computeIfAbsent(bank, b -> new TreeMap<>()).putAll(more));
    }
    return Optional.of(new PcrValues(values));
  }

  /** As many of the registers as the TPM likes to return. */
  private Answer some(PcrSelection selection) throws TpmException {
    TPMS_PCR_SELECTION[] asked = marshalled(selection);
    ResponseReader in = dispatcher.run(tpm -> tpm.PCR_Read(asked)).parameters();
    int updates = in.u32();
    List<BankRegister> order = new ArrayList<>();
    in.list(PcrSelection.BANKS, bank -> order.addAll(registers(bank)));
    List<Bytes> digests = in.list(PER_ANSWER, digest -> digest.sized(64));
    in.end();
    if (order.size() != digests.size()) {
      throw ResponseReader.malformed("more registers than values, or fewer");
    }
    SortedMap<Integer, SortedMap<Integer, Bytes>> values = new TreeMap<>();
    for (int i = 0; i < order.size(); i++) {
      BankRegister at = order.get(i);
      requireAsked(selection, at, digests.get(i));
      values.computeIfAbsent(at.bank(), b -> new TreeMap<>()).put(at.register(), digests.get(i));
    }
    if (values.isEmpty()) {
      throw new TpmException.Unsuitable("the TPM has none of the registers " + selection);
    }
    return new Answer(updates, values);
  }

  private static List<BankRegister> registers(ResponseReader in) throws TpmException {
    int bank = in.u16();
    Bytes bitmap = in.raw(in.u8());
    List<BankRegister> registers = new ArrayList<>();
    for (int i = 0; i < bitmap.length() * Byte.SIZE; i++) {
      if ((bitmap.at(i / Byte.SIZE) >>> (i % Byte.SIZE) & 1) != 0) {
        registers.add(new BankRegister(bank, i));
      }
    }
    return registers;
  }

  private static void requireAsked(PcrSelection selection, BankRegister at, Bytes value)
      throws TpmException {
    boolean asked =
        selection.banks().getOrDefault(at.bank(), new TreeSet<>()).contains(at.register());
    int length = TpmHash.of(at.bank()).map(TpmHash::length).orElse(0);
    if (!asked || value.length() != length) {
      throw ResponseReader.malformed("a register nobody asked for, or of another length");
    }
  }

  /** What is still to be read; empty when nothing is. */
  private static Optional<PcrSelection> without(
      PcrSelection selection, SortedMap<Integer, SortedMap<Integer, Bytes>> values) {
    TreeMap<Integer, java.util.SortedSet<Integer>> rest = new TreeMap<>();
    selection
        .banks()
        .forEach((bank, registers) -> {
          TreeSet<Integer> missing = new TreeSet<>(registers);
          missing.removeAll(values.getOrDefault(bank, new TreeMap<>()).keySet());
          if (!missing.isEmpty()) {
            rest.put(bank, missing);
          }
        });
    return rest.isEmpty() ? Optional.empty() : Optional.of(new PcrSelection(rest));
  }

  /**
   * Extends one register in the given banks.
   *
   * @param session where the bus is not trusted: it then cannot change or swallow the command
   */
  public void extend(int register, Map<TpmHash, Bytes> digests, Optional<SecureSession> session)
      throws TpmException {
    TPMT_HA[] values =
        digests.entrySet().stream()
            .map(digest ->
                new TPMT_HA(algorithm(digest.getKey().algorithm()), digest.getValue().toArray()))
            .toArray(TPMT_HA[]::new);
    Authorization authorization = session.<Authorization>map(s -> s).orElse(Authorization.EMPTY);
    dispatcher
        .run(tpm -> tpm.PCR_Extend(TPM_HANDLE.pcr(register), values), authorization)
        .parameters()
        .end();
  }

  static TPMS_PCR_SELECTION[] marshalled(PcrSelection selection) {
    return selection.banks().entrySet().stream()
        .map(bank ->
            new TPMS_PCR_SELECTION(
                algorithm(bank.getKey()),
                bank.getValue().stream().mapToInt(Integer::intValue).toArray()))
        .toArray(TPMS_PCR_SELECTION[]::new);
  }

  private static TPM_ALG_ID algorithm(int number) {
    return TPM_ALG_ID.fromInt(number);
  }
}
