package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;

/**
 * The retained message on topic {@code state}, unsigned: it changes displays and hints, nothing
 * else.
 *
 * @param size of the newest checkpoint the device has verified
 */
public record DeviceStatus(boolean online, long size, Digest root) {
  private static final int KIND = 1;
  private static final int LONGEST = 64;

  public DeviceStatus {
    Fields.requireNumber(size, "tree size");
  }

  public Bytes encode() {
    return new CborWriter()
        .array(4)
        .uint(KIND)
        .uint(online ? 1 : 0)
        .uint(size)
        .bytes(root.value())
        .toBytes();
  }

  public static DeviceStatus decode(Bytes encoded) throws MalformedException {
    CborReader in = Fields.open(encoded, LONGEST);
    in.array(4, 4);
    Fields.kind(in, KIND);
    DeviceStatus status =
        new DeviceStatus(in.uint(0, 1) == 1, Fields.number(in), Fields.digest(in));
    in.end();
    return status;
  }
}
