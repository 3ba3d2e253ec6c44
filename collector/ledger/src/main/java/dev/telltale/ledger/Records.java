package dev.telltale.ledger;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import java.nio.ByteBuffer;

/** The three records of the journal ({@code spec/journal.md}). */
final class Records {
  private static final int VERSION = 1;
  private static final int ORIGIN_LIMIT = 255;
  private static final int ARRAY_OF_TWO = 0x82;
  private static final int BYTE_STRING = 0x40;

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

  /** Written straight into place: with thousands of entries in a batch, copies are what counts. */
  static byte[] encode(Entry entry) {
    byte[] leafHead = byteStringHead(entry.leaf().length());
    byte[] attachmentHead = byteStringHead(entry.attachment().length());
    int length =
        1
            + leafHead.length
            + entry.leaf().length()
            + attachmentHead.length
            + entry.attachment().length();
    return ByteBuffer.allocate(length)
        .put((byte) ARRAY_OF_TWO)
        .put(leafHead)
        .put(entry.leaf().buffer())
        .put(attachmentHead)
        .put(entry.attachment().buffer())
        .array();
  }

  private static byte[] byteStringHead(int length) {
    if (length < 24) {
      return new byte[] {(byte) (BYTE_STRING | length)};
    }
    if (length < 1 << 8) {
      return new byte[] {(byte) (BYTE_STRING | 24), (byte) length};
    }
    if (length < 1 << 16) {
      return new byte[] {(byte) (BYTE_STRING | 25), (byte) (length >>> 8), (byte) length};
    }
    return ByteBuffer.allocate(5).put((byte) (BYTE_STRING | 26)).putInt(length).array();
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
