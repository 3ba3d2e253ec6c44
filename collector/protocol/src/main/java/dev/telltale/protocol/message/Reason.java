package dev.telltale.protocol.message;

import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;

/** Why readings between two manifests will not come (manifest key 16). */
public enum Reason {
  FULL(1),
  CORRUPT(2),
  REFUSED(3),
  REWOUND(4),
  NOT_STORED(5);

  private final int number;

  Reason(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  static Reason read(CborReader in) throws MalformedException {
    return Fields.constant(in, values(), Reason::number, Check.FORM_RANGE);
  }
}
