package dev.telltale.agent.tpm.tss;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.TpmName;
import java.security.SecureRandom;
import java.util.Optional;
import tss.tpm.TPMS_ID_OBJECT;
import tss.tpm.TPMT_SYM_DEF;
import tss.tpm.TPM_ALG_ID;
import tss.tpm.TPM_HANDLE;
import tss.tpm.TPM_SE;

/** Sessions, and what needs them. */
public final class SessionCommands {
  /** A TPM2B_DIGEST, the largest secret MakeCredential wraps. */
  private static final int LARGEST_SECRET = 64;

  private static final int LARGEST_RANDOM = 64;
  private static final byte[] NOTHING = {};

  private final Dispatcher dispatcher;
  private final SecureRandom random;

  SessionCommands(Dispatcher dispatcher, SecureRandom random) {
    this.dispatcher = dispatcher;
    this.random = random;
  }

  /**
   * Opens a session salted to this key.
   *
   * @param key whose name the caller knows to be that of this TPM; the salt is encrypted to its
   *     public area, so nobody but its holder can go on
   */
  public SecureSession secure(LoadedKey key) throws TpmException {
    byte[] nonce = nonce();
    try (Salt salt = Salt.to(key.area(), random)) {
      TPMT_SYM_DEF aes = new TPMT_SYM_DEF(TPM_ALG_ID.AES, 128, TPM_ALG_ID.CFB);
      Dispatcher.Response response =
          dispatcher.run(tpm ->
              tpm.StartAuthSession(
                  key.named(),
                  TPM_HANDLE.NULL,
                  nonce,
                  salt.encrypted().toArray(),
                  TPM_SE.HMAC,
                  aes,
                  TPM_ALG_ID.SHA256));
      SecureSession.Started started =
          new SecureSession.Started(
              response.handle(), Bytes.of(nonce), response.parameters().sized(SecureSession.NONCE));
      return new SecureSession(dispatcher, random, started, salt.secret());
    }
  }

  /** A policy session in which the endorsement hierarchy has been authorized: opens EKs. */
  PolicySession endorsementPolicy() throws TpmException {
    byte[] nonce = nonce();
    Dispatcher.Response response =
        dispatcher.run(tpm ->
            tpm.StartAuthSession(
                TPM_HANDLE.NULL,
                TPM_HANDLE.NULL,
                nonce,
                NOTHING,
                TPM_SE.POLICY,
                new TPMT_SYM_DEF(TPM_ALG_ID.NULL, 0, TPM_ALG_ID.NULL),
                TPM_ALG_ID.SHA256));
    PolicySession session = new PolicySession(dispatcher, response.handle());
    try {
      dispatcher.run(
          tpm ->
              tpm.PolicySecret(
                  TPM_HANDLE.ENDORSEMENT, session.handle(), NOTHING, NOTHING, NOTHING, 0),
          Authorization.EMPTY);
      return session;
    } catch (TpmException e) {
      session.close();
      throw e;
    }
  }

  /**
   * Opens a credential made for this pair of keys.
   *
   * @param idObject the outer HMAC and the encrypted identity, already taken apart: they come from
   *     a peer
   */
  public Bytes activate(
      LoadedKey activated, LoadedKey ek, IdObject idObject, Bytes secret, SecureSession session)
      throws TpmException {
    TPMS_ID_OBJECT blob =
        new TPMS_ID_OBJECT(idObject.hmac().toArray(), idObject.encryptedIdentity().toArray());
    try (PolicySession policy = endorsementPolicy()) {
      ResponseReader in =
          dispatcher
              .run(
                  tpm ->
                      tpm.ActivateCredential(activated.named(), ek.named(), blob, secret.toArray()),
                  Authorization.EMPTY,
                  policy,
                  session)
              .parameters();
      Bytes opened = in.sized(LARGEST_SECRET);
      in.end();
      return opened;
    }
  }

  /** At most as many bytes as asked for, at least one; encrypted on the way if in a session. */
  public Bytes random(int count, Optional<SecureSession> session) throws TpmException {
    Authorization[] authorizations = session.stream().toArray(Authorization[]::new);
    int asked = Math.min(count, LARGEST_RANDOM);
    ResponseReader in = dispatcher.run(tpm -> tpm.GetRandom(asked), authorizations).parameters();
    Bytes bytes = in.sized(asked);
    in.end();
    if (bytes.isEmpty()) {
      throw ResponseReader.malformed("no random bytes");
    }
    return bytes;
  }

  /** The two halves of a TPM2B_ID_OBJECT (Part 1, 24). */
  public record IdObject(Bytes hmac, Bytes encryptedIdentity) {
    public IdObject {
      if (hmac.length() > TpmName.LONGEST || encryptedIdentity.length() > TpmName.LONGEST) {
        throw new IllegalArgumentException("larger than any credential");
      }
    }
  }

  private byte[] nonce() {
    byte[] nonce = new byte[SecureSession.NONCE];
    random.nextBytes(nonce);
    return nonce;
  }
}
