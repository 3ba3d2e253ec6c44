package dev.telltale.agent.tpm.tss;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.TpmName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tss.tpm.TPM_HANDLE;

/** Reading non-volatile indices, which is where manufacturers put certificates. */
public final class StorageCommands {
  /** Every TPM reads this much at once; many no more than 768. */
  private static final int CHUNK = 512;

  private static final int NO_SUCH_HANDLE = 0x18B;
  private static final int LARGEST_PUBLIC = 128;

  private final Dispatcher dispatcher;

  StorageCommands(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /**
   * The whole content of an index that authorizes its own reading; empty if there is no such index.
   *
   * @param most refused above this size, before anything is read
   */
  public Optional<Bytes> read(int index, int most) throws TpmException {
    Optional<Integer> size = size(index);
    if (size.isEmpty()) {
      return Optional.empty();
    }
    if (size.get() > most) {
      throw new TpmException.Unsuitable("NV index %08x has %d bytes".formatted(index, size.get()));
    }
    TPM_HANDLE handle = new TPM_HANDLE(index);
    List<Bytes> chunks = new ArrayList<>();
    for (int at = 0; at < size.get(); at += CHUNK) {
      int offset = at;
      int count = Math.min(CHUNK, size.get() - at);
      ResponseReader in =
          dispatcher
              .run(tpm -> tpm.NV_Read(handle, handle, count, offset), Authorization.EMPTY)
              .parameters();
      Bytes chunk = in.sized(CHUNK);
      in.end();
      if (chunk.length() != count) {
        throw ResponseReader.malformed("another amount of NV data than asked for");
      }
      chunks.add(chunk);
    }
    return Optional.of(Bytes.concat(chunks.toArray(Bytes[]::new)));
  }

  /** TPMS_NV_PUBLIC: index, name algorithm, attributes, policy, size. */
  private Optional<Integer> size(int index) throws TpmException {
    ResponseReader in;
    try {
      in = dispatcher.run(tpm -> tpm.NV_ReadPublic(new TPM_HANDLE(index))).parameters();
    } catch (TpmException.Refused e) {
      if (e.code().raw() == NO_SUCH_HANDLE) {
        return Optional.empty();
      }
      throw e;
    }
    ResponseReader area = new ResponseReader(in.sized(LARGEST_PUBLIC).toArray());
    in.sized(TpmName.LONGEST);
    in.end();
    area.raw(10);
    area.sized(64);
    int size = area.u16();
    area.end();
    return Optional.of(size);
  }
}
