package dev.telltale.protocol.bundle;

import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import java.util.ArrayList;
import java.util.List;

/** Paths through trees, which occur everywhere in a bundle. */
final class Paths {
  private Paths() {}

  static void write(CborWriter out, List<Digest> path) {
    out.array(path.size());
    path.forEach(hash -> out.bytes(hash.value()));
  }

  static List<Digest> read(CborReader in) throws MalformedException {
    int hashes = in.array(0, Limits.PROOF_HASHES);
    List<Digest> path = new ArrayList<>(hashes);
    for (int i = 0; i < hashes; i++) {
      path.add(new Digest(in.bytes(Digest.LENGTH)));
    }
    return path;
  }
}
