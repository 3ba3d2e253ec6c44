package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.cbor.MapReader;
import dev.telltale.protocol.crypto.PublicPoint;

/** Leaf 0 of a log: its name, its key and its operator. */
public record Genesis(String origin, String logKey, PublicPoint operator, long time)
    implements Statement {
  public static final String KIND = "genesis";

  public Genesis {
    Fields.requireText(origin, 1, Limits.ADDRESS, "origin");
    Fields.requireText(logKey, 1, Limits.ADDRESS, "vkey");
    Fields.requireNumber(time, "time");
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Bytes encode() {
    CborWriter out = new CborWriter().map(5).uint(1).uint(Fields.VERSION);
    out.uint(2).text(origin).uint(3).text(logKey);
    return out.uint(4).bytes(operator.value()).uint(5).uint(time).toBytes();
  }

  public static Genesis decode(Bytes payload) throws MalformedException {
    CborReader in = Fields.open(payload, Limits.STATEMENT);
    MapReader map = MapReader.open(in);
    Fields.version(map.key(1));
    Genesis genesis =
        new Genesis(
            Fields.text(map.key(2), Limits.ADDRESS),
            Fields.text(map.key(3), Limits.ADDRESS),
            Fields.point(map.key(4)),
            Fields.number(map.key(5)));
    map.end();
    in.end();
    return genesis;
  }
}
