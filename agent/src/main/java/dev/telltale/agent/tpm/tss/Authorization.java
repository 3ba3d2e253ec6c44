package dev.telltale.agent.tpm.tss;

import dev.telltale.protocol.Bytes;

/** One entry of the authorization area of a command (Part 1, 19). */
sealed interface Authorization permits Authorization.Password, PolicySession, SecureSession {
  /** TPMA_SESSION: the session lives on after the command. */
  int CONTINUE = 0x01;

  /** TPMA_SESSION: the first parameter of the command is encrypted. */
  int DECRYPT = 0x20;

  /** TPMA_SESSION: the first parameter of the answer is encrypted. */
  int ENCRYPT = 0x40;

  /** Proof of an authValue by showing it. All of ours are empty. */
  record Password() implements Authorization {
    static final int HANDLE = 0x40000009;

    /** Handle, empty nonce, attributes, empty password. */
    static final Bytes ENTRY = Bytes.hex("40000009" + "0000" + "01" + "0000");
  }

  Password EMPTY = new Password();
}
