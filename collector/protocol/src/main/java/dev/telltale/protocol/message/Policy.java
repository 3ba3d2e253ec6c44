package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.cbor.MapReader;
import dev.telltale.protocol.tpm.PcrSelection;

/** Which registers every quote must cover, exactly. */
public record Policy(long serial, PcrSelection selection, long time) implements Statement {
  public static final String KIND = "policy";

  public Policy {
    Fields.requireFromOne(serial, "serial");
    Fields.requireNumber(time, "time");
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Bytes encode() {
    CborWriter out = new CborWriter().map(4).uint(1).uint(Fields.VERSION).uint(2).uint(serial);
    return out.uint(3).encoded(selection.encode()).uint(4).uint(time).toBytes();
  }

  public static Policy decode(Bytes payload) throws MalformedException {
    CborReader in = Fields.open(payload, Limits.STATEMENT);
    MapReader map = MapReader.open(in);
    Fields.version(map.key(1));
    Policy policy =
        new Policy(
            Fields.fromOne(map.key(2)), PcrSelection.read(map.key(3)), Fields.number(map.key(4)));
    map.end();
    in.end();
    return policy;
  }
}
