package dev.telltale.verifier;

import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;

/**
 * Why evidence is not what it claims to be.
 *
 * @param detail expected and actual, for a person
 */
public record Contradiction(Check check, String detail) {
  /** What a decoder found. */
  public static Contradiction of(MalformedException found) {
    return new Contradiction(found.check(), String.valueOf(found.getMessage()));
  }

  static Contradiction of(Check check, Object expected, Object actual) {
    return new Contradiction(check, "expected " + expected + ", found " + actual);
  }
}
