package dev.telltale.collector.commit;

import dev.telltale.protocol.Check;
import dev.telltale.protocol.Code;
import java.time.Duration;

/**
 * Why something does not get in, and what its sender does next.
 *
 * @param detail expected and actual, for a person; travels to the device
 */
public record Refused(Code code, Check check, String detail, Duration retryAfter) {
  private static final int LONGEST_TEXT = 480;
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LATER = Duration.ofSeconds(30);

  /** The device keeps everything and asks again: what may pass later. */
  public static Refused hold(Check check, String detail) {
    return new Refused(Code.HOLD, check, detail, LATER);
  }

  /**
   * For the device: details quote what a peer sent, so without control characters and never longer
   * than a refusal holds.
   */
  public String text() {
    String clean = (check.meaning() + ": " + detail).replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() <= LONGEST_TEXT ? clean : clean.substring(0, LONGEST_TEXT) + "...";
  }

  /** Nothing is wrong with the message; there is too much at once. */
  public static Refused overload() {
    return new Refused(Code.HOLD, Check.DEVICE_OVERLOAD, "too much in flight", SOON);
  }

  /** The device is shown where we are and goes on from there. */
  static Refused rewind(Check check, String detail) {
    return new Refused(Code.REWIND, check, detail, Duration.ZERO);
  }
}
