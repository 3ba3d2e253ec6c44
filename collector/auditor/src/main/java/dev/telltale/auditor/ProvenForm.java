package dev.telltale.auditor;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.Bundle;

/** The file is a bundle; nothing in it is believed yet. */
record ProvenForm(Bundle bundle, int size) implements Proven {
  static ProvenForm check(Bytes file) throws MalformedException {
    return new ProvenForm(Bundle.decode(file), file.length());
  }

  @Override
  public String sentence() {
    return "a bundle of %s bytes".formatted(Words.number(size));
  }
}
