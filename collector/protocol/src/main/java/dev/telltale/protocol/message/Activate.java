package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.cbor.MapReader;
import dev.telltale.protocol.tpm.PcrSelection;
import java.util.ArrayList;
import java.util.List;

/**
 * Payload of COSE_Sign1 {@code activate}, by the message key: a secret that only the TPM with this
 * EK and this AK can recover.
 *
 * @param hello hash of the hello's payload
 * @param selection registers the quote in {@link Proof} covers
 */
public record Activate(
    int suite,
    Bytes correlation,
    Digest hello,
    List<Challenger> challengers,
    PcrSelection selection) {
  public static final String KIND = "activate";

  /**
   * One credential (TPM 2.0 Part 1, credential protection).
   *
   * @param kid who made it
   * @param idObject TPM2B_ID_OBJECT without its size
   * @param secret TPM2B_ENCRYPTED_SECRET without its size
   */
  public record Challenger(Digest kid, Bytes idObject, Bytes secret, Digest nonce) {
    public Challenger {
      Fields.requireBytes(idObject, 1, Limits.CREDENTIAL, "id object");
      Fields.requireBytes(secret, 1, Limits.CREDENTIAL, "encrypted secret");
    }
  }

  public Activate {
    challengers = List.copyOf(challengers);
    Fields.requireSuite(suite);
    Fields.requireBytes(correlation, Hello.CORRELATION, Hello.CORRELATION, "correlation");
    Fields.require(
        !challengers.isEmpty() && challengers.size() <= Limits.ALTERNATIVES,
        "number of challengers");
  }

  public List<Digest> nonces() {
    return challengers.stream().map(Challenger::nonce).toList();
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().map(6).uint(1).uint(Fields.VERSION).uint(2).uint(suite);
    out.uint(3).bytes(correlation).uint(4).bytes(hello.value()).uint(5).array(challengers.size());
    for (Challenger each : challengers) {
      out.array(4).bytes(each.kid.value()).bytes(each.idObject).bytes(each.secret);
      out.bytes(each.nonce.value());
    }
    return out.uint(6).encoded(selection.encode()).toBytes();
  }

  public static Activate decode(Bytes payload) throws MalformedException {
    CborReader in = Fields.open(payload, Limits.ENROLMENT);
    MapReader map = MapReader.open(in);
    Fields.version(map.key(1));
    Activate activate =
        new Activate(
            Fields.suite(map.key(2)),
            map.key(3).bytes(Hello.CORRELATION),
            Fields.digest(map.key(4)),
            challengers(map.key(5)),
            PcrSelection.read(map.key(6)));
    map.end();
    in.end();
    return activate;
  }

  private static List<Challenger> challengers(CborReader in) throws MalformedException {
    int count = in.array(1, Limits.ALTERNATIVES);
    List<Challenger> challengers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      in.array(4, 4);
      challengers.add(
          new Challenger(
              Fields.digest(in),
              in.bytes(1, Limits.CREDENTIAL),
              in.bytes(1, Limits.CREDENTIAL),
              Fields.digest(in)));
    }
    return challengers;
  }
}
