package dev.telltale.protocol.message;

/** What of the device's software the reference values speak about. */
public enum Coverage {
  NONE(0, "none"),
  AGENT_ONLY(1, "agent only"),
  KERNEL_AND_AGENT(2, "kernel and agent"),
  BOOT_CHAIN(3, "boot chain");

  private final int number;
  private final String text;

  Coverage(int number, String text) {
    this.number = number;
    this.text = text;
  }

  public int number() {
    return number;
  }

  /** For a person. */
  public String text() {
    return text;
  }
}
