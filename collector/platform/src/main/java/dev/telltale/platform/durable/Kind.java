package dev.telltale.platform.durable;

import java.util.Optional;

/** What a record of a log is. */
public enum Kind {
  /** Written with the segment, before anything else in it: what makes it readable by itself. */
  HEAD(1),
  RECORD(2),
  /** Ends a batch: with {@link SegmentLog.Mode#BATCHES} nothing counts that none follows. */
  CLOSING(3);

  private final int code;

  Kind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Optional<Kind> of(int code) {
    return switch (code) {
      case 1 -> Optional.of(HEAD);
      case 2 -> Optional.of(RECORD);
      case 3 -> Optional.of(CLOSING);
      default -> Optional.empty();
    };
  }
}
