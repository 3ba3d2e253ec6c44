package dev.telltale.agent.receipt;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.message.Challenge;
import dev.telltale.protocol.message.Manifest.BoundChallenge;

/** A challenge the device has verified, as it came. */
public record HeldChallenge(Bytes encoded, Challenge challenge) {
  /** Reads a COSE_Sign1 that was verified before it was stored. */
  public static HeldChallenge stored(Bytes encoded) throws MalformedException {
    return new HeldChallenge(encoded, Challenge.decode(CoseSign1.decode(encoded).payload()));
  }

  public long issued() {
    return challenge.issued();
  }

  /** How a manifest names it. */
  public BoundChallenge bound() {
    return new BoundChallenge(challenge.nonce(), challenge.issued());
  }
}
