package dev.telltale.agent.enrolment;

import dev.telltale.agent.tpm.AttestationKey;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.PublicPoint;

/** What the machine itself sent and received: what a result has to be about. Hashes. */
record Sent(
    Bytes correlation,
    Digest hello,
    Digest activate,
    Digest proof,
    AttestationKey attestationKey,
    PublicPoint tls) {}
