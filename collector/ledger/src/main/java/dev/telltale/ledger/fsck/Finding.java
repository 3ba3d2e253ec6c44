package dev.telltale.ledger.fsck;

/** One thing found: where, and what. A note is what a power cut may leave; a fault is not. */
public record Finding(Grade grade, String file, long offset, String detail) {
  public enum Grade {
    NOTE,
    FAULT
  }

  /** One line, for people. */
  @Override
  public String toString() {
    String place = file + ", byte " + offset + ": " + detail;
    return switch (grade) {
      case NOTE -> "note   " + place;
      case FAULT -> "FAULT  " + place;
    };
  }
}
