package dev.telltale.agent.tpm.tss;

import dev.telltale.agent.tpm.transport.TpmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tss.tpm.TPM_CAP;

/** What the TPM is and holds. */
public final class CapabilityCommands {
  private static final int CAP_HANDLES = 1;
  private static final int CAP_PROPERTIES = 6;

  /** What one answer can hold of either (Part 2, MAX_CAP_HANDLES and below). */
  private static final int MOST = 254;

  private static final int PERSISTENT = 0x81000000;
  private static final int TRANSIENT = 0x80000000;
  private static final int LOADED_SESSION = 0x02000000;
  private static final int SAVED_SESSION = 0x03000000;

  private final Dispatcher dispatcher;

  CapabilityCommands(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /** Handles of the type of {@code first}, from it on, in rising order. */
  public List<Integer> handles(int first) throws TpmException {
    List<Integer> all = new ArrayList<>();
    boolean more = true;
    while (more) {
      int from = all.isEmpty() ? first : all.getLast() + 1;
      ResponseReader in =
          dispatcher.run(tpm -> tpm.GetCapability(TPM_CAP.HANDLES, from, MOST)).parameters();
      more = in.u8() != 0;
      requireCapability(in, CAP_HANDLES);
      List<Integer> some = in.list(MOST, ResponseReader::u32);
      in.end();
      if (more && (some.isEmpty() || Integer.compareUnsigned(some.getLast(), from) < 0)) {
        throw ResponseReader.malformed("a list of handles without end");
      }
      all.addAll(some);
    }
    return List.copyOf(all);
  }

  public List<Integer> persistentHandles() throws TpmException {
    return handles(PERSISTENT);
  }

  /**
   * Frees what a client before us left in the few slots. Only where there is no resource manager,
   * and only while nobody else uses the TPM.
   */
  public void flushLeaked() throws TpmException {
    for (int type : List.of(TRANSIENT, LOADED_SESSION, SAVED_SESSION)) {
      for (int handle : handles(type)) {
        dispatcher.flush(handle);
      }
    }
  }

  /** One fixed or variable property (Part 2, TPM_PT); empty if this TPM does not have it. */
  public Optional<Integer> property(int tag) throws TpmException {
    ResponseReader in =
        dispatcher.run(tpm -> tpm.GetCapability(TPM_CAP.TPM_PROPERTIES, tag, 1)).parameters();
    in.u8();
    requireCapability(in, CAP_PROPERTIES);
    record Property(int tag, int value) {}
    List<Property> found = in.list(MOST, p -> new Property(p.u32(), p.u32()));
    in.end();
    return found.stream().filter(p -> p.tag() == tag).map(Property::value).findFirst();
  }

  private static void requireCapability(ResponseReader in, int wanted) throws TpmException {
    int found = in.u32();
    if (found != wanted) {
      throw ResponseReader.malformed(
          "capability " + HexFormat.of().toHexDigits(found) + " instead of " + wanted);
    }
  }
}
