package dev.telltale.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborWriter;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bounds too large for a file of vectors. */
final class EnvelopeLimitsTest {
  @Test
  void anEnvelopeAtItsLimitsIsRead() throws MalformedException {
    Envelope envelope = with(Collections.nCopies(512, Samples.fill(1, 100)), 256 * 1024);

    assertEquals(envelope, Envelope.decode(envelope.encode()));
  }

  @Test
  void oneCiphertextMoreIsRefused() {
    assertEquals(Check.FORM_SIZE, refusal(tail(513, 16, 1)));
  }

  @Test
  void aCiphertextOfMoreThanAReadingIsRefused() {
    assertEquals(Check.FORM_SIZE, refusal(tail(1, Limits.CIPHERTEXT + 1, 1)));
  }

  @Test
  void aLongerLogIsRefused() {
    assertEquals(Check.FORM_SIZE, refusal(tail(1, 16, 256 * 1024 + 1)));
  }

  @Test
  void aMessageOfMoreThanAMebibyteIsRefusedBeforeItIsRead() {
    assertEquals(Check.FORM_SIZE, refusal(Bytes.of(new byte[Limits.MESSAGE + 1])));
  }

  private static Envelope with(List<Bytes> ciphertexts, int log) {
    Envelope envelope = Samples.envelope();
    return new Envelope(
        envelope.manifest(),
        envelope.attest(),
        envelope.signature(),
        envelope.values(),
        envelope.ekey(),
        ciphertexts,
        Optional.of(Samples.fill(1, log)));
  }

  /** A message the constructor would not build. */
  private static Bytes tail(int ciphertexts, int each, int log) {
    Envelope envelope = Samples.envelope();
    CborWriter out = new CborWriter().array(8).uint(1);
    out.bytes(envelope.manifest()).bytes(envelope.attest()).bytes(envelope.signature());
    out.encoded(envelope.values().encode()).encoded(envelope.ekey().encode());
    Fields.list(out, Collections.nCopies(ciphertexts, Samples.fill(1, each)));
    return out.bytes(Samples.fill(1, log)).toBytes();
  }

  private static Check refusal(Bytes message) {
    return assertThrows(MalformedException.class, () -> Envelope.decode(message)).check();
  }
}
