package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.cbor.MapReader;
import java.util.List;

/**
 * Payload of COSE_Sign1 {@code hello}, by the ticket's bootstrap key: the first message of an
 * enrolment.
 *
 * @param suites the device speaks, ascending
 * @param correlation drawn by the device, the same in all four messages
 * @param ak TPMT_PUBLIC of the attestation key
 * @param tlsKey SubjectPublicKeyInfo, DER, of the key for TLS
 * @param name what people shall call the device
 * @param checkpoint tree size of the ticket's checkpoint, where the receipt's path starts
 */
public record Hello(
    List<Integer> suites,
    Bytes correlation,
    DeviceId ticket,
    Endorsement ek,
    Bytes ak,
    Bytes tlsKey,
    String name,
    long checkpoint) {
  public static final String KIND = "hello";
  public static final int CORRELATION = 16;

  private static final int SUITE_LARGEST = 255;

  /**
   * The endorsement key.
   *
   * @param publicArea TPMT_PUBLIC
   * @param certificate DER; empty where the TPM has none
   * @param intermediates DER, from the certificate's issuer upwards
   */
  public record Endorsement(Bytes publicArea, Bytes certificate, List<Bytes> intermediates) {
    public Endorsement {
      intermediates = List.copyOf(intermediates);
      Fields.requireBytes(publicArea, 1, Limits.CERTIFICATE, "EK public area");
      Fields.requireBytes(certificate, 0, Limits.CERTIFICATE, "EK certificate");
      Fields.require(intermediates.size() <= Limits.CHAIN, "too many intermediates");
      intermediates.forEach(
          each -> Fields.requireBytes(each, 1, Limits.CERTIFICATE, "intermediate"));
    }
  }

  public Hello {
    suites = List.copyOf(suites);
    Fields.requireAscending(suites, 1, SUITE_LARGEST, "suites");
    Fields.requireBytes(correlation, CORRELATION, CORRELATION, "correlation");
    Fields.requireBytes(ak, 1, Limits.CERTIFICATE, "AK public area");
    Fields.requireBytes(tlsKey, 1, Limits.CERTIFICATE, "TLS key");
    Fields.requireText(name, 1, Limits.NAME, "name");
    Fields.requireFromOne(checkpoint, "tree size");
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().map(9).uint(1).uint(Fields.VERSION).uint(2);
    Fields.ascending(out, suites);
    out.uint(3).bytes(correlation).uint(4).bytes(ticket.value());
    out.uint(5).array(3).bytes(ek.publicArea).bytes(ek.certificate);
    Fields.list(out, ek.intermediates);
    out.uint(6).bytes(ak).uint(7).bytes(tlsKey).uint(8).text(name);
    return out.uint(9).uint(checkpoint).toBytes();
  }

  public static Hello decode(Bytes payload) throws MalformedException {
    CborReader in = Fields.open(payload, Limits.ENROLMENT);
    MapReader map = MapReader.open(in);
    Fields.version(map.key(1));
    Hello hello =
        new Hello(
            Fields.ascending(map.key(2), 1, SUITE_LARGEST),
            map.key(3).bytes(CORRELATION),
            Fields.device(map.key(4)),
            endorsement(map.key(5)),
            map.key(6).bytes(1, Limits.CERTIFICATE),
            map.key(7).bytes(1, Limits.CERTIFICATE),
            Fields.text(map.key(8), Limits.NAME),
            Fields.fromOne(map.key(9)));
    map.end();
    in.end();
    return hello;
  }

  private static Endorsement endorsement(CborReader in) throws MalformedException {
    in.array(3, 3);
    return new Endorsement(
        in.bytes(1, Limits.CERTIFICATE),
        in.bytes(0, Limits.CERTIFICATE),
        Fields.list(in, Limits.CHAIN, 1, Limits.CERTIFICATE));
  }
}
