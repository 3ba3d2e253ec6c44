package dev.telltale.protocol;

/** Domain separation: {@code L("x")} is the text {@code telltale/1/x} and one zero byte. */
public enum Label {
  ACTIVATION("activation"),
  CHALLENGE("challenge"),
  CHECK("check"),
  EKEY("ekey"),
  ENROL("enrol"),
  ENVELOPE("envelope"),
  GAP("gap"),
  LEAF_ENROLMENT("leaf/enrolment"),
  LEAF_ENVELOPE("leaf/envelope"),
  LEAF_GAP("leaf/gap"),
  LEAF_STATEMENT("leaf/statement"),
  READING("reading"),
  READING_KEY("reading-key"),
  TLS("tls");

  private final Bytes bytes;

  Label(String name) {
    bytes = Bytes.concat(Bytes.utf8("telltale/1/" + name), Bytes.of(new byte[1]));
  }

  public Bytes bytes() {
    return bytes;
  }
}
