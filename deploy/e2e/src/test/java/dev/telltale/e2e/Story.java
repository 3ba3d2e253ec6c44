package dev.telltale.e2e;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.Bundle;
import dev.telltale.protocol.message.EnrolmentFacts;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Verdict;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.SignedNote;
import dev.telltale.protocol.tpm.TpmsAttest;
import dev.telltale.protocol.tpm.TpmtPublic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** The seven steps of the protocol, told with the values of one envelope. */
final class Story {
  private static final int SHOWN = 16;

  private Story() {}

  static List<String> of(String device, Bundle bundle) throws MalformedException {
    EnrolmentFacts facts = EnrolmentFacts.decode(bundle.enrolment().facts());
    Manifest manifest = Manifest.decode(bundle.envelope().manifest());
    TpmsAttest attest = TpmsAttest.parse(bundle.envelope().attest());
    Verdict verdict = Verdict.decode(bundle.envelope().verdict());
    Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(bundle.note()).text());
    List<String> lines = new ArrayList<>();
    step(
        lines,
        1,
        "identity",
        "%s signs with AK %s, which credential activation has bound to its TPM (grade %s)"
            .formatted(
                device,
                start(TpmtPublic.parse(facts.ak()).name()),
                facts.grade().name().toLowerCase(Locale.ROOT)));
    step(
        lines,
        2,
        "state",
        "its PCRs hold " + registers(bundle.envelope().values().banks().firstEntry().getValue()));
    step(
        lines,
        3,
        "nonce",
        "the collector's challenge is %s".formatted(start(manifest.challenge().nonce().value())));
    step(
        lines,
        4,
        "sealing",
        "%d readings: root of Edata %s, of their keys %s, H(EKey) %s"
            .formatted(
                manifest.count(),
                start(manifest.roots().ciphertexts().value()),
                start(manifest.roots().keys().value()),
                start(manifest.ekey().value())));
    step(
        lines,
        5,
        "quote",
        "the TPM signs state, nonce and readings at once: its extraData is H(manifest) = "
            + start(attest.extraData()));
    step(
        lines,
        6,
        "verdict",
        ("the collector found AK, signature, PCRs, nonce, order, log and every reading right: %s,"
                + " by policy leaf %d and reference leaf %d")
            .formatted(
                verdict.tier().name().toLowerCase(Locale.ROOT),
                verdict.policy(),
                verdict.referenceSet()));
    step(
        lines,
        7,
        "receipt",
        "leaf %d of the log, now of %d entries; on it the device forgets the readings"
            .formatted(bundle.envelope().place().index(), checkpoint.size()));
    return lines;
  }

  private static void step(List<String> lines, int number, String what, String text) {
    lines.add("  %d  %-9s %s".formatted(number, what, text));
  }

  private static String start(Bytes value) {
    String hex = value.toHex();
    return hex.length() <= SHOWN ? hex : hex.substring(0, SHOWN) + "…";
  }

  private static String registers(SortedMap<Integer, Bytes> values) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<Integer, Bytes> value : values.entrySet()) {
      text.append(text.isEmpty() ? "" : " ")
          .append(value.getKey())
          .append('=')
          .append(value.getValue().toHex(), 0, 8);
    }
    return text.toString();
  }
}
