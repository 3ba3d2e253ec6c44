package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.cbor.MapReader;
import dev.telltale.protocol.crypto.PublicPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * Payload of COSE_Sign1 {@code invite}, by the operator key: what a ticket permits. It is part of
 * the ticket and, without the ticket's secrets, of the log.
 *
 * @param expiry last moment at which an enrolment may begin
 * @param uses how many endorsement keys may enrol
 * @param grades accepted, ascending by number
 * @param bootstrap the key that signs {@code hello}: the broker ends the TLS that shows it
 */
public record Invite(
    int suite,
    DeviceId ticket,
    long expiry,
    int uses,
    String group,
    List<Grade> grades,
    PublicPoint bootstrap)
    implements Statement {
  public static final String KIND = "invite";

  public Invite {
    grades = List.copyOf(grades);
    Fields.requireSuite(suite);
    Fields.requireNumber(expiry, "expiry");
    Fields.require(uses >= 1 && uses <= Limits.TICKET_USES, "uses " + uses);
    Fields.requireText(group, 1, Limits.GROUP, "group");
    Fields.require(!grades.isEmpty(), "no grade is accepted");
    for (int i = 1; i < grades.size(); i++) {
      Fields.require(grades.get(i - 1).compareTo(grades.get(i)) < 0, "grades out of order");
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Bytes encode() {
    CborWriter out = new CborWriter().map(8);
    out.uint(1).uint(Fields.VERSION).uint(2).uint(suite).uint(3).bytes(ticket.value());
    out.uint(4).uint(expiry).uint(5).uint(uses).uint(6).text(group);
    out.uint(7).array(grades.size());
    grades.forEach(grade -> out.uint(grade.number()));
    return out.uint(8).bytes(bootstrap.value()).toBytes();
  }

  public static Invite decode(Bytes payload) throws MalformedException {
    CborReader in = Fields.open(payload, Limits.STATEMENT);
    MapReader map = MapReader.open(in);
    Fields.version(map.key(1));
    Invite invite =
        new Invite(
            Fields.suite(map.key(2)),
            Fields.device(map.key(3)),
            Fields.number(map.key(4)),
            (int) map.key(5).uint(1, Limits.TICKET_USES),
            Fields.text(map.key(6), Limits.GROUP),
            grades(map.key(7)),
            Fields.point(map.key(8)));
    map.end();
    in.end();
    return invite;
  }

  private static List<Grade> grades(CborReader in) throws MalformedException {
    int count = in.array(1, Grade.values().length);
    List<Grade> grades = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = in.position();
      Grade grade = Fields.constant(in, Grade.values(), Grade::number, Check.FORM_RANGE);
      if (i > 0 && grades.get(i - 1).compareTo(grade) >= 0) {
        throw new MalformedException(Check.FORM_ORDER, at, "grades out of order or twice");
      }
      grades.add(grade);
    }
    return grades;
  }
}
