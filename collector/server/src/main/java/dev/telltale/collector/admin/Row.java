package dev.telltale.collector.admin;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.tpm.PcrValues;

/** What the running collector says to a question, one frame each: {@code [kind, ...]}. */
public sealed interface Row {

  /**
   * A device.
   *
   * @param sequence of the last committed envelope, 0 before the first
   * @param readings committed so far
   * @param arrival of that envelope, 0 before the first
   * @param held check of the newest refusal since then; empty for none
   * @param detail of that refusal
   */
  record DeviceRow(
      DeviceId id,
      String name,
      String group,
      String grade,
      long sequence,
      long readings,
      long arrival,
      String held,
      String detail)
      implements Row {
    private static final int KIND = 1;
  }

  /**
   * A verified reading, with the handle of its proof.
   *
   * @param pack as the device encoded it; empty where its ciphertext opened to no valid reading
   */
  record ReadingRow(
      DeviceId device, String name, String tier, String reasons, long leaf, long item, Bytes pack)
      implements Row {
    private static final int KIND = 2;
  }

  /** A statement has this leaf; the checkpoint includes it. */
  record Placed(long leaf, Bytes note) implements Row {
    private static final int KIND = 3;
  }

  /**
   * Register values of a device.
   *
   * @param held whether they are those it is held for, else those of its enrolment
   */
  record RegisterRow(DeviceId id, String name, String group, boolean held, PcrValues values)
      implements Row {
    private static final int KIND = 4;
  }

  /** A bundle or a trust file. */
  record FileRow(Bytes content) implements Row {
    private static final int KIND = 5;
  }

  /** The answer is no, and why. */
  record No(String why) implements Row {
    private static final int KIND = 6;
  }

  int LARGEST = 4 << 20;

  default Bytes encode() {
    CborWriter out = new CborWriter();
    switch (this) {
      case DeviceRow d -> {
        out.array(10).uint(DeviceRow.KIND).bytes(d.id.value()).text(d.name).text(d.group);
        out.text(d.grade).uint(d.sequence).uint(d.readings).uint(d.arrival);
        out.text(d.held).text(d.detail);
      }
      case ReadingRow r -> {
        out.array(8).uint(ReadingRow.KIND).bytes(r.device.value()).text(r.name).text(r.tier);
        out.text(r.reasons).uint(r.leaf).uint(r.item).bytes(r.pack);
      }
      case Placed(long leaf, Bytes note) -> out.array(3).uint(Placed.KIND).uint(leaf).bytes(note);
      case RegisterRow r -> {
        out.array(6).uint(RegisterRow.KIND).bytes(r.id.value()).text(r.name).text(r.group);
        out.uint(r.held ? 1 : 0).encoded(r.values.encode());
      }
      case FileRow(Bytes content) -> out.array(2).uint(FileRow.KIND).bytes(content);
      case No(String why) -> out.array(2).uint(No.KIND).text(why);
    }
    return out.toBytes();
  }

  static Row decode(Bytes encoded) throws MalformedException {
    CborReader in = new CborReader(encoded);
    in.array(2, 10);
    int kind = (int) in.uint();
    Row row =
        switch (kind) {
          case DeviceRow.KIND ->
              new DeviceRow(
                  device(in),
                  text(in),
                  text(in),
                  text(in),
                  in.uint(),
                  in.uint(),
                  in.uint(),
                  text(in),
                  text(in));
          case ReadingRow.KIND ->
              new ReadingRow(
                  device(in),
                  text(in),
                  text(in),
                  text(in),
                  in.uint(),
                  in.uint(),
                  in.bytes(0, Limits.READING));
          case Placed.KIND -> new Placed(in.uint(), in.bytes(0, Limits.NOTE));
          case RegisterRow.KIND ->
              new RegisterRow(
                  device(in), text(in), text(in), in.uint(0, 1) == 1, PcrValues.read(in));
          case FileRow.KIND -> new FileRow(in.bytes(0, LARGEST));
          case No.KIND -> new No(text(in));
          default -> throw in.malformed(Check.FORM_KIND, "no row " + kind);
        };
    if (!in.complete()) {
      throw in.malformed(Check.FORM_TRAILING, "more than the row has");
    }
    in.end();
    return row;
  }

  private static DeviceId device(CborReader in) throws MalformedException {
    return new DeviceId(in.bytes(DeviceId.LENGTH));
  }

  private static String text(CborReader in) throws MalformedException {
    return in.text(2 * Limits.TEXT);
  }
}
