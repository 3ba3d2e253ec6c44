package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;

/** A P-256 key that signs messages, wherever it lives. Implementations are thread-safe. */
public interface MessageSigner {
  PublicPoint publicKey();

  /** ECDSA with SHA-256 over these bytes: r‖s, 64 bytes. */
  Bytes sign(Bytes toBeSigned);
}
