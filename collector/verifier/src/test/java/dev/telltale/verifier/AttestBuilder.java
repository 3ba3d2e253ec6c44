package dev.telltale.verifier;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.tpm.ClockInfo;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.PcrValues;
import java.nio.ByteBuffer;

/** TPMS_ATTEST of a quote, field by field (TPM 2.0 Part 2, 10.12), so that each can be wrong. */
public final class AttestBuilder {
  private static final Bytes QUOTE = Bytes.hex("ff5443478018");

  private Bytes head = QUOTE;
  private Bytes signer;
  private Bytes extraData;
  private ClockInfo clock = new ClockInfo(5_000_000, 3, 1, true);
  private long firmware = 0x0007_0055_0011_0000L;
  private Bytes selection;
  private Bytes digest;

  public AttestBuilder(Bytes signer, Digest qualifyingData, PcrValues values) {
    this.signer = signer;
    this.extraData = qualifyingData.value();
    this.selection = values.selection().marshalled();
    this.digest = values.digest().value();
  }

  public AttestBuilder head(String hex) {
    head = Bytes.hex(hex);
    return this;
  }

  public AttestBuilder signer(Bytes name) {
    signer = name;
    return this;
  }

  public AttestBuilder extraData(Bytes data) {
    extraData = data;
    return this;
  }

  public AttestBuilder clock(ClockInfo read) {
    clock = read;
    return this;
  }

  public AttestBuilder firmware(long version) {
    firmware = version;
    return this;
  }

  public AttestBuilder selection(PcrSelection quoted) {
    selection = quoted.marshalled();
    return this;
  }

  public AttestBuilder digest(Digest quoted) {
    digest = quoted.value();
    return this;
  }

  public Bytes build() {
    ByteBuffer fixed =
        ByteBuffer.allocate(25)
            .putLong(clock.clock())
            .putInt((int) clock.resetCount())
            .putInt((int) clock.restartCount())
            .put((byte) (clock.safe() ? 1 : 0))
            .putLong(firmware);
    return Bytes.concat(
        head, sized(signer), sized(extraData), Bytes.of(fixed.array()), selection, sized(digest));
  }

  static Bytes sized(Bytes content) {
    return Bytes.concat(Bytes.of(new byte[] {0, (byte) content.length()}), content);
  }
}
