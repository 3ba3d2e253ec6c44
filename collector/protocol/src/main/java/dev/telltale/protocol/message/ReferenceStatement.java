package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.cbor.MapReader;

/**
 * Reference values of a group: what its registers may hold, and when.
 *
 * @param serial rises within the group
 * @param from first moment at which the set is active
 * @param until last moment; 0 for no end
 * @param label for people: the release it describes
 */
public record ReferenceStatement(
    String group,
    long serial,
    ReferenceValues values,
    long from,
    long until,
    String label,
    long time)
    implements Statement {
  public static final String KIND = "reference";

  public ReferenceStatement {
    Fields.requireText(group, 1, Limits.GROUP, "group");
    Fields.requireFromOne(serial, "serial");
    Fields.requireNumber(from, "from");
    Fields.requireNumber(until, "until");
    Fields.require(until == 0 || from <= until, "until before from");
    Fields.requireText(label, 0, Limits.NAME, "label");
    Fields.requireNumber(time, "time");
  }

  /** Whether the set speaks about evidence that arrived at this time. */
  public boolean activeAt(long time) {
    return from <= time && (until == 0 || time <= until);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Bytes encode() {
    CborWriter out = new CborWriter().map(7).uint(1).uint(Fields.VERSION);
    out.uint(2).text(group).uint(3).uint(serial).uint(4);
    values.write(out);
    out.uint(5).array(2).uint(from).uint(until);
    return out.uint(6).text(label).uint(7).uint(time).toBytes();
  }

  public static ReferenceStatement decode(Bytes payload) throws MalformedException {
    CborReader in = Fields.open(payload, Limits.STATEMENT);
    MapReader map = MapReader.open(in);
    Fields.version(map.key(1));
    String group = Fields.text(map.key(2), Limits.GROUP);
    long serial = Fields.fromOne(map.key(3));
    ReferenceValues values = ReferenceValues.read(map.key(4));
    map.key(5).array(2, 2);
    long from = Fields.number(in);
    int at = in.position();
    long until = Fields.number(in);
    if (until != 0 && until < from) {
      throw new MalformedException(Check.FORM_ORDER, at, "until before from");
    }
    String label = map.key(6).text(Limits.NAME);
    long time = Fields.number(map.key(7));
    map.end();
    in.end();
    return new ReferenceStatement(group, serial, values, from, until, label, time);
  }
}
