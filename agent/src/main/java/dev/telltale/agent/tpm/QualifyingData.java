package dev.telltale.agent.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Label;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a quote is about: the hash of a label and a structure of that kind. There is no other way to
 * make one, so nobody can hand the attestation key a hash to sign.
 */
public final class QualifyingData {
  private final Digest digest;

  private QualifyingData(Digest digest) {
    this.digest = digest;
  }

  /**
   * Names a structure that the agent itself has built.
   *
   * @throws IllegalArgumentException for a label under which nothing is ever quoted
   */
  public static QualifyingData of(Label kind, Bytes structure) {
    boolean quotable =
        switch (kind) {
          case ENVELOPE, GAP, ENROL, TLS, CHECK -> true;
          case ACTIVATION,
              CHALLENGE,
              EKEY,
              LEAF_ENROLMENT,
              LEAF_ENVELOPE,
              LEAF_GAP,
              LEAF_STATEMENT,
              READING,
              READING_KEY ->
              false;
        };
    if (!quotable) {
      throw new IllegalArgumentException("nothing is quoted under " + kind);
    }
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(kind.bytes().buffer());
      hash.update(structure.buffer());
      return new QualifyingData(Digest.of(hash.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java does not offer SHA-256", e);
    }
  }

  /** What the attestation will carry as its extra data. */
  public Digest digest() {
    return digest;
  }
}
