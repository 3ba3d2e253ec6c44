package dev.telltale.protocol.reading;

/** What the driver thinks of a reading. */
public enum Quality {
  GOOD(0),
  SUSPECT(1),
  /** The sensor gave no value; the reading says so and carries none. */
  NO_VALUE(2);

  private final int number;

  Quality(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  static Quality numbered(long number) {
    for (Quality quality : values()) {
      if (quality.number == number) {
        return quality;
      }
    }
    throw new IllegalArgumentException("quality " + number);
  }
}
