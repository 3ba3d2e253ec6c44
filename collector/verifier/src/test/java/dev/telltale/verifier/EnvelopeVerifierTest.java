package dev.telltale.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Samples;
import dev.telltale.verifier.EnvelopeAppraisal.Contraindicated;
import dev.telltale.verifier.EnvelopeAppraisal.Genuine;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class EnvelopeVerifierTest {
  private static final EnvelopeVerifier VERIFIER =
      new EnvelopeVerifier(Providers.jdk(), SampleEnvelope.SUITE);

  private static EnvelopeAppraisal appraise(EnvelopeVerifier verifier, Envelope envelope) {
    try {
      return verifier.appraise(
          envelope, Manifest.decode(envelope.manifest()), SampleEnvelope.context());
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Envelope envelope(Consumer<SampleEnvelope> lie) {
    SampleEnvelope sample = new SampleEnvelope();
    lie.accept(sample);
    return sample.build();
  }

  private static void refused(Check check, Envelope envelope) {
    EnvelopeAppraisal appraisal = appraise(VERIFIER, envelope);
    assertEquals(check, assertInstanceOf(Contraindicated.class, appraisal).why().check());
  }

  /** One lie for each check, quoted by the AK: everything else is right. */
  private static Map<Check, Consumer<SampleEnvelope>> lies() {
    Map<Check, Consumer<SampleEnvelope>> lies = new EnumMap<>(Check.class);
    lies.put(Check.DEVICE_UNKNOWN, sample -> sample.device = new DeviceId(Samples.fill(0x99, 16)));
    lies.put(Check.FORM_SUITE, sample -> sample.suite = 2);
    lies.put(Check.RECIPIENTS_UNKNOWN, sample -> sample.recipientSet = Samples.digest(0x99));
    lies.put(Check.ENVELOPE_EKEY_HASH, sample -> sample.ekeyHash = _ -> Samples.digest(0x99));
    lies.put(Check.ENVELOPE_KIDS, sample -> sample.recipient = Samples.key(6));
    lies.put(Check.ENVELOPE_COUNT, sample -> sample.uncounted = 1);
    lies.put(
        Check.ENVELOPE_CIPHERTEXTS,
        sample -> sample.roots = right -> new Manifest.Roots(Samples.digest(0x99), right.keys()));
    lies.put(
        Check.ENVELOPE_EKEY_FORM,
        sample -> sample.blob = right -> right.slice(0, right.length() - 1));
    lies.put(Check.ENVELOPE_LOG, sample -> sample.log = Optional.of(Bytes.hex("41" + "00")));
    return lies;
  }

  @Test
  void rightEnvelopeIsGenuine() {
    Envelope envelope = envelope(_ -> {});
    Genuine genuine = assertInstanceOf(Genuine.class, appraise(VERIFIER, envelope));
    assertEquals(envelope, genuine.envelope());
  }

  @Test
  void heartbeatWithoutReadingsIsGenuine() {
    assertInstanceOf(
        Genuine.class, appraise(VERIFIER, envelope(sample -> sample.packs = List.of())));
  }

  @Test
  void everyCheckHasALieThatItAloneStops() {
    Map<Check, Consumer<SampleEnvelope>> lies = lies();
    assertEquals(EnvelopeVerifier.checks().stream().sorted().toList(), List.copyOf(lies.keySet()));
    lies.forEach((check, lie) -> {
      Envelope envelope = envelope(lie);
      refused(check, envelope);
      EnvelopeVerifier muted =
          new EnvelopeVerifier(
              SampleEnvelope.SUITE, new QuoteVerifier(Providers.jdk()), active -> active != check);
      assertInstanceOf(Genuine.class, appraise(muted, envelope), check.text());
    });
  }

  @Test
  void logThatTheManifestClaimsAndNobodySendsIsRefused() {
    refused(
        Check.ENVELOPE_LOG,
        envelope(sample -> sample.logExtent = new Manifest.LogExtent(1, Samples.digest(1))));
  }

  @Test
  void readingsLeftOutOrInAnotherOrderAreRefused() {
    Envelope right = envelope(_ -> {});
    refused(Check.ENVELOPE_COUNT, with(right, right.ciphertexts().subList(0, 1)));
    refused(Check.ENVELOPE_CIPHERTEXTS, with(right, right.ciphertexts().reversed()));
  }

  private static Envelope with(Envelope was, List<Bytes> ciphertexts) {
    return new Envelope(
        was.manifest(),
        was.attest(),
        was.signature(),
        was.values(),
        was.ekey(),
        ciphertexts,
        was.log());
  }

  @Test
  void manifestThatWasNotQuotedIsRefused() {
    Envelope right = envelope(_ -> {});
    Envelope other = envelope(sample -> sample.packs = List.of());
    refused(
        Check.QUOTE_QUALIFYING,
        new Envelope(
            other.manifest(),
            right.attest(),
            right.signature(),
            right.values(),
            other.ekey(),
            other.ciphertexts(),
            other.log()));
  }
}
