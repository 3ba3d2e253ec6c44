package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Bytes;

/** One signature line of a note; of which type it is only the key knows. */
public record NoteSignature(String name, Bytes keyId, Bytes signature) {
  static final int KEY_ID_LENGTH = 4;

  public NoteSignature {
    KeyNames.require(name);
    if (keyId.length() != KEY_ID_LENGTH || signature.isEmpty()) {
      throw new IllegalArgumentException("a signature line has a key id and a signature");
    }
  }

  /** Whether name and id, both, are those of the key. */
  boolean isOf(VerifierKey key) {
    return name.equals(key.name()) && keyId.equals(key.id());
  }

  /** The line with its final newline. */
  String line() {
    return SignedNote.DASH
        + name
        + " "
        + StrictBase64.encode(Bytes.concat(keyId, signature))
        + "\n";
  }
}
