package dev.telltale.agent.enrolment;

import dev.telltale.agent.receipt.HeldCheckpoint;
import dev.telltale.agent.receipt.LogKeys;
import dev.telltale.agent.tpm.Activation;
import dev.telltale.agent.tpm.AttestationKey;
import dev.telltale.agent.tpm.EndorsementKey;
import dev.telltale.agent.tpm.QualifyingData;
import dev.telltale.agent.tpm.QuotedEvidence;
import dev.telltale.agent.tpm.Quoter;
import dev.telltale.agent.tpm.TpmContext;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Label;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.HmacSha256;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Activate;
import dev.telltale.protocol.message.Answer;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.message.OpenTicket;
import dev.telltale.protocol.message.Preimages;
import dev.telltale.protocol.message.Proof;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conversation: hello, activate, proof, result. */
final class Enrolment {
  private final Providers providers;
  private final Suite suite;
  private final OpenTicket ticket;
  private final TpmContext tpm;
  private final Exchange exchange;

  /**
   * The machine that enrols.
   *
   * @param bootSeed of this boot
   */
  record Machine(String name, EndorsementKey ek, AttestationKey ak, P256Key tls, Bytes bootSeed) {}

  /** The payload of an activate with its hash. */
  private record Activating(Activate activate, Digest hash) {}

  /** What came out of it. */
  record Outcome(ResultVerifier.Verified verified, Activate activate) {}

  Enrolment(
      Providers providers, Suite suite, OpenTicket ticket, TpmContext tpm, JoinChannel channel) {
    this.providers = providers;
    this.suite = suite;
    this.ticket = ticket;
    this.tpm = tpm;
    this.exchange = new Exchange(providers, ticket, channel, System::nanoTime);
  }

  /**
   * Talks to the collector until the machine is enrolled.
   *
   * @param correlation random, for this conversation only
   */
  Outcome run(Machine machine, Bytes correlation, LogKeys log, HeldCheckpoint start)
      throws EnrolmentException, TpmException, IOException, InterruptedException {
    Hello hello = hello(machine, correlation, start);
    CoseSign1 signed = CoseSign1.sign(ticket.bootstrapKey(), Hello.KIND, hello.encode());
    Digest helloHash = suite.hash(signed.payload());
    Activating activating =
        exchange.ask(signed.encoded(), received -> activating(received, correlation, helloHash));
    Bytes proof = proof(machine, helloHash, activating).encode();
    Sent sent =
        new Sent(
            correlation,
            helloHash,
            activating.hash(),
            suite.hash(proof),
            machine.ak(),
            machine.tls().publicKey());
    ResultVerifier verifier = new ResultVerifier(providers, suite, ticket, log);
    Exchange.Received end = exchange.ask(proof, received -> completed(received, correlation));
    Answer.Completed completed = (Answer.Completed) end.answer();
    return new Outcome(
        verifier.verify(completed, end.message(), sent, start), activating.activate());
  }

  private Hello hello(Machine machine, Bytes correlation, HeldCheckpoint start) {
    EndorsementKey ek = machine.ek();
    return new Hello(
        List.of(suite.number()),
        correlation,
        ticket.ticket().id(),
        new Hello.Endorsement(
            ek.publicArea(), ek.certificate().orElse(Bytes.EMPTY), ek.intermediates()),
        machine.ak().publicArea(),
        machine.tls().publicKey().spki(),
        machine.name(),
        start.size());
  }

  private Optional<Activating> activating(
      Exchange.Received received, Bytes correlation, Digest hello) {
    return received.answer() instanceof Answer.Activating(Activate activate, CoseSign1 signed)
            && activate.correlation().equals(correlation)
            && activate.hello().equals(hello)
            && activate.suite() == suite.number()
        ? Optional.of(new Activating(activate, suite.hash(signed.payload())))
        : Optional.empty();
  }

  private static Optional<Exchange.Received> completed(
      Exchange.Received received, Bytes correlation) {
    return received.answer() instanceof Answer.Completed completed
            && completed.result().correlation().equals(correlation)
        ? Optional.of(received)
        : Optional.empty();
  }

  private Proof proof(Machine machine, Digest hello, Activating activating)
      throws EnrolmentException, TpmException {
    Activate activate = activating.activate();
    Bytes quoted =
        Preimages.enrolmentQuote(hello, activating.hash(), activate.nonces(), machine.bootSeed());
    Bytes structure = quoted.slice(Label.ENROL.bytes().length(), quoted.length());
    QuotedEvidence evidence =
        new Quoter(tpm)
            .quote(machine.ak(), QualifyingData.of(Label.ENROL, structure), activate.selection());
    return new Proof(
        suite.number(),
        activate.correlation(),
        answers(machine, Preimages.activation(hello, activating.hash()), activate),
        evidence.attest(),
        evidence.signature(),
        evidence.values(),
        machine.bootSeed(),
        Bytes.EMPTY);
  }

  private List<Digest> answers(Machine machine, Bytes bound, Activate activate)
      throws EnrolmentException, TpmException {
    List<Digest> answers = new ArrayList<>();
    Activation activation = new Activation(tpm);
    for (Activate.Challenger challenger : activate.challengers()) {
      try {
        Bytes secret =
            activation.activate(
                machine.ak(), machine.ek(), challenger.idObject(), challenger.secret());
        answers.add(new Digest(HmacSha256.of(secret, bound)));
      } catch (MalformedException e) {
        throw EnrolmentException.of("the collector's credential", e);
      }
    }
    return answers;
  }
}
