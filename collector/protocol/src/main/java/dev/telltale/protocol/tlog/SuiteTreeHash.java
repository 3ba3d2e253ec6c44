package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.Suite;

/** The trees over ciphertexts and reading keys: the suite's hash, the log's shape. */
public record SuiteTreeHash(Suite suite) implements TreeHash {
  private static final Bytes LEAF = Bytes.hex("00");
  private static final Bytes NODE = Bytes.hex("01");

  @Override
  public Digest leaf(Bytes... entry) {
    return suite.hash(LEAF, Bytes.concat(entry));
  }

  @Override
  public Digest node(Digest left, Digest right) {
    return suite.hash(NODE, left.value(), right.value());
  }

  @Override
  public Digest empty() {
    return suite.hash();
  }
}
