package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.tpm.PcrValues;
import java.util.List;
import java.util.Optional;

/**
 * What a device uploads: readings, their wrapped secret, and the quote over the manifest that names
 * both ({@code spec/envelope.md}). Manifest and attest stay as they came; {@link Manifest#decode}
 * reads the one, {@code TpmsAttest} the other. Nothing here has been verified.
 *
 * @param log entries of the measurement log behind those the manifest before named
 */
public record Envelope(
    Bytes manifest,
    Bytes attest,
    Bytes signature,
    PcrValues values,
    EKey ekey,
    List<Bytes> ciphertexts,
    Optional<Bytes> log) {
  private static final int KIND = 1;

  /** The tag of the AEAD alone. */
  private static final int SHORTEST = 16;

  public Envelope {
    ciphertexts = List.copyOf(ciphertexts);
    Fields.requireBytes(manifest, 1, Limits.MANIFEST, "manifest");
    Fields.requireBytes(attest, 1, Limits.ATTEST, "attest");
    Fields.requireBytes(signature, Limits.SIGNATURE, Limits.SIGNATURE, "signature");
    Fields.require(ciphertexts.size() <= Limits.READINGS_PER_ENVELOPE, "too many ciphertexts");
    ciphertexts.forEach(
        each -> Fields.requireBytes(each, SHORTEST, Limits.CIPHERTEXT, "ciphertext"));
    log.ifPresent(
        entries -> Fields.requireBytes(entries, 1, Limits.MEASUREMENT_LOG, "measurement log"));
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().array(log.isPresent() ? 8 : 7).uint(KIND);
    out.bytes(manifest).bytes(attest).bytes(signature).encoded(values.encode());
    ekey.write(out);
    Fields.list(out, ciphertexts);
    log.ifPresent(out::bytes);
    return out.toBytes();
  }

  public static Envelope decode(Bytes message) throws MalformedException {
    CborReader in = Fields.open(message, Limits.MESSAGE);
    int elements = in.array(7, 8);
    Fields.kind(in, KIND);
    Envelope envelope =
        new Envelope(
            in.bytes(1, Limits.MANIFEST),
            in.bytes(1, Limits.ATTEST),
            in.bytes(Limits.SIGNATURE),
            PcrValues.read(in),
            EKey.read(in),
            Fields.list(in, Limits.READINGS_PER_ENVELOPE, SHORTEST, Limits.CIPHERTEXT),
            elements == 8 ? Optional.of(in.bytes(1, Limits.MEASUREMENT_LOG)) : Optional.empty());
    in.end();
    return envelope;
  }
}
