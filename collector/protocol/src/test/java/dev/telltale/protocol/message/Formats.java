package dev.telltale.protocol.message;

import dev.telltale.protocol.bundle.Bundle;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every format with a sample of it. */
public final class Formats {
  private Formats() {}

  public static Stream<Format> all() {
    return Stream.of(messages(), enrolment(), statements(), bundles()).flatMap(List::stream);
  }

  private static List<Format> messages() {
    return List.of(
        new Format(
            "manifest",
            Samples.manifest(Optional.empty()).encode(),
            bytes -> Manifest.decode(bytes).encode()),
        new Format(
            "manifest-jump",
            Samples.manifest(Optional.of(Reason.NOT_STORED)).encode(),
            bytes -> Manifest.decode(bytes).encode()),
        new Format("verdict", Samples.verdict().encode(), bytes -> Verdict.decode(bytes).encode()),
        new Format("receipt", Samples.receipt().encode(), bytes -> Receipt.decode(bytes).encode()),
        new Format("refusal", Samples.refusal().encode(), bytes -> Refusal.decode(bytes).encode()),
        new Format(
            "refusal-rewind",
            Samples.rewind(
                    new Refusal.Committed(
                        Samples.manifest(Optional.empty()).encode(),
                        Samples.fill(0xa7, 145),
                        Samples.fill(0x51, 64)))
                .encode(),
            bytes -> Refusal.decode(bytes).encode()),
        new Format(
            "refusal-rewind-enrolment",
            Samples.rewind(new Refusal.Enrolment(Samples.fill(0xe0, 40))).encode(),
            bytes -> Refusal.decode(bytes).encode()),
        new Format(
            "challenge", Samples.challenge().encode(), bytes -> Challenge.decode(bytes).encode()),
        new Format("ekey", Samples.ekey().encode(), bytes -> EKey.decode(bytes).encode()),
        new Format(
            "state", Samples.status().encode(), bytes -> DeviceStatus.decode(bytes).encode()),
        new Format(
            "enrolled", Samples.enrolled().encode(), bytes -> Enrolled.decode(bytes).encode()),
        new Format(
            "envelope", Samples.envelope().encode(), bytes -> Envelope.decode(bytes).encode()),
        new Format(
            "envelope-log",
            Samples.envelopeWithLog().encode(),
            bytes -> Envelope.decode(bytes).encode()));
  }

  private static List<Format> enrolment() {
    return List.of(
        new Format("ticket", Samples.ticket().encode(), bytes -> Ticket.decode(bytes).encode()),
        new Format(
            "ticket-file",
            Samples.ticketFile().encode(),
            bytes -> TicketFile.decode(bytes).encode()),
        new Format("hello", Samples.hello().encode(), bytes -> Hello.decode(bytes).encode()),
        new Format(
            "activate", Samples.activate().encode(), bytes -> Activate.decode(bytes).encode()),
        new Format("proof", Samples.proof().encode(), bytes -> Proof.decode(bytes).encode()),
        new Format(
            "result",
            Samples.result(Optional.empty()).encode(),
            bytes -> Result.decode(bytes).encode()),
        new Format(
            "result-closing",
            Samples.result(Optional.of(new Result.Closing(9, Samples.digest(0x99)))).encode(),
            bytes -> Result.decode(bytes).encode()),
        new Format(
            "enrolment-facts",
            Samples.facts(Optional.empty()).encode(),
            bytes -> EnrolmentFacts.decode(bytes).encode()),
        new Format(
            "enrolment-facts-closing",
            Samples.facts(Optional.of(new Result.Closing(9, Samples.digest(0x99)))).encode(),
            bytes -> EnrolmentFacts.decode(bytes).encode()));
  }

  private static List<Format> statements() {
    return List.of(
        new Format(
            "recipients",
            Samples.recipientSet().encode(),
            bytes -> RecipientSet.decode(bytes).encode()),
        new Format("invite", Samples.invite().encode(), bytes -> Invite.decode(bytes).encode()),
        new Format("genesis", Samples.genesis().encode(), bytes -> Genesis.decode(bytes).encode()),
        new Format("policy", Samples.policy().encode(), bytes -> Policy.decode(bytes).encode()),
        new Format(
            "reference",
            Samples.reference().encode(),
            bytes -> ReferenceStatement.decode(bytes).encode()));
  }

  private static List<Format> bundles() {
    return List.of(
        new Format("bundle", Samples.bundle().encode(), bytes -> Bundle.decode(bytes).encode()));
  }
}
