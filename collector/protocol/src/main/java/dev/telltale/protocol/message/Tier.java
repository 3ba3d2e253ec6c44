package dev.telltale.protocol.message;

/** The attestation results that are ever committed, by their AR4SI numbers. */
public enum Tier {
  AFFIRMING(2),
  WARNING(32);

  private final int number;

  Tier(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
