/**
 * The log on disk: entries in a journal, the tree over them, and signed checkpoints. No network, no
 * notion of devices.
 *
 * <p>The journal is the truth; the tree is rebuilt from it. An entry is a public leaf and a private
 * attachment. Entries come in batches; a batch counts only with its closing record, which holds the
 * size and root it leads to, and one force makes all of it durable before anybody is told. What
 * each force protects: {@code dev.telltale.platform.durable}. The layout: {@code
 * collector/protocol/spec/journal.md}.
 *
 * <p>A log must never sign two checkpoints that contradict each other. So the ledger refuses to
 * open when the journal does not lead to the roots it recorded, or falls short of the newest
 * checkpoint kept beside it: a restored backup and a lost tail both look like that.
 */
@NullMarked
package dev.telltale.ledger;

import org.jspecify.annotations.NullMarked;
