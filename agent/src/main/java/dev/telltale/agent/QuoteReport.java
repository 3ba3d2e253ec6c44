package dev.telltale.agent;

import dev.telltale.agent.outbox.ClosedEnvelope;
import dev.telltale.platform.terminal.JsonObject;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.PcrValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** A quote as the agent makes it: over a manifest of its own, and over nothing else. */
record QuoteReport(ClosedEnvelope envelope) {
  private static final String PROVES =
      "the TPM of this device signed the hash of this manifest together with these registers";

  JsonObject json() {
    return new JsonObject()
        .with("device", envelope.manifest().device().toString())
        .with("envelope", envelope.sequence())
        .with("readings", envelope.manifest().count())
        .with("manifest", envelope.encoded().toHex())
        .with("attest", envelope.evidence().attest().toHex())
        .with("signature", envelope.evidence().signature().toHex())
        .with("registers", registers(envelope.evidence().values()))
        .with("proves", PROVES);
  }

  private static JsonObject registers(PcrValues values) {
    JsonObject banks = new JsonObject();
    for (Map.Entry<Integer, SortedMap<Integer, Bytes>> bank : values.banks().entrySet()) {
      JsonObject registers = new JsonObject();
      bank.getValue()
          .forEach((register, value) -> registers.with(register.toString(), value.toHex()));
      banks.with(bank(bank.getKey()), registers);
    }
    return banks;
  }

  private static String bank(int algorithm) {
    return "0x%04x".formatted(algorithm);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "envelope   %d, %d readings".formatted(envelope.sequence(), envelope.manifest().count()));
    envelope
        .evidence()
        .values()
        .banks()
        .forEach((bank, registers) ->
            registers.forEach((register, value) ->
                lines.add("register   %s %d %s".formatted(bank(bank), register, value.toHex()))));
    lines.add("manifest   " + envelope.encoded().toHex());
    lines.add("attest     " + envelope.evidence().attest().toHex());
    lines.add("signature  " + envelope.evidence().signature().toHex());
    lines.add("proves     " + PROVES);
    return lines;
  }
}
