package dev.telltale.protocol;

/** What the sender of a refused message does next (design 2.3). */
public enum Code {
  HOLD(1),
  REWIND(2),
  LOG(3),
  WITHDRAW(4);

  private final int number;

  Code(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
