/**
 * From a reading to a closed envelope: {@link dev.telltale.agent.envelope.Encryptor} seals each
 * reading under a content secret that exists in memory only, {@link
 * dev.telltale.agent.envelope.Closer} has manifests over what is stored quoted and closed.
 */
@NullMarked
package dev.telltale.agent.envelope;

import org.jspecify.annotations.NullMarked;
