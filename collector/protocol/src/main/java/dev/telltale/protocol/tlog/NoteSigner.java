package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Bytes;

/** A key that signs notes, wherever it is kept. */
public interface NoteSigner {
  VerifierKey key();

  /** The signature over the UTF-8 of the text, which ends in a newline. */
  Bytes sign(String text);
}
