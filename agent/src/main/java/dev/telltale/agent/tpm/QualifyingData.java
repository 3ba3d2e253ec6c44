package dev.telltale.agent.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Label;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a quote is about: the hash of a label and a structure of that kind. There is no other way to
 * make one, so nobody can hand the attestation key a hash to sign.
 */
public final class QualifyingData {
  private static final Set<Label> KINDS =
      EnumSet.of(Label.ENVELOPE, Label.GAP, Label.ENROL, Label.TLS, Label.CHECK);

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
    if (!KINDS.contains(kind)) {
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
