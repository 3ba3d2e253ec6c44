package dev.telltale.verifier;

import static dev.telltale.protocol.message.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.ContentSecret;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Samples;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class EnvelopeOpenerTest {
  private static final EnvelopeOpener OPENER = new EnvelopeOpener(SampleEnvelope.SUITE);

  private static Opening open(Bytes secret, Consumer<SampleEnvelope> change)
      throws MalformedException {
    SampleEnvelope sample = new SampleEnvelope();
    change.accept(sample);
    Envelope envelope = sample.build();
    try (ContentSecret opened = ContentSecret.of(secret)) {
      return OPENER.open(envelope, Manifest.decode(envelope.manifest()), opened);
    }
  }

  private static void refused(Check check, Bytes secret, Consumer<SampleEnvelope> change) {
    assertEquals(check, assertThrows(MalformedException.class, () -> open(secret, change)).check());
  }

  @Test
  void readingsOpenInTheirOrder() throws MalformedException {
    Opening opening = open(SampleEnvelope.SECRET, _ -> {});
    assertTrue(opening.complete());
    assertEquals(
        List.of(new BigDecimal("291"), new BigDecimal("-0.50")),
        opening.readings().stream()
            .map(reading -> reading.orElseThrow().value().orElseThrow())
            .toList());
  }

  @Test
  void envelopeWithoutReadingsOpensToNone() throws MalformedException {
    assertEquals(
        List.of(), open(SampleEnvelope.SECRET, sample -> sample.packs = List.of()).readings());
  }

  @Test
  void anotherSecretIsNoticedByTheTreeOfKeys() {
    refused(Check.ENVELOPE_KEYS, Samples.fill(0x54, 32), _ -> {});
  }

  @Test
  void anotherTreeOfKeysIsRefusedThoughEveryReadingOpens() {
    refused(
        Check.ENVELOPE_KEYS,
        SampleEnvelope.SECRET,
        sample ->
            sample.roots = right -> new Manifest.Roots(right.ciphertexts(), Samples.digest(0x99)));
  }

  @Test
  void ciphertextThatIsNoReadingIsShownAsSuch() throws MalformedException {
    Opening opening =
        open(
            SampleEnvelope.SECRET,
            sample -> sample.packs = List.of(Bytes.hex("00"), SampleEnvelope.pack("7", NOON)));
    assertFalse(opening.complete());
    assertEquals(Optional.empty(), opening.readings().getFirst());
    assertTrue(opening.readings().getLast().isPresent());
  }

  @Test
  void timesOutsideTheManifestsAreRefusedAndItsBoundsAreNot() throws MalformedException {
    open(SampleEnvelope.SECRET, sample -> sample.times = new Manifest.Times(NOON, NOON + 1_000));
    refused(
        Check.ENVELOPE_TIMES,
        SampleEnvelope.SECRET,
        sample -> sample.times = new Manifest.Times(NOON + 1, NOON + 1_000));
    refused(
        Check.ENVELOPE_TIMES,
        SampleEnvelope.SECRET,
        sample -> sample.times = new Manifest.Times(NOON, NOON + 999));
  }
}
