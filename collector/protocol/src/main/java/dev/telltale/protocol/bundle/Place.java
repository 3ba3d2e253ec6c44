package dev.telltale.protocol.bundle;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.tlog.Leaf;
import java.util.List;

/** Where an entry is in the log: what its leaf was salted with, its index, its inclusion path. */
public record Place(Bytes salt, long index, List<Digest> path) {
  public Place {
    path = List.copyOf(path);
    if (salt.length() != Leaf.SALT_LENGTH
        || index < 0
        || index > Limits.NUMBER
        || path.size() > Limits.PROOF_HASHES) {
      throw new IllegalArgumentException("salt, index or path out of bounds");
    }
  }

  void writeIndexAndPath(CborWriter out) {
    out.uint(index);
    Paths.write(out, path);
  }

  static Place read(CborReader in) throws MalformedException {
    return read(in, in.bytes(Leaf.SALT_LENGTH));
  }

  static Place read(CborReader in, Bytes salt) throws MalformedException {
    return new Place(salt, in.uint(0, Limits.NUMBER), Paths.read(in));
  }
}
