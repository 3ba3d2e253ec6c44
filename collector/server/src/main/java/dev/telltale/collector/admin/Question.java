package dev.telltale.collector.admin;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;

/** What the operator's commands ask the running collector: {@code [kind, ...]}. */
public sealed interface Question {

  /** All devices. */
  record Devices() implements Question {
    private static final int KIND = 1;
  }

  /**
   * Verified readings.
   *
   * @param device id or name; empty for all
   * @param since time of the reading, in milliseconds
   */
  record Readings(String device, long since) implements Question {
    private static final int KIND = 2;
  }

  /** Takes up a statement signed by the operator, COSE_Sign1. */
  record Submit(Bytes statement) implements Question {
    private static final int KIND = 3;
  }

  /** The register values of a device that a reference set could accept. */
  record Registers(String device) implements Question {
    private static final int KIND = 4;
  }

  /**
   * A bundle.
   *
   * @param sequence of the envelope; 0 for the newest
   * @param item of the reading to show; -1 to show none
   */
  record Export(String device, long sequence, long item) implements Question {
    private static final int KIND = 5;
  }

  int LARGEST = Limits.MESSAGE;

  default Bytes encode() {
    CborWriter out = new CborWriter();
    switch (this) {
      case Devices() -> out.array(1).uint(Devices.KIND);
      case Readings(String device, long since) ->
          out.array(3).uint(Readings.KIND).text(device).uint(since);
      case Submit(Bytes statement) -> out.array(2).uint(Submit.KIND).bytes(statement);
      case Registers(String device) -> out.array(2).uint(Registers.KIND).text(device);
      case Export(String device, long sequence, long item) ->
          out.array(4).uint(Export.KIND).text(device).uint(sequence).integer(item);
    }
    return out.toBytes();
  }

  static Question decode(Bytes encoded) throws MalformedException {
    CborReader in = new CborReader(encoded);
    in.array(1, 4);
    int kind = (int) in.uint();
    Question question =
        switch (kind) {
          case Devices.KIND -> new Devices();
          case Readings.KIND -> new Readings(in.text(Limits.TEXT), in.uint());
          case Submit.KIND -> new Submit(in.bytes(1, Limits.MESSAGE));
          case Registers.KIND -> new Registers(in.text(Limits.TEXT));
          case Export.KIND -> new Export(in.text(Limits.TEXT), in.uint(), in.integer());
          default -> throw in.malformed(Check.FORM_KIND, "no question " + kind);
        };
    if (!in.complete()) {
      throw in.malformed(Check.FORM_TRAILING, "more than the question has");
    }
    in.end();
    return question;
  }
}
