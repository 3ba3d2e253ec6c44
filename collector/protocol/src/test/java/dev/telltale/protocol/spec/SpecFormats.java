package dev.telltale.protocol.spec;

import static java.util.Map.entry;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.Bundle;
import dev.telltale.protocol.bundle.TrustFile;
import dev.telltale.protocol.cbor.AnyItem;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.message.Activate;
import dev.telltale.protocol.message.Challenge;
import dev.telltale.protocol.message.DeviceStatus;
import dev.telltale.protocol.message.EKey;
import dev.telltale.protocol.message.Enrolled;
import dev.telltale.protocol.message.EnrolmentFacts;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Format.Codec;
import dev.telltale.protocol.message.Genesis;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.message.Invite;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Policy;
import dev.telltale.protocol.message.Proof;
import dev.telltale.protocol.message.Receipt;
import dev.telltale.protocol.message.RecipientSet;
import dev.telltale.protocol.message.ReferenceStatement;
import dev.telltale.protocol.message.Refusal;
import dev.telltale.protocol.message.Result;
import dev.telltale.protocol.message.Ticket;
import dev.telltale.protocol.message.TicketFile;
import dev.telltale.protocol.message.Verdict;
import dev.telltale.protocol.reading.Reading;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tlog.SignedNote;
import dev.telltale.protocol.tpm.TpmsAttest;
import java.util.Map;
import java.util.Optional;

/** The decoder behind each example and each folder of vectors; a suffix names a variant. */
final class SpecFormats {
  private static final Map<String, Codec> CODECS =
      Map.ofEntries(
          entry("activate", bytes -> Activate.decode(bytes).encode()),
          entry("attest", SpecFormats::attest),
          entry("bundle", bytes -> Bundle.decode(bytes).encode()),
          entry("cbor", AnyItem::roundTrip),
          entry("challenge", bytes -> Challenge.decode(bytes).encode()),
          entry("checkpoint", SpecFormats::checkpoint),
          entry("ekey", bytes -> EKey.decode(bytes).encode()),
          entry("enrolled", bytes -> Enrolled.decode(bytes).encode()),
          entry("enrolment-facts", bytes -> EnrolmentFacts.decode(bytes).encode()),
          entry("envelope", bytes -> Envelope.decode(bytes).encode()),
          entry("genesis", bytes -> Genesis.decode(bytes).encode()),
          entry("hello", bytes -> Hello.decode(bytes).encode()),
          entry("invite", bytes -> Invite.decode(bytes).encode()),
          entry("leaf", bytes -> Leaf.decode(bytes).encode()),
          entry("manifest", bytes -> Manifest.decode(bytes).encode()),
          entry("policy", bytes -> Policy.decode(bytes).encode()),
          entry("proof", bytes -> Proof.decode(bytes).encode()),
          entry("reading", bytes -> Reading.decode(bytes).encode()),
          entry("receipt", bytes -> Receipt.decode(bytes).encode()),
          entry("recipients", bytes -> RecipientSet.decode(bytes).encode()),
          entry("reference", bytes -> ReferenceStatement.decode(bytes).encode()),
          entry("refusal", bytes -> Refusal.decode(bytes).encode()),
          entry("result", bytes -> Result.decode(bytes).encode()),
          entry("signed", bytes -> CoseSign1.decode(bytes).encoded()),
          entry("state", bytes -> DeviceStatus.decode(bytes).encode()),
          entry("ticket", bytes -> Ticket.decode(bytes).encode()),
          entry("ticket-file", bytes -> TicketFile.decode(bytes).encode()),
          entry("trust-file", bytes -> TrustFile.decode(bytes).encode()),
          entry("verdict", bytes -> Verdict.decode(bytes).encode()));

  private SpecFormats() {}

  /** Empty for an example that has no decoder of its own. */
  static Optional<Codec> of(String name) {
    if (name.endsWith("-signed")) {
      return of("signed");
    }
    if (name.equals("reading-key")) {
      return Optional.empty();
    }
    Optional<Codec> exact = Optional.ofNullable(CODECS.get(name));
    return exact.isPresent() || !name.contains("-")
        ? exact
        : of(name.substring(0, name.lastIndexOf('-')));
  }

  private static Bytes attest(Bytes attest) throws MalformedException {
    TpmsAttest.parse(attest).asQuote();
    return attest;
  }

  private static Bytes checkpoint(Bytes note) throws MalformedException {
    SignedNote parsed = SignedNote.parse(note);
    return new SignedNote(Checkpoint.parse(parsed.text()).text(), parsed.signatures()).encode();
  }
}
