package dev.telltale.platform.durable;

/** Where a log is not what was made durable: the segment, the first bad position, and how. */
public record Damage(long segment, long position, String detail) {
  @Override
  public String toString() {
    return "segment "
        + SegmentNames.segment(segment)
        + ", byte "
        + (position - segment)
        + ": "
        + detail;
  }
}
