package dev.telltale.agent.outbox;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.PcrValues;

/** A quote over a manifest, and the register values it digests. */
public record Evidence(Bytes attest, Bytes signature, PcrValues values) {}
