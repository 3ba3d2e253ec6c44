package dev.telltale.collector.enrolment;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.message.Invite;
import dev.telltale.verifier.enrolment.AkChecks;
import dev.telltale.verifier.enrolment.ProofVerifier;
import java.time.Instant;
import java.util.Optional;

/**
 * An enrolment between activate and result.
 *
 * @param activate COSE_Sign1, to be sent again
 * @param secret what the TPM has to recover
 * @param answer the end, once there is one, to be sent again
 */
record Session(
    Invite invite,
    Hello hello,
    CoseSign1 signedHello,
    CoseSign1 activate,
    ProofVerifier.Conversation conversation,
    Candidate candidate,
    Bytes secret,
    Instant until,
    Optional<Bytes> answer) {

  /** What has been checked of the machine. */
  record Candidate(Grade grade, Bytes ek, AkChecks.Accepted ak, PublicPoint tlsKey) {}

  Session answered(Bytes end) {
    return new Session(
        invite,
        hello,
        signedHello,
        activate,
        conversation,
        candidate,
        secret,
        until,
        Optional.of(end));
  }

  @Override
  public String toString() {
    return "enrolment of " + hello.name();
  }
}
