package dev.telltale.verifier;

import dev.telltale.protocol.Check;

/**
 * Why evidence is not what it claims to be.
 *
 * @param detail expected and actual, for a person
 */
public record Contradiction(Check check, String detail) {
  static Contradiction of(Check check, Object expected, Object actual) {
    return new Contradiction(check, "expected " + expected + ", found " + actual);
  }
}
