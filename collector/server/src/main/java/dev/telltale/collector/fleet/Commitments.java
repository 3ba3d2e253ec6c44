package dev.telltale.collector.fleet;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.EnrolmentFacts;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Preimages;
import dev.telltale.protocol.message.Result;
import dev.telltale.protocol.tlog.Leaf;
import java.util.Optional;

/** Whether what is kept with an entry is what its leaf commits to ({@code spec/leaf.md}). */
public final class Commitments {
  private final Providers providers;

  public Commitments(Providers providers) {
    this.providers = providers;
  }

  /** What is wrong, in a few words; empty if nothing is. */
  public Optional<String> fault(Bytes leaf, Bytes attachment) {
    try {
      return leafOf(Attachment.decode(attachment)).encode().equals(leaf)
          ? Optional.empty()
          : Optional.of("the attachment does not open the commitment in the leaf");
    } catch (MalformedException e) {
      return Optional.of("the attachment cannot be read: " + e.check().text());
    }
  }

  private Leaf leafOf(Attachment attachment) throws MalformedException {
    return switch (attachment) {
      case Attachment.OfEnvelope(Bytes salt, Bytes verdict, Bytes message) -> {
        Envelope envelope = Envelope.decode(message);
        Manifest manifest = Manifest.decode(envelope.manifest());
        Suite suite = Suite.numbered(manifest.suite(), providers);
        yield Leaf.envelope(
            salt, suite.hash(envelope.manifest()), suite.hash(envelope.attest()), verdict);
      }
      case Attachment.OfEnrolment enrolment -> leafOf(enrolment);
      case Attachment.OfStatement(Bytes salt, Bytes signed) ->
          Leaf.statement(salt, Sha256.of(CoseSign1.decode(signed).payload()));
    };
  }

  private Leaf leafOf(Attachment.OfEnrolment entry) throws MalformedException {
    Result result = Result.decode(CoseSign1.decode(entry.result()).payload());
    return enrolment(entry.salt(), facts(entry), result, providers);
  }

  /** What the log commits of an enrolment. */
  public static EnrolmentFacts facts(Attachment.OfEnrolment entry) throws MalformedException {
    Hello hello = Hello.decode(CoseSign1.decode(entry.hello()).payload());
    Result result = Result.decode(CoseSign1.decode(entry.result()).payload());
    return new EnrolmentFacts(
        result.device(),
        hello.ak(),
        result.suite(),
        entry.grade(),
        result.nextReading(),
        result.closing());
  }

  private static Leaf enrolment(
      Bytes salt, EnrolmentFacts facts, Result result, Providers providers)
      throws MalformedException {
    Suite suite = Suite.numbered(result.suite(), providers);
    Bytes messages = Preimages.enrolmentMessages(result.hello(), result.activate(), result.proof());
    return Leaf.enrolment(salt, suite.hash(facts.encode()), suite.hash(messages));
  }
}
