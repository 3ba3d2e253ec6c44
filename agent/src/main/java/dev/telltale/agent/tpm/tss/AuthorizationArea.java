package dev.telltale.agent.tpm.tss;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * The authorizations of one command: writes them behind the handles, checks what comes back behind
 * the parameters, encrypts and decrypts the first parameter where it is a sized buffer. At most one
 * secure session per command, so no session's HMAC has to cover the nonce of another (Part 1,
 * 19.6.5).
 */
final class AuthorizationArea {
  private final List<Authorization> authorizations;
  private final Optional<SecureSession> secure;
  private final int attributes;
  private final Request request;

  AuthorizationArea(Request plain, List<Authorization> authorizations) {
    if (authorizations.size() < plain.authHandles()) {
      throw new IllegalStateException("a handle without authorization");
    }
    this.authorizations = authorizations;
    this.secure = secure(authorizations);
    this.attributes =
        Authorization.CONTINUE
            | (SizedParameters.inCommand(plain.code()) ? Authorization.DECRYPT : 0)
            | (SizedParameters.inResponse(plain.code()) ? Authorization.ENCRYPT : 0);
    secure.ifPresent(SecureSession::roll);
    this.request =
        secure.filter(s -> (attributes & Authorization.DECRYPT) != 0).isPresent()
            ? plain.withParameters(first(plain.parameters(), secure.get()::encryptCommand))
            : plain;
  }

  private static Optional<SecureSession> secure(List<Authorization> authorizations) {
    List<SecureSession> sessions =
        authorizations.stream()
            .filter(SecureSession.class::isInstance)
            .map(SecureSession.class::cast)
            .toList();
    if (sessions.size() > 1) {
      throw new IllegalStateException("more than one secure session in a command");
    }
    return sessions.stream().findFirst();
  }

  byte[] command() {
    Bytes area = Bytes.concat(authorizations.stream().map(this::entry).toArray(Bytes[]::new));
    return request.frame(area);
  }

  private Bytes entry(Authorization authorization) {
    return switch (authorization) {
      case Authorization.Password password -> Authorization.Password.ENTRY;
      case PolicySession policy -> policy.entry();
      case SecureSession session -> {
        Bytes hash = sha256(u32(request.code()), request.names(), request.parameters());
        Bytes hmac = session.commandHmac(hash, attributes);
        yield Bytes.concat(
            u32(session.handle()),
            sized(session.nonceCaller()),
            Bytes.of(new byte[] {(byte) attributes}),
            sized(hmac));
      }
    };
  }

  /** The parameters of the answer in the clear, once all that protects them is in order. */
  Bytes accept(Bytes parameters, ResponseReader sessions) throws TpmException {
    for (Authorization authorization : authorizations) {
      Bytes nonce = sessions.sized(SecureSession.NONCE);
      int returned = sessions.u8();
      Bytes hmac = sessions.sized(SecureSession.NONCE);
      switch (authorization) {
        case Authorization.Password password -> requireEmpty(hmac);
        case PolicySession policy -> requireEmpty(hmac);
        case SecureSession session -> {
          Bytes hash = sha256(u32(0), u32(request.code()), parameters);
          session.accept(hash, nonce, returned, hmac);
        }
      }
    }
    sessions.end();
    boolean encrypted = secure.isPresent() && (attributes & Authorization.ENCRYPT) != 0;
    if (!encrypted) {
      return parameters;
    }
    new ResponseReader(parameters.toArray()).sized(parameters.length());
    return first(parameters, secure.get()::decryptResponse);
  }

  private static void requireEmpty(Bytes hmac) throws TpmException {
    if (!hmac.isEmpty()) {
      throw ResponseReader.malformed("an HMAC where there is no secret");
    }
  }

  @FunctionalInterface
  private interface Crypt {
    Bytes apply(Bytes content);
  }

  /** Replaces the content of the sized buffer at the start; its length stays. */
  private static Bytes first(Bytes parameters, Crypt crypt) {
    int length = ((parameters.at(0) & 0xFF) << 8) | (parameters.at(1) & 0xFF);
    return Bytes.concat(
        parameters.slice(0, 2),
        crypt.apply(parameters.slice(2, 2 + length)),
        parameters.slice(2 + length, parameters.length()));
  }

  private static Bytes sized(Bytes content) {
    return Bytes.concat(
        Bytes.of(new byte[] {(byte) (content.length() >>> 8), (byte) content.length()}), content);
  }

  private static Bytes u32(int value) {
    return Bytes.of(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  private static Bytes sha256(Bytes... parts) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      for (Bytes part : parts) {
        hash.update(part.buffer());
      }
      return Bytes.of(hash.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java does not offer SHA-256", e);
    }
  }
}
