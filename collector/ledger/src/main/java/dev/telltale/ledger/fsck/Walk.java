package dev.telltale.ledger.fsck;

import dev.telltale.ledger.fsck.Finding.Grade;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.tlog.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes through all segments, grows the tree, and compares it with what the journal says. */
final class Walk {
  private static final int LEAF_LIMIT = 65_535;
  private static final int ATTACHMENT_LIMIT = 3 << 20;
  private static final int TEXT_LIMIT = 255;

  private final List<Finding> findings = new ArrayList<>();
  private final Frontier frontier = new Frontier();
  private final Optional<Checkpoint> checkpoint;
  private final Optional<String> origin;
  private final EntryCheck entryCheck;

  /** What the last closing record was found to say rightly. */
  private long closedSize;

  private Digest closedRoot = frontier.root();
  private long lastTime;
  private boolean checkpointMet;

  /** Set once entries are missing: from then on no root can be computed. */
  private boolean broken;

  Walk(Optional<Checkpoint> checkpoint, Optional<String> origin, EntryCheck entryCheck) {
    this.entryCheck = entryCheck;
    this.checkpoint = checkpoint;
    this.origin = origin;
    meetCheckpoint(new Place("checkpoint", 0));
  }

  private record Place(String file, long offset) {}

  private void fault(Place place, String detail) {
    findings.add(new Finding(Grade.FAULT, place.file(), place.offset(), detail));
  }

  private void note(Place place, String detail) {
    findings.add(new Finding(Grade.NOTE, place.file(), place.offset(), detail));
  }

  void segment(SegmentFile file, long expectedBase, boolean last) {
    if (file.base() != expectedBase) {
      fault(new Place(file.name(), 0), "a segment that begins at " + expectedBase + " is missing");
      broken = true;
    }
    if (!file.headerIntact()) {
      fault(new Place(file.name(), 0), "the header of the segment is damaged");
      broken = true;
      return;
    }
    int offset = SegmentFile.HEADER;
    boolean headMarked = false;
    for (Optional<SegmentFile.Frame> f = file.frame(offset);
        f.isPresent();
        f = file.frame(offset)) {
      SegmentFile.Frame frame = f.get();
      record(new Place(file.name(), offset), frame, frame.end() <= file.headLength());
      offset = frame.end();
      headMarked |= offset == file.headLength() && frame.kind() == SegmentFile.MARK;
    }
    if (!headMarked) {
      fault(new Place(file.name(), file.headLength()), "the head of the segment has no mark");
    }
    end(file, offset, last);
  }

  private void end(SegmentFile file, int offset, boolean last) {
    Place place = new Place(file.name(), offset);
    boolean durable = !last || offset < file.headLength() || file.markedFrom(offset);
    if (offset < file.size() && durable) {
      fault(place, "a record that had been durable is damaged");
      broken = true;
    } else if (offset < file.size()) {
      note(place, (file.size() - offset) + " bytes of a write that was never acknowledged");
    }
    if (!broken && frontier.size() > closedSize) {
      String detail = (frontier.size() - closedSize) + " entries of a batch that is not closed";
      if (last) {
        note(place, detail);
      } else {
        fault(place, detail);
      }
    }
  }

  private void record(Place place, SegmentFile.Frame frame, boolean inHead) {
    try {
      if (inHead != (frame.kind() == SegmentFile.HEAD) && frame.kind() != SegmentFile.MARK) {
        fault(place, "a record of kind " + frame.kind() + " where none belongs");
      }
      CborReader in = new CborReader(frame.payload());
      switch (frame.kind()) {
        case SegmentFile.HEAD -> head(place, in);
        case SegmentFile.ENTRY -> entry(place, in);
        case SegmentFile.CLOSING -> closing(place, in);
        default -> mark(place, frame.payload());
      }
    } catch (MalformedException e) {
      fault(place, "malformed record: " + e.check() + ", " + e.getMessage());
      broken = true;
    }
  }

  private void head(Place place, CborReader in) throws MalformedException {
    in.array(4, 4);
    in.uint(1, 1);
    String name = in.text(TEXT_LIMIT);
    long size = in.uint();
    Digest root = new Digest(in.bytes(Digest.LENGTH));
    in.end();
    if (origin.isPresent() && !origin.get().equals(name)) {
      fault(place, "this is the journal of " + name);
    }
    compare(place, size, root);
  }

  private void entry(Place place, CborReader in) throws MalformedException {
    in.array(2, 2);
    Bytes leaf = in.bytes(1, LEAF_LIMIT);
    Bytes attachment = in.bytes(0, ATTACHMENT_LIMIT);
    in.end();
    if (!broken) {
      long index = frontier.size();
      entryCheck
          .fault(index, leaf, attachment)
          .ifPresent(what -> fault(place, "entry " + index + ": " + what));
    }
    frontier.add(leaf);
    meetCheckpoint(place);
  }

  private void closing(Place place, CborReader in) throws MalformedException {
    in.array(4, 4);
    in.uint(1, 1);
    long size = in.uint();
    Digest root = new Digest(in.bytes(Digest.LENGTH));
    long time = in.uint();
    in.end();
    if (size == closedSize) {
      fault(place, "an empty batch");
    }
    if (time < lastTime) {
      fault(place, "a batch older than the one before");
    }
    lastTime = time;
    compare(place, size, root);
    closedSize = frontier.size();
    closedRoot = frontier.root();
  }

  private void mark(Place place, Bytes payload) {
    if (!payload.isEmpty()) {
      fault(place, "a mark with content");
    }
  }

  private void compare(Place place, long size, Digest root) {
    if (broken) {
      return;
    }
    if (size != frontier.size()) {
      fault(place, "says " + size + " entries where there are " + frontier.size());
    } else if (!root.equals(frontier.root())) {
      fault(place, "the entries do not lead to the root recorded for size " + size);
    }
  }

  private void meetCheckpoint(Place place) {
    if (broken || checkpoint.isEmpty() || checkpoint.get().size() != frontier.size()) {
      return;
    }
    checkpointMet = checkpoint.get().root().equals(frontier.root());
    if (!checkpointMet) {
      fault(place, "contradicts the checkpoint signed at size " + frontier.size());
    }
  }

  Report report(long segments, List<Finding> before) {
    if (checkpoint.isPresent() && !broken && checkpoint.get().size() > closedSize) {
      long size = checkpoint.get().size();
      fault(
          new Place("checkpoint", 0),
          "signed at size " + size + ", but the journal has only " + closedSize + " entries");
    }
    List<Finding> all = new ArrayList<>(before);
    all.addAll(findings);
    Optional<Long> met = checkpointMet ? checkpoint.map(Checkpoint::size) : Optional.empty();
    return new Report(segments, closedSize, closedRoot, met, all);
  }
}
