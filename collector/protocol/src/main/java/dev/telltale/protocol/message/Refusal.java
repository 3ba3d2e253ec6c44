package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Code;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.cbor.MapReader;
import java.time.Duration;
import java.util.Optional;

/**
 * Payload of COSE_Sign1 {@code refusal}: what was found in a message, and what its sender does
 * next.
 *
 * @param device the device, or the ticket during enrolment
 * @param sequence of the envelope refused; 0 where the message shows none
 * @param message SHA-256 of the whole message as it was received
 * @param check name of the check that failed; a later version may have names unknown here
 * @param retryAfter whole seconds, an hour at most
 * @param position present exactly with {@link Code#REWIND}
 */
public record Refusal(
    int suite,
    DeviceId device,
    long sequence,
    Digest message,
    Code code,
    String check,
    String text,
    Duration retryAfter,
    Optional<Position> position) {
  public static final String KIND = "refusal";

  /** Where the collector says the device stands, in the device's own signed words. */
  public sealed interface Position {}

  /** The last committed manifest, with the quote over it. */
  public record Committed(Bytes manifest, Bytes attest, Bytes signature) implements Position {
    public Committed {
      Fields.requireBytes(manifest, 1, Limits.MANIFEST, "manifest");
      Fields.requireBytes(attest, 1, Limits.ATTEST, "attest");
      Fields.requireBytes(signature, Limits.SIGNATURE, Limits.SIGNATURE, "signature");
    }
  }

  /** Payload of the enrolment result, where nothing has been committed since. */
  public record Enrolment(Bytes result) implements Position {
    public Enrolment {
      Fields.requireBytes(result, 1, Limits.ENROLMENT, "enrolment result");
    }
  }

  public Refusal {
    Fields.requireSuite(suite);
    Fields.requireNumber(sequence, "envelope sequence");
    Fields.requireText(check, 1, Limits.CHECK_NAME, "check");
    Fields.requireText(text, 0, Limits.TEXT, "text");
    Fields.require(
        retryAfter.equals(Duration.ofSeconds(retryAfter.toSeconds()))
            && !retryAfter.isNegative()
            && retryAfter.toSeconds() <= Limits.RETRY_AFTER_SECONDS,
        "retry-after " + retryAfter);
    Fields.require(
        position.isPresent() == (code == Code.REWIND), "a position goes with rewind, only");
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().map(position.isPresent() ? 10 : 9);
    out.uint(1).uint(Fields.VERSION).uint(2).uint(suite).uint(3).bytes(device.value());
    out.uint(4).uint(sequence).uint(5).bytes(message.value()).uint(6).uint(code.number());
    out.uint(7).text(check).uint(8).text(text).uint(9).uint(retryAfter.toSeconds());
    position.ifPresent(where -> {
      switch (where) {
        case Committed(Bytes manifest, Bytes attest, Bytes signature) ->
            out.uint(10).array(3).bytes(manifest).bytes(attest).bytes(signature);
        case Enrolment(Bytes result) -> out.uint(11).bytes(result);
      }
    });
    return out.toBytes();
  }

  public static Refusal decode(Bytes payload) throws MalformedException {
    CborReader in = Fields.open(payload, Limits.ANSWER);
    MapReader map = MapReader.open(in);
    Fields.version(map.key(1));
    int suite = Fields.suite(map.key(2));
    DeviceId device = Fields.device(map.key(3));
    long sequence = Fields.number(map.key(4));
    Digest message = Fields.digest(map.key(5));
    Code code = Fields.constant(map.key(6), Code.values(), Code::number, Check.FORM_RANGE);
    Refusal refusal =
        new Refusal(
            suite,
            device,
            sequence,
            message,
            code,
            Fields.text(map.key(7), Limits.CHECK_NAME),
            map.key(8).text(Limits.TEXT),
            Duration.ofSeconds(map.key(9).uint(0, Limits.RETRY_AFTER_SECONDS)),
            code == Code.REWIND ? Optional.of(position(map)) : Optional.empty());
    map.end();
    in.end();
    return refusal;
  }

  private static Position position(MapReader map) throws MalformedException {
    if (map.has(11)) {
      return new Enrolment(map.key(11).bytes(1, Limits.ENROLMENT));
    }
    CborReader in = map.key(10);
    in.array(3, 3);
    return new Committed(
        in.bytes(1, Limits.MANIFEST), in.bytes(1, Limits.ATTEST), in.bytes(Limits.SIGNATURE));
  }
}
