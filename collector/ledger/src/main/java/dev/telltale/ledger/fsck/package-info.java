/**
 * A second opinion on a journal. It reads the files by the layout in {@code
 * collector/protocol/spec/journal.md} and shares no code with what wrote them: a mistake in the
 * writer must not be repeated, and so hidden, here.
 *
 * <p>It writes nothing and takes no lock. Beside a running collector it may see the end of the last
 * batch half written, which it notes and does not call a fault.
 */
@NullMarked
package dev.telltale.ledger.fsck;

import org.jspecify.annotations.NullMarked;
