package dev.telltale.protocol.cbor;

import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import java.util.OptionalLong;

/**
 * Walks the keys of a map whose keys are small unsigned integers. The decoder names the keys of its
 * format in ascending order; one that is absent and one that the format does not have are told
 * apart, and both are refused.
 */
public final class MapReader {
  private final CborReader in;
  private int unread;
  private OptionalLong ahead = OptionalLong.empty();

  private MapReader(CborReader in, int entries) {
    this.in = in;
    this.unread = entries;
  }

  public static MapReader open(CborReader in) throws MalformedException {
    return new MapReader(in, in.map(0, Limits.ELEMENTS));
  }

  /** Demands this key; its value is read next, from the reader returned. */
  public CborReader key(int number) throws MalformedException {
    if (!has(number)) {
      Check check =
          ahead.isPresent() && ahead.getAsLong() < number
              ? Check.FORM_UNKNOWN_KEY
              : Check.FORM_MISSING_KEY;
      throw in.malformed(check, "key " + number + " is demanded here");
    }
    ahead = OptionalLong.empty();
    return in;
  }

  /** Whether this key comes next; its value is then read after {@link #key}. */
  public boolean has(int number) throws MalformedException {
    if (ahead.isEmpty() && unread > 0) {
      ahead = OptionalLong.of(in.uint());
      unread--;
    }
    return ahead.isPresent() && ahead.getAsLong() == number;
  }

  /** Demands that the map has no further key. */
  public void end() throws MalformedException {
    if (has(-1) || ahead.isPresent()) {
      throw in.malformed(Check.FORM_UNKNOWN_KEY, "key " + ahead.getAsLong() + " is not known");
    }
  }
}
