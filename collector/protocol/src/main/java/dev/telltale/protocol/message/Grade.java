package dev.telltale.protocol.message;

/** Why an endorsement key is believed to be that of a TPM. */
public enum Grade {
  MANUFACTURER(1, "manufacturer"),
  LISTED(2, "listed"),
  APPROVED(3, "approved"),
  SIMULATION(4, "simulation");

  private final int number;
  private final String text;

  Grade(int number, String text) {
    this.number = number;
    this.text = text;
  }

  public int number() {
    return number;
  }

  public String text() {
    return text;
  }
}
