package dev.telltale.ledger;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;

/** The three records of the journal ({@code spec/journal.md}). */
final class Records {
  private static final int VERSION = 1;
  private static final int ORIGIN_LIMIT = 255;

  private Records() {}

  /** At the start of each segment: whose log this is, and what stands before. */
  record Head(String origin, long size, Digest root) {
    byte[] encode() {
      return new CborWriter()
          .array(4)
          .uint(VERSION)
          .text(origin)
          .uint(size)
          .bytes(root.value())
          .toBytes()
          .toArray();
    }

    static Head decode(byte[] encoded) throws MalformedException {
      CborReader in = new CborReader(Bytes.of(encoded));
      in.array(4, 4);
      version(in);
      Head head = new Head(in.text(ORIGIN_LIMIT), in.uint(), new Digest(in.bytes(Digest.LENGTH)));
      in.end();
      return head;
    }
  }

  /** At the end of each batch: what it led to, and when. */
  record Closing(long size, Digest root, long timeMillis) {
    byte[] encode() {
      return new CborWriter()
          .array(4)
          .uint(VERSION)
          .uint(size)
          .bytes(root.value())
          .uint(timeMillis)
          .toBytes()
          .toArray();
    }

    static Closing decode(byte[] encoded) throws MalformedException {
      CborReader in = new CborReader(Bytes.of(encoded));
      in.array(4, 4);
      version(in);
      Closing closing = new Closing(in.uint(), new Digest(in.bytes(Digest.LENGTH)), in.uint());
      in.end();
      return closing;
    }
  }

  static byte[] encode(Entry entry) {
    return new CborWriter()
        .array(2)
        .bytes(entry.leaf())
        .bytes(entry.attachment())
        .toBytes()
        .toArray();
  }

  static Entry entry(byte[] encoded) throws MalformedException {
    CborReader in = new CborReader(Bytes.of(encoded));
    in.array(2, 2);
    Entry entry = new Entry(in.bytes(1, Entry.LEAF_LIMIT), in.bytes(0, Entry.ATTACHMENT_LIMIT));
    in.end();
    return entry;
  }

  private static void version(CborReader in) throws MalformedException {
    if (in.uint() != VERSION) {
      throw in.malformed(Check.FORM_VERSION, "a record of another version");
    }
  }
}
