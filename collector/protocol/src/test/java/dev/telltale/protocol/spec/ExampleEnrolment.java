package dev.telltale.protocol.spec;

import static dev.telltale.protocol.message.Samples.DEVICE;
import static dev.telltale.protocol.message.Samples.NOON;
import static dev.telltale.protocol.message.Samples.fill;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.HmacSha256;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Activate;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.message.Preimages;
import dev.telltale.protocol.message.Proof;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.PcrValues;
import java.util.List;

/** The messages of the example's device and collector until the result. */
final class ExampleEnrolment {
  private ExampleEnrolment() {}

  static Digest nonce(long issued) {
    return new Digest(
        HmacSha256.of(WorkedExample.CHALLENGE_KEY, Preimages.challenge(DEVICE, issued)));
  }

  static Bytes hello() {
    return new Hello(
            List.of(1),
            WorkedExample.CORRELATION,
            Samples.TICKET,
            new Hello.Endorsement(fill(0xe1, 122), WorkedExample.CERTIFICATE, List.of()),
            ExampleTpm.akPublicArea(),
            WorkedExample.TLS.publicKey().spki(),
            "meter-17",
            4)
        .encode();
  }

  static Bytes proof(Suite suite, Digest hello, Digest activated, PcrValues values)
      throws MalformedException {
    Bytes quoted =
        Preimages.enrolmentQuote(hello, activated, List.of(nonce(NOON)), WorkedExample.BOOT);
    Bytes attest = ExampleTpm.quote(suite.hash(quoted), values);
    Bytes answer =
        HmacSha256.of(WorkedExample.ACTIVATION_SECRET, Preimages.activation(hello, activated));
    return new Proof(
            1,
            WorkedExample.CORRELATION,
            List.of(new Digest(answer)),
            attest,
            ExampleTpm.sign(attest),
            values,
            WorkedExample.BOOT,
            Bytes.EMPTY)
        .encode();
  }

  static Activate activate(Digest hello, PcrSelection selection) {
    return new Activate(
        1,
        WorkedExample.CORRELATION,
        hello,
        List.of(
            new Activate.Challenger(
                WorkedExample.MESSAGE.publicKey().kid(),
                fill(0x71, 68),
                fill(0x72, 68),
                nonce(NOON))),
        selection);
  }
}
