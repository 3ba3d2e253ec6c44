package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import java.util.List;

/**
 * The success answer: all that a device needs, beside its own bytes, to see that they are in the
 * log. It carries no signature but the note's.
 *
 * @param sequence of the envelope; 0 for an enrolment
 * @param verdict as committed, encoded; empty for an enrolment, which has none
 * @param leaf index in the log
 * @param note checkpoint note of a tree that contains the leaf
 * @param from size of the tree at which {@code consistency} starts
 */
public record Receipt(
    long sequence,
    Bytes salt,
    Bytes verdict,
    long leaf,
    List<Digest> inclusion,
    Bytes note,
    long from,
    List<Digest> consistency) {
  public static final int SALT = 32;

  static final int NUMBER = 1;

  public Receipt {
    inclusion = List.copyOf(inclusion);
    consistency = List.copyOf(consistency);
    Fields.requireNumber(sequence, "envelope sequence");
    Fields.requireBytes(salt, SALT, SALT, "salt");
    Fields.requireBytes(verdict, 0, Limits.VERDICT, "verdict");
    Fields.require((sequence == 0) == verdict.isEmpty(), "only an enrolment has no verdict");
    Fields.requireNumber(leaf, "leaf index");
    Fields.require(inclusion.size() <= Limits.PROOF_HASHES, "inclusion path too long");
    Fields.requireBytes(note, 1, Limits.NOTE, "note");
    Fields.requireNumber(from, "tree size");
    Fields.require(consistency.size() <= Limits.PROOF_HASHES, "consistency path too long");
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().array(9).uint(NUMBER).uint(sequence);
    out.bytes(salt).bytes(verdict).uint(leaf);
    Fields.path(out, inclusion);
    out.bytes(note).uint(from);
    Fields.path(out, consistency);
    return out.toBytes();
  }

  public static Receipt decode(Bytes encoded) throws MalformedException {
    CborReader in = Fields.open(encoded, Limits.ANSWER);
    in.array(9, 9);
    Fields.kind(in, NUMBER);
    long sequence = Fields.number(in);
    Bytes salt = in.bytes(SALT);
    Bytes verdict = verdict(in, sequence);
    Receipt receipt =
        new Receipt(
            sequence,
            salt,
            verdict,
            Fields.number(in),
            Fields.path(in),
            in.bytes(1, Limits.NOTE),
            Fields.number(in),
            Fields.path(in));
    in.end();
    return receipt;
  }

  private static Bytes verdict(CborReader in, long sequence) throws MalformedException {
    int at = in.position();
    Bytes verdict = in.bytes(0, Limits.VERDICT);
    if ((sequence == 0) != verdict.isEmpty()) {
      throw new MalformedException(
          Check.FORM_SIZE, at, "a verdict for an enrolment, or none for an envelope");
    }
    if (!verdict.isEmpty()) {
      Verdict.decode(verdict);
    }
    return verdict;
  }
}
