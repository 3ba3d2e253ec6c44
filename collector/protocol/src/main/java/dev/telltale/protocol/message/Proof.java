package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.cbor.MapReader;
import dev.telltale.protocol.tpm.PcrValues;
import java.util.ArrayList;
import java.util.List;

/**
 * The third message of an enrolment: {@code [3, {...}]}, hashed whole. The HMACs show that the TPM
 * recovered the secrets, the quote that the AK works and what the machine has booted.
 *
 * @param answers one HMAC for each challenger of {@link Activate}, in its order
 * @param log the measurement log so far; empty without one
 */
public record Proof(
    int suite,
    Bytes correlation,
    List<Digest> answers,
    Bytes attest,
    Bytes signature,
    PcrValues values,
    Bytes bootSeed,
    Bytes log) {
  private static final int KIND = 3;

  public Proof {
    answers = List.copyOf(answers);
    Fields.requireSuite(suite);
    Fields.requireBytes(correlation, Hello.CORRELATION, Hello.CORRELATION, "correlation");
    Fields.require(
        !answers.isEmpty() && answers.size() <= Limits.ALTERNATIVES, "number of answers");
    Fields.requireBytes(attest, 1, Limits.ATTEST, "attest");
    Fields.requireBytes(signature, Limits.SIGNATURE, Limits.SIGNATURE, "signature");
    Fields.requireBytes(
        bootSeed, Manifest.BootSeeds.LENGTH, Manifest.BootSeeds.LENGTH, "boot seed");
    Fields.requireBytes(log, 0, Limits.MEASUREMENT_LOG, "measurement log");
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().array(2).uint(KIND).map(9);
    out.uint(1).uint(Fields.VERSION).uint(2).uint(suite).uint(3).bytes(correlation).uint(4);
    Fields.path(out, answers);
    out.uint(5).bytes(attest).uint(6).bytes(signature).uint(7).encoded(values.encode());
    return out.uint(8).bytes(bootSeed).uint(9).bytes(log).toBytes();
  }

  public static Proof decode(Bytes message) throws MalformedException {
    CborReader in = Fields.open(message, Limits.MESSAGE);
    in.array(2, 2);
    Fields.kind(in, KIND);
    MapReader map = MapReader.open(in);
    Fields.version(map.key(1));
    Proof proof =
        new Proof(
            Fields.suite(map.key(2)),
            map.key(3).bytes(Hello.CORRELATION),
            answers(map.key(4)),
            map.key(5).bytes(1, Limits.ATTEST),
            map.key(6).bytes(Limits.SIGNATURE),
            PcrValues.read(map.key(7)),
            map.key(8).bytes(Manifest.BootSeeds.LENGTH),
            map.key(9).bytes(0, Limits.MEASUREMENT_LOG));
    map.end();
    in.end();
    return proof;
  }

  private static List<Digest> answers(CborReader in) throws MalformedException {
    int count = in.array(1, Limits.ALTERNATIVES);
    List<Digest> answers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      answers.add(Fields.digest(in));
    }
    return answers;
  }
}
