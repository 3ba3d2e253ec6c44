package dev.telltale.agent.tpm;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.tss.LoadedKey;
import dev.telltale.agent.tpm.tss.SecureSession;
import dev.telltale.agent.tpm.tss.SessionCommands;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;

/**
 * Opens the secret by which a collector convinces itself that attestation key and endorsement key
 * are in one TPM.
 */
public final class Activation {
  private static final int HMAC = 32;

  /** A TPM2B_DIGEST of 32 bytes, encrypted; the largest a SHA-256 key can open. */
  private static final int LARGEST_IDENTITY = 34;

  private static final int LARGEST_SECRET = 256;

  private final TpmContext context;

  public Activation(TpmContext context) {
    this.context = context;
  }

  /**
   * Gives the secret, which crosses the bus encrypted.
   *
   * @param idObject body of a TPM2B_ID_OBJECT, as it came from the collector
   * @param secret body of a TPM2B_ENCRYPTED_SECRET
   * @throws MalformedException if they cannot be what they should be
   * @throws TpmException.Refused if they were not made for these two keys
   */
  public Bytes activate(AttestationKey key, EndorsementKey ek, Bytes idObject, Bytes secret)
      throws TpmException, MalformedException {
    SessionCommands.IdObject parts = split(idObject);
    if (secret.isEmpty() || secret.length() > LARGEST_SECRET) {
      throw new MalformedException(Check.FORM_SIZE, 0, "a seed of " + secret.length() + " bytes");
    }
    return context.call(commands -> {
      try (LoadedKey opener = EkLoader.load(commands, ek);
          LoadedKey activated = commands.keys().known(key.handle(), key.area());
          SecureSession session = commands.sessions().secure(opener)) {
        return commands.sessions().activate(activated, opener, parts, secret, session);
      }
    });
  }

  private static SessionCommands.IdObject split(Bytes idObject) throws MalformedException {
    int least = 2 + HMAC;
    if (idObject.length() <= least || idObject.length() > least + LARGEST_IDENTITY) {
      throw new MalformedException(
          Check.FORM_SIZE, 0, "a credential of " + idObject.length() + " bytes");
    }
    if (idObject.at(0) != 0 || idObject.at(1) != HMAC) {
      throw new MalformedException(Check.FORM_RANGE, 0, "an outer HMAC that is not SHA-256's");
    }
    return new SessionCommands.IdObject(
        idObject.slice(2, least), idObject.slice(least, idObject.length()));
  }
}
