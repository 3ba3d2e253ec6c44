package dev.telltale.agent.tpm;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.tss.SecureSession;
import dev.telltale.agent.tpm.tss.SessionCommands;
import dev.telltale.protocol.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * Random bytes for secrets, from the operating system and the TPM together: who knows one of the
 * two sources knows nothing.
 */
public final class TpmRandom {
  private static final int BLOCK = 32;

  private final TpmContext context;
  private final SecureRandom system;
  private final Optional<EndorsementKey> ek;

  /**
   * Mixes these two.
   *
   * @param ek the pinned key; with it, the TPM's share crosses the bus encrypted
   */
  public TpmRandom(TpmContext context, SecureRandom system, Optional<EndorsementKey> ek) {
    this.context = context;
    this.system = system;
    this.ek = ek;
  }

  /** Fills the array. */
  public void nextBytes(byte[] target) throws TpmException {
    int blocks = (target.length + BLOCK - 1) / BLOCK;
    Bytes fromTpm = fromTpm(blocks * BLOCK);
    byte[] fromSystem = new byte[BLOCK];
    for (int at = 0; at < target.length; at += BLOCK) {
      system.nextBytes(fromSystem);
      byte[] mixed = sha256(fromSystem, fromTpm.slice(at, at + BLOCK));
      System.arraycopy(mixed, 0, target, at, Math.min(BLOCK, target.length - at));
      Arrays.fill(mixed, (byte) 0);
    }
    Arrays.fill(fromSystem, (byte) 0);
  }

  private Bytes fromTpm(int count) throws TpmException {
    return context.call(commands -> {
      if (ek.isEmpty()) {
        return collect(commands.sessions(), Optional.empty(), count);
      }
      try (SecureSession session = EkLoader.session(commands, ek.get())) {
        return collect(commands.sessions(), Optional.of(session), count);
      }
    });
  }

  /** A TPM gives what it likes, at most what was asked for. */
  private static Bytes collect(SessionCommands sessions, Optional<SecureSession> session, int count)
      throws TpmException {
    Bytes bytes = Bytes.EMPTY;
    while (bytes.length() < count) {
      bytes = Bytes.concat(bytes, sessions.random(count - bytes.length(), session));
    }
    return bytes;
  }

  private static byte[] sha256(byte[] system, Bytes tpm) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(system);
      hash.update(tpm.buffer());
      return hash.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java does not offer SHA-256", e);
    }
  }
}
