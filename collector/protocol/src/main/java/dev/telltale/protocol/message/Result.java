package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.cbor.MapReader;
import java.util.List;
import java.util.Optional;

/**
 * Payload of COSE_Sign1 {@code result}, by the message key: the last message of an enrolment. Its
 * hash stands in the first manifest of the device.
 *
 * @param proof hash of the whole proof message
 * @param certificate DER, for TLS; CN = the device's id
 * @param chain DER, from the certificate's issuer upwards
 * @param nextReading number of the device's next reading
 * @param closing where the AK before this one ends, for a machine known already
 */
public record Result(
    int suite,
    Bytes correlation,
    Digest hello,
    Digest activate,
    Digest proof,
    DeviceId device,
    Bytes certificate,
    List<Bytes> chain,
    long nextReading,
    Optional<Closing> closing,
    String name) {
  public static final String KIND = "result";

  /** The last manifest the collector takes under an AK. */
  public record Closing(long sequence, Digest manifest) {
    public Closing {
      Fields.requireNumber(sequence, "envelope sequence");
    }

    void write(CborWriter out) {
      out.array(2).uint(sequence).bytes(manifest.value());
    }

    /** What stands in the array of two. */
    static Closing read(CborReader in) throws MalformedException {
      return new Closing(Fields.number(in), Fields.digest(in));
    }
  }

  public Result {
    chain = List.copyOf(chain);
    Fields.requireSuite(suite);
    Fields.requireBytes(correlation, Hello.CORRELATION, Hello.CORRELATION, "correlation");
    Fields.requireBytes(certificate, 1, Limits.CERTIFICATE, "certificate");
    Fields.require(chain.size() <= Limits.CHAIN, "chain too long");
    chain.forEach(each -> Fields.requireBytes(each, 1, Limits.CERTIFICATE, "CA certificate"));
    Fields.requireFromOne(nextReading, "next reading");
    Fields.requireText(name, 1, Limits.NAME, "name");
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().map(closing.isPresent() ? 12 : 11);
    out.uint(1).uint(Fields.VERSION).uint(2).uint(suite).uint(3).bytes(correlation);
    out.uint(4).bytes(hello.value()).uint(5).bytes(activate.value());
    out.uint(6).bytes(proof.value()).uint(7).bytes(device.value()).uint(8).bytes(certificate);
    out.uint(9);
    Fields.list(out, chain);
    out.uint(10).uint(nextReading);
    closing.ifPresent(end -> end.write(out.uint(11)));
    return out.uint(12).text(name).toBytes();
  }

  public static Result decode(Bytes payload) throws MalformedException {
    CborReader in = Fields.open(payload, Limits.ENROLMENT);
    MapReader map = MapReader.open(in);
    Fields.version(map.key(1));
    Result result =
        new Result(
            Fields.suite(map.key(2)),
            map.key(3).bytes(Hello.CORRELATION),
            Fields.digest(map.key(4)),
            Fields.digest(map.key(5)),
            Fields.digest(map.key(6)),
            Fields.device(map.key(7)),
            map.key(8).bytes(1, Limits.CERTIFICATE),
            Fields.list(map.key(9), Limits.CHAIN, 1, Limits.CERTIFICATE),
            Fields.fromOne(map.key(10)),
            closing(map),
            Fields.text(map.key(12), Limits.NAME));
    map.end();
    in.end();
    return result;
  }

  private static Optional<Closing> closing(MapReader map) throws MalformedException {
    if (!map.has(11)) {
      return Optional.empty();
    }
    CborReader in = map.key(11);
    in.array(2, 2);
    return Optional.of(Closing.read(in));
  }
}
