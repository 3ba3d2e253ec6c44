package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
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
 * Payload of COSE_Sign1 {@code ticket}, by the operator key: all that a new agent needs. A bearer
 * credential, since it contains the bootstrap key; as a file it is a {@link TicketFile}.
 *
 * @param invite COSE_Sign1 {@code invite}, by the operator key
 * @param broker {@code mqtts://host:port}
 * @param recipientSet COSE_Sign1 {@code recipients}, by the owner key
 * @param logKey vkey of the log
 * @param note checkpoint from which the agent goes on
 * @param noteKeys vkeys of witnesses whose lines belong to a kept note
 */
public record Ticket(
    int suite,
    DeviceId id,
    Bytes invite,
    String broker,
    Bytes brokerCa,
    PublicPoint messageKey,
    PublicPoint ownerKey,
    Bytes recipientSet,
    String logKey,
    Bytes note,
    Bootstrap bootstrap,
    PublicPoint operatorKey,
    List<String> noteKeys) {
  public static final String KIND = "ticket";

  /** Certificate (DER, CN = the ticket's id) and private key (PKCS#8 DER) for the first contact. */
  public record Bootstrap(Bytes certificate, Bytes privateKey) {
    public Bootstrap {
      Fields.requireBytes(certificate, 1, Limits.CERTIFICATE, "bootstrap certificate");
      Fields.requireBytes(privateKey, 1, Limits.CERTIFICATE, "bootstrap key");
    }

    @Override
    public String toString() {
      return "Bootstrap[private key not shown]";
    }
  }

  public Ticket {
    noteKeys = List.copyOf(noteKeys);
    Fields.requireSuite(suite);
    Fields.requireBytes(invite, 1, Limits.STATEMENT, "invite");
    Fields.requireText(broker, 1, Limits.ADDRESS, "broker");
    Fields.requireBytes(brokerCa, 1, Limits.CERTIFICATE, "broker CA");
    Fields.requireBytes(recipientSet, 1, Limits.STATEMENT, "recipient set");
    Fields.requireText(logKey, 1, Limits.ADDRESS, "log key");
    Fields.requireBytes(note, 1, Limits.NOTE, "note");
    Fields.require(noteKeys.size() < Limits.NOTE_SIGNATURES, "too many note keys");
    noteKeys.forEach(key -> Fields.requireText(key, 1, Limits.ADDRESS, "note key"));
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().map(15).uint(1).uint(Fields.VERSION).uint(2).uint(suite);
    out.uint(3).bytes(id.value()).uint(4).bytes(invite).uint(5).text(broker);
    out.uint(6).bytes(brokerCa).uint(7).bytes(messageKey.value());
    out.uint(8).bytes(ownerKey.value()).uint(9).bytes(recipientSet);
    out.uint(10).text(logKey).uint(11).bytes(note);
    out.uint(12).bytes(bootstrap.certificate).uint(13).bytes(bootstrap.privateKey);
    out.uint(14).bytes(operatorKey.value()).uint(15).array(noteKeys.size());
    noteKeys.forEach(out::text);
    return out.toBytes();
  }

  public static Ticket decode(Bytes payload) throws MalformedException {
    CborReader in = Fields.open(payload, Limits.TICKET);
    MapReader map = MapReader.open(in);
    Fields.version(map.key(1));
    Ticket ticket =
        new Ticket(
            Fields.suite(map.key(2)),
            Fields.device(map.key(3)),
            map.key(4).bytes(1, Limits.STATEMENT),
            Fields.text(map.key(5), Limits.ADDRESS),
            map.key(6).bytes(1, Limits.CERTIFICATE),
            Fields.point(map.key(7)),
            Fields.point(map.key(8)),
            map.key(9).bytes(1, Limits.STATEMENT),
            Fields.text(map.key(10), Limits.ADDRESS),
            map.key(11).bytes(1, Limits.NOTE),
            new Bootstrap(
                map.key(12).bytes(1, Limits.CERTIFICATE), map.key(13).bytes(1, Limits.CERTIFICATE)),
            Fields.point(map.key(14)),
            noteKeys(map.key(15)));
    map.end();
    in.end();
    return ticket;
  }

  private static List<String> noteKeys(CborReader in) throws MalformedException {
    int count = in.array(0, Limits.NOTE_SIGNATURES - 1);
    List<String> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keys.add(Fields.text(in, Limits.ADDRESS));
    }
    return keys;
  }
}
