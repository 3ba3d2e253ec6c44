/**
 * What survives a power cut, and why. Two things are built on it: the agent's outbox and the
 * collector's journal.
 *
 * <p>The rules of the disk: content is durable after a force of the file, a name after a sync of
 * the directory. Whatever was not made durable may be there after a cut, or not, or in part, in any
 * order. After a failed force the system may go on showing bytes that will never reach the disk,
 * and a second force may succeed without writing them.
 *
 * <p>What each step protects. {@code CrashTest} leaves out one after the other and fails unless
 * something is then lost.
 *
 * <table>
 * <caption>SegmentLog</caption>
 * <tr><td>force in sync</td><td>the records that were acknowledged</td></tr>
 * <tr><td>second force in seal (roll)</td><td>the length of a finished segment: its last mark was
 * written behind the first force, and the next segment begins where it ends</td></tr>
 * <tr><td>force in create (roll)</td><td>header and head, before the file gets a name under which
 * it counts</td></tr>
 * <tr><td>rename in create</td><td>a segment with half a head never has the name of one</td></tr>
 * <tr><td>directory sync in create</td><td>the segment itself, before records in it are
 * acknowledged</td></tr>
 * <tr><td>directory sync in list (open)</td><td>names that an earlier program gave and did not live
 * to sync</td></tr>
 * <tr><td>force in repair (open)</td><td>what opening found, before it is acted upon; and the
 * cutting of torn frames, which could otherwise come back behind new ones</td></tr>
 * <tr><td>directory sync after each deletion</td><td>that what remains has no hole</td></tr>
 * <tr><td>rename and directory sync in setAside</td><td>that a damaged segment is not met again
 * after its loss has been reported</td></tr>
 * </table>
 *
 * <table>
 * <caption>DurableFile</caption>
 * <tr><td>force</td><td>the new content, before it takes the place of the old</td></tr>
 * <tr><td>rename</td><td>there is no moment with neither</td></tr>
 * <tr><td>directory sync in replace</td><td>that the new content is there after its return</td></tr>
 * <tr><td>directory sync in read</td><td>what is read, if the program that wrote it did not live to
 * sync its name</td></tr>
 * </table>
 *
 * <p>A segment begins with the header of {@code SegmentHeader} and goes on with frames of {@code
 * Frame}: records, and marks. A mark is written behind a successful force and says that everything
 * before it is durable. So a damaged frame with a mark behind it is damage, which is reported and
 * never cut; one without is the torn end of what nobody was told of. The mark itself is not forced:
 * if the power goes before the system has written it, damage to the very last batch is taken for a
 * torn end. Whoever needs to know better keeps the length elsewhere, as the ledger does with its
 * checkpoint. The full layout is in {@code collector/protocol/spec/journal.md}.
 */
@NullMarked
package dev.telltale.platform.durable;

import org.jspecify.annotations.NullMarked;
