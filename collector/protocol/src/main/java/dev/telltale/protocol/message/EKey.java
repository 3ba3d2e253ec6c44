package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The content secret, wrapped once for each recipient; kids ascending ({@code spec/ekey.md}). */
public record EKey(List<Wrapped> recipients) {

  /** The content secret under the public key with this thumbprint. */
  public record Wrapped(Digest kid, Bytes blob) {
    public Wrapped {
      Fields.requireBytes(blob, Limits.WRAPPED_LEAST, Limits.WRAPPED_MOST, "wrapped secret");
    }
  }

  public EKey {
    recipients = List.copyOf(recipients);
    Fields.require(
        !recipients.isEmpty() && recipients.size() <= Limits.RECIPIENTS, "number of recipients");
    for (int i = 1; i < recipients.size(); i++) {
      Fields.require(
          recipients.get(i - 1).kid.compareTo(recipients.get(i).kid) < 0, "kids out of order");
    }
  }

  public List<Digest> kids() {
    return recipients.stream().map(Wrapped::kid).toList();
  }

  public Optional<Bytes> blobFor(Digest kid) {
    return recipients.stream()
        .filter(wrapped -> wrapped.kid.equals(kid))
        .map(Wrapped::blob)
        .findFirst();
  }

  public Bytes encode() {
    CborWriter out = new CborWriter();
    write(out);
    return out.toBytes();
  }

  public static EKey decode(Bytes encoded) throws MalformedException {
    CborReader in = new CborReader(encoded);
    EKey ekey = read(in);
    in.end();
    return ekey;
  }

  void write(CborWriter out) {
    out.array(recipients.size());
    for (Wrapped wrapped : recipients) {
      out.array(2).bytes(wrapped.kid.value()).bytes(wrapped.blob);
    }
  }

  static EKey read(CborReader in) throws MalformedException {
    int count = in.array(1, Limits.RECIPIENTS);
    List<Wrapped> recipients = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      in.array(2, 2);
      int at = in.position();
      Digest kid = Fields.digest(in);
      if (i > 0 && recipients.get(i - 1).kid.compareTo(kid) >= 0) {
        throw new MalformedException(Check.FORM_ORDER, at, "kids out of order or twice");
      }
      recipients.add(new Wrapped(kid, in.bytes(Limits.WRAPPED_LEAST, Limits.WRAPPED_MOST)));
    }
    return new EKey(recipients);
  }
}
