/**
 * The cryptography of the formats: P-256 keys and ECDSA, COSE_Sign1 (RFC 9052), HPKE (RFC 9180) and
 * the suites that seal readings.
 *
 * <p>The form of what a peer sent is checked here, before any provider sees it: providers differ in
 * how strict they are. Every engine comes from {@link dev.telltale.protocol.crypto.Providers}.
 */
@NullMarked
package dev.telltale.protocol.crypto;

import org.jspecify.annotations.NullMarked;
