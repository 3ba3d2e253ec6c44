package dev.telltale.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AnswerTest {
  private static final P256Key MESSAGE_KEY = Samples.key(2);
  private static final P256Key OTHER = Samples.key(1);

  @Test
  void aReceiptIsCommitted() throws MalformedException {
    Answer answer = open(Samples.receipt().encode());

    assertEquals(Samples.receipt(), assertInstanceOf(Answer.Committed.class, answer).receipt());
  }

  @Test
  void signedAnswersComeWithTheirMessage() throws MalformedException {
    Bytes refusal = sign(MESSAGE_KEY, Refusal.KIND, Samples.refusal().encode());
    Bytes challenge = sign(MESSAGE_KEY, Challenge.KIND, Samples.challenge().encode());
    Bytes activate = sign(MESSAGE_KEY, Activate.KIND, Samples.activate().encode());

    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, open(refusal));
    Answer.Challenged challenged = assertInstanceOf(Answer.Challenged.class, open(challenge));
    Answer.Activating activating = assertInstanceOf(Answer.Activating.class, open(activate));

    assertEquals(Samples.refusal(), refused.refusal());
    assertEquals(refusal, refused.signed().encoded());
    assertEquals(Samples.challenge(), challenged.challenge());
    assertEquals(Samples.activate().encode(), activating.signed().payload());
  }

  @Test
  void theEndOfAnEnrolmentIsOneAnswer() throws MalformedException {
    Answer.Completed completed =
        assertInstanceOf(Answer.Completed.class, open(enrolled(MESSAGE_KEY).encode()));

    assertEquals(Samples.result(Optional.empty()), completed.result());
    assertEquals(Samples.receipt(), completed.receipt());
    assertEquals(Samples.challenge(), completed.challenge());
  }

  @Test
  void aChallengeOfAnotherKeyInsideIsRefused() {
    assertEquals(Check.COSE_KID, refusal(enrolled(OTHER).encode()));
  }

  @Test
  void anotherKeyOrAChangedSignatureIsRefused() {
    Bytes other = sign(OTHER, Refusal.KIND, Samples.refusal().encode());
    byte[] changed = sign(MESSAGE_KEY, Refusal.KIND, Samples.refusal().encode()).toArray();
    changed[changed.length - 1] ^= 1;

    assertEquals(Check.COSE_KID, refusal(other));
    assertEquals(Check.COSE_SIGNATURE, refusal(Bytes.of(changed)));
  }

  @Test
  void whatIsNoAnswerIsRefused() {
    Bytes hello = sign(MESSAGE_KEY, Hello.KIND, Samples.hello().encode());

    assertEquals(Check.COSE_TYP, refusal(hello));
    assertEquals(Check.FORM_KIND, refusal(Samples.proof().encode()));
    assertEquals(Check.FORM_TRUNCATED, refusal(Bytes.EMPTY));
  }

  @Test
  void joinMessagesAreToldApart() throws MalformedException {
    Bytes hello = sign(OTHER, Hello.KIND, Samples.hello().encode());
    Bytes proof = Samples.proof().encode();

    Join.Opening opening = assertInstanceOf(Join.Opening.class, Join.decode(hello));
    Join.Proving proving = assertInstanceOf(Join.Proving.class, Join.decode(proof));

    assertEquals(Samples.hello(), opening.hello());
    assertEquals(Samples.proof(), proving.proof());
    assertEquals(proof, proving.message());
  }

  @Test
  void aStatementIsOpenedByItsKind() throws MalformedException {
    Bytes policy = sign(OTHER, Policy.KIND, Samples.policy().encode());
    Bytes unknown = sign(OTHER, "notice", Samples.policy().encode());

    assertEquals(Samples.policy(), Statement.open(Providers.jdk(), policy, OTHER.publicKey()));
    assertEquals(Check.STATEMENT_KIND, statementRefusal(unknown, OTHER));
    assertEquals(Check.STATEMENT_SIGNATURE, statementRefusal(policy, MESSAGE_KEY));
  }

  private static Enrolled enrolled(P256Key challenger) {
    return new Enrolled(
        sign(MESSAGE_KEY, Result.KIND, Samples.result(Optional.empty()).encode()),
        Samples.receipt().encode(),
        sign(challenger, Challenge.KIND, Samples.challenge().encode()));
  }

  private static Bytes sign(P256Key key, String kind, Bytes payload) {
    return CoseSign1.sign(key, kind, payload).encoded();
  }

  private static Answer open(Bytes message) throws MalformedException {
    return Answer.open(Providers.jdk(), message, MESSAGE_KEY.publicKey());
  }

  private static Check refusal(Bytes message) {
    return assertThrows(MalformedException.class, () -> open(message)).check();
  }

  private static Check statementRefusal(Bytes signed, P256Key operator) {
    return assertThrows(
            MalformedException.class,
            () -> Statement.open(Providers.jdk(), signed, operator.publicKey()))
        .check();
  }
}
