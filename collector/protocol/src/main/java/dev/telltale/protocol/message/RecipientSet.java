package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.cbor.MapReader;
import dev.telltale.protocol.crypto.PublicPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * Payload of COSE_Sign1 {@code recipients}, by the owner key: who can open the readings.
 *
 * @param serial rises with every change
 * @param points wrap keys, ascending by kid
 */
public record RecipientSet(int suite, long serial, List<PublicPoint> points) {
  public static final String KIND = "recipients";

  public RecipientSet {
    points = List.copyOf(points);
    Fields.requireSuite(suite);
    Fields.requireFromOne(serial, "serial");
    Fields.require(!points.isEmpty() && points.size() <= Limits.RECIPIENTS, "number of recipients");
    for (int i = 1; i < points.size(); i++) {
      Fields.require(points.get(i - 1).compareTo(points.get(i)) < 0, "kids out of order");
    }
  }

  public List<Digest> kids() {
    return points.stream().map(PublicPoint::kid).toList();
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().map(4);
    out.uint(1).uint(Fields.VERSION).uint(2).uint(suite).uint(3).uint(serial);
    out.uint(4).array(points.size());
    points.forEach(point -> out.bytes(point.value()));
    return out.toBytes();
  }

  public static RecipientSet decode(Bytes payload) throws MalformedException {
    CborReader in = Fields.open(payload, Limits.STATEMENT);
    MapReader map = MapReader.open(in);
    Fields.version(map.key(1));
    RecipientSet set =
        new RecipientSet(Fields.suite(map.key(2)), Fields.fromOne(map.key(3)), points(map.key(4)));
    map.end();
    in.end();
    return set;
  }

  private static List<PublicPoint> points(CborReader in) throws MalformedException {
    int count = in.array(1, Limits.RECIPIENTS);
    List<PublicPoint> points = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = in.position();
      PublicPoint point = Fields.point(in);
      if (i > 0 && points.get(i - 1).compareTo(point) >= 0) {
        throw new MalformedException(Check.FORM_ORDER, at, "kids out of order or twice");
      }
      points.add(point);
    }
    return points;
  }
}
