package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import java.util.Optional;

/**
 * What the log commits of an enrolment ({@code spec/leaf.md}): whoever holds this can check the AK
 * of an envelope without seeing the enrolment's messages.
 *
 * @param ak TPMT_PUBLIC
 */
public record EnrolmentFacts(
    DeviceId device,
    Bytes ak,
    int suite,
    Grade grade,
    long nextReading,
    Optional<Result.Closing> closing) {
  public EnrolmentFacts {
    Fields.requireBytes(ak, 1, Limits.CERTIFICATE, "AK public area");
    Fields.requireSuite(suite);
    Fields.requireFromOne(nextReading, "next reading");
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().array(6).bytes(device.value()).bytes(ak).uint(suite);
    out.uint(grade.number()).uint(nextReading);
    closing.ifPresentOrElse(end -> end.write(out), () -> out.array(0));
    return out.toBytes();
  }

  public static EnrolmentFacts decode(Bytes encoded) throws MalformedException {
    CborReader in = Fields.open(encoded, Limits.ENROLMENT);
    in.array(6, 6);
    EnrolmentFacts facts =
        new EnrolmentFacts(
            Fields.device(in),
            in.bytes(1, Limits.CERTIFICATE),
            Fields.suite(in),
            Fields.constant(in, Grade.values(), Grade::number, Check.FORM_RANGE),
            Fields.fromOne(in),
            closing(in));
    in.end();
    return facts;
  }

  private static Optional<Result.Closing> closing(CborReader in) throws MalformedException {
    int at = in.position();
    int elements = in.array(0, 2);
    if (elements == 1) {
      throw new MalformedException(Check.FORM_SIZE, at, "half a closing");
    }
    return elements == 0 ? Optional.empty() : Optional.of(Result.Closing.read(in));
  }
}
