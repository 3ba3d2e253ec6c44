package dev.telltale.auditor;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.BundledEnrolment;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Activate;
import dev.telltale.protocol.message.EnrolmentFacts;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.message.Proof;
import dev.telltale.protocol.message.Result;

/**
 * The four messages of an enrolment with their hashes, read but not believed. Nobody's signature
 * makes them count: the first three are what the log committed to, and the fourth is what the first
 * manifest goes on from.
 */
record EnrolmentMessages(
    Hello hello,
    Digest helloHash,
    Activate activate,
    Digest activateHash,
    Proof proof,
    Digest proofHash,
    Result result,
    Digest resultHash) {

  static EnrolmentMessages read(BundledEnrolment bundled, Suite suite) throws MalformedException {
    Bytes hello = payload(bundled.hello(), Hello.KIND);
    Bytes activate = payload(bundled.activate(), Activate.KIND);
    Bytes result = payload(bundled.result(), Result.KIND);
    return new EnrolmentMessages(
        Hello.decode(hello),
        suite.hash(hello),
        Activate.decode(activate),
        suite.hash(activate),
        Proof.decode(bundled.proof()),
        suite.hash(bundled.proof()),
        Result.decode(result),
        suite.hash(result));
  }

  private static Bytes payload(Bytes signed, String kind) throws MalformedException {
    CoseSign1 message = CoseSign1.decode(signed);
    if (!message.kind().equals(kind)) {
      throw new MalformedException(
          Check.COSE_TYP, 0, "a " + message.kind() + " where the " + kind + " belongs");
    }
    return message.payload();
  }

  /** Each message binds those before it, so they are of one conversation. */
  void requireBound() throws FailedCheck {
    bound(activate.hello().equals(helloHash), "the activate is not for this hello");
    bound(result.hello().equals(helloHash), "the result is not for this hello");
    bound(result.activate().equals(activateHash), "the result is not for this activate");
    bound(result.proof().equals(proofHash), "the result is not for this proof");
    bound(
        activate.correlation().equals(hello.correlation())
            && proof.correlation().equals(hello.correlation())
            && result.correlation().equals(hello.correlation()),
        "the messages are of several conversations");
    bound(
        proof.answers().size() == activate.challengers().size(),
        "the proof does not answer every challenger");
  }

  /** What the log committed to is what was said. */
  void requireAgreeWith(EnrolmentFacts facts) throws FailedCheck {
    bound(facts.ak().equals(hello.ak()), "the AK of the log is not that of the hello");
    bound(
        facts.device().equals(result.device()), "the device of the log is not that of the result");
    bound(
        hello.suites().contains(facts.suite())
            && activate.suite() == facts.suite()
            && proof.suite() == facts.suite()
            && result.suite() == facts.suite(),
        "the suite of the log is not that of the messages");
    bound(
        facts.nextReading() == result.nextReading(),
        "the next reading of the log is not that of the result");
    bound(
        facts.closing().equals(result.closing()),
        "the closing of the log is not that of the result");
  }

  private static void bound(boolean holds, String why) throws FailedCheck {
    FailedCheck.unless(holds, Check.ENROL_BINDING, why);
  }
}
