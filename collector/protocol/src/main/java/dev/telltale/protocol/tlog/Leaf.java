package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Label;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.crypto.Sha256;

/**
 * What the log publishes of an entry: {@code [1, commitment]}, and nothing about its device or kind
 * (design 2.5). Whoever is shown the salt and what was committed computes the same leaf.
 */
public record Leaf(Digest commitment) {
  /** Bytes of the random salt that keeps a commitment from being guessed. */
  public static final int SALT_LENGTH = 32;

  private static final int VERSION = 1;
  private static final Digest NOTHING = Digest.of(new byte[Digest.LENGTH]);

  /** H(manifest), H(attest), and the encoding of the verdict. */
  public static Leaf envelope(Bytes salt, Digest manifest, Digest attest, Bytes verdict) {
    return committing(Label.LEAF_ENVELOPE, salt, manifest, Bytes.concat(attest.value(), verdict));
  }

  /** H of the enrolment record, H of the three messages that led to it. */
  public static Leaf enrolment(Bytes salt, Digest enrolled, Digest messages) {
    return committing(Label.LEAF_ENROLMENT, salt, enrolled, messages.value());
  }

  /** SHA-256 of the payload the operator signed. */
  public static Leaf statement(Bytes salt, Digest payload) {
    return committing(Label.LEAF_STATEMENT, salt, payload, NOTHING.value());
  }

  private static Leaf committing(Label label, Bytes salt, Digest first, Bytes rest) {
    if (salt.length() != SALT_LENGTH) {
      throw new IllegalArgumentException("a salt has 32 bytes, not " + salt.length());
    }
    return new Leaf(Sha256.of(label.bytes(), salt, first.value(), rest));
  }

  public static Leaf decode(Bytes encoded) throws MalformedException {
    CborReader in = new CborReader(encoded);
    in.array(2, 2);
    if (in.uint() != VERSION) {
      throw in.malformed(Check.FORM_VERSION, "a leaf of another version");
    }
    Leaf leaf = new Leaf(new Digest(in.bytes(Digest.LENGTH)));
    in.end();
    return leaf;
  }

  /** The entry of the log. */
  public Bytes encode() {
    return new CborWriter().array(2).uint(VERSION).bytes(commitment.value()).toBytes();
  }

  /** The hash that proofs start from. */
  public Digest hash() {
    return MerkleHash.SHA256.leaf(encode());
  }
}
