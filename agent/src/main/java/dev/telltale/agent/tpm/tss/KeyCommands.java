package dev.telltale.agent.tpm.tss;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.TpmName;
import dev.telltale.protocol.tpm.TpmtPublic;
import dev.telltale.protocol.tpm.TpmtSignature;
import java.util.Arrays;
import java.util.Optional;
import tss.tpm.TPMS_NULL_SIG_SCHEME;
import tss.tpm.TPMS_PCR_SELECTION;
import tss.tpm.TPMS_SENSITIVE_CREATE;
import tss.tpm.TPMT_PUBLIC;
import tss.tpm.TPM_HANDLE;

/** Making, keeping and using keys of the endorsement hierarchy. */
public final class KeyCommands {
  private static final int NO_SUCH_HANDLE = 0x18B;
  private static final int LARGEST_AREA = 512;
  private static final byte[] NOTHING = {};

  private final Dispatcher dispatcher;

  KeyCommands(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /** A quote as the TPM made it; the signature as r and s, 64 bytes. */
  public record Quoted(Bytes attest, Bytes signature) {}

  /**
   * The same template gives the same key as long as the endorsement seed lives.
   *
   * @param template one of ours; it is read by TSS.Java, which must not see other people's bytes
   */
  public LoadedKey createPrimary(Bytes template) throws TpmException {
    TPMT_PUBLIC area = TPMT_PUBLIC.fromBytes(template.toArray());
    if (!Arrays.equals(area.toBytes(), template.toArray())) {
      throw new IllegalArgumentException("a template that TSS.Java does not give back as it was");
    }
    TPMS_SENSITIVE_CREATE sensitive = new TPMS_SENSITIVE_CREATE(NOTHING, NOTHING);
    TPMS_PCR_SELECTION[] none = {};
    Dispatcher.Response response =
        dispatcher.run(
            tpm -> tpm.CreatePrimary(TPM_HANDLE.ENDORSEMENT, sensitive, area, NOTHING, none),
            Authorization.EMPTY);
    Bytes made = response.parameters().sized(LARGEST_AREA);
    Optional<TpmtPublic> parsed = parse(made);
    if (parsed.isEmpty()) {
      dispatcher.flush(response.handle());
      throw new TpmException.Malformed("the TPM made a key of another kind than asked for");
    }
    return new LoadedKey(dispatcher, response.handle(), parsed.get());
  }

  /** The key at a persistent handle; empty if there is none, or none of a kind we use. */
  public Optional<LoadedKey> persistent(int handle) throws TpmException {
    ResponseReader in;
    try {
      in = dispatcher.run(tpm -> tpm.ReadPublic(new TPM_HANDLE(handle))).parameters();
    } catch (TpmException.Refused e) {
      if (e.code().raw() == NO_SUCH_HANDLE) {
        return Optional.empty();
      }
      throw e;
    }
    Optional<TpmtPublic> area = parse(in.sized(LARGEST_AREA));
    Bytes name = in.sized(TpmName.LONGEST);
    if (area.isPresent() && !area.get().name().equals(name)) {
      throw new TpmException.Tampered("the name of %08x is not that of its key".formatted(handle));
    }
    return area.map(a -> new LoadedKey(dispatcher, handle, a));
  }

  /** A persistent key somebody has seen before, without asking the TPM again. */
  public LoadedKey known(int handle, TpmtPublic area) {
    if (handle >>> 24 != 0x81) {
      throw new IllegalArgumentException("%08x is no persistent handle".formatted(handle));
    }
    return new LoadedKey(dispatcher, handle, area);
  }

  private static Optional<TpmtPublic> parse(Bytes area) {
    try {
      return Optional.of(TpmtPublic.parse(area));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /** Writes the key to the TPM's flash; the transient one stays loaded. */
  public void persist(LoadedKey key, int handle) throws TpmException {
    dispatcher
        .run(
            tpm -> tpm.EvictControl(TPM_HANDLE.OWNER, key.named(), new TPM_HANDLE(handle)),
            Authorization.EMPTY)
        .parameters()
        .end();
  }

  /** Removes a persistent key for good. */
  public void evict(LoadedKey key) throws TpmException {
    if (!key.persistent()) {
      throw new IllegalArgumentException("not a persistent key");
    }
    persist(key, key.handle());
  }

  /** Quotes with the scheme of the key. Exactly 32 bytes, which every chip takes. */
  public Quoted quote(LoadedKey key, Digest qualifyingData, PcrSelection selection)
      throws TpmException {
    TPMS_PCR_SELECTION[] registers = RegisterCommands.marshalled(selection);
    ResponseReader in =
        dispatcher
            .run(
                tpm ->
                    tpm.Quote(
                        key.named(),
                        qualifyingData.value().toArray(),
                        new TPMS_NULL_SIG_SCHEME(),
                        registers),
                Authorization.EMPTY)
            .parameters();
    Bytes attest = in.sized(Limits.ATTEST);
    try {
      return new Quoted(attest, TpmtSignature.parse(in.rest()).raw());
    } catch (MalformedException e) {
      throw new TpmException.Malformed("signature of a quote: " + e.getMessage());
    }
  }
}
