package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.crypto.PublicPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** The fields that several formats share, each read in one way. */
final class Fields {
  static final int VERSION = 1;

  private static final int SUITES = 2;

  private Fields() {}

  static CborReader open(Bytes encoded, int most) throws MalformedException {
    if (encoded.length() > most) {
      throw new MalformedException(
          Check.FORM_SIZE, most, encoded.length() + " bytes, allowed are " + most);
    }
    return new CborReader(encoded);
  }

  static void version(CborReader in) throws MalformedException {
    demand(in, VERSION, Check.FORM_VERSION);
  }

  /** Both suites have numbers; which of them a program speaks, it decides itself. */
  static int suite(CborReader in) throws MalformedException {
    int at = in.position();
    long suite = in.uint();
    if (suite < 1 || suite > SUITES) {
      throw new MalformedException(Check.FORM_SUITE, at, "suite " + suite);
    }
    return (int) suite;
  }

  /** The first element of an array message. */
  static void kind(CborReader in, int kind) throws MalformedException {
    demand(in, kind, Check.FORM_KIND);
  }

  private static void demand(CborReader in, int value, Check check) throws MalformedException {
    int at = in.position();
    long found = in.uint();
    if (found != value) {
      throw new MalformedException(check, at, found + " where " + value + " is demanded");
    }
  }

  /** The constant with the number that is read. */
  static <E extends Enum<E>> E constant(
      CborReader in, E[] all, ToIntFunction<E> number, Check check) throws MalformedException {
    int at = in.position();
    long found = in.uint();
    for (E constant : all) {
      if (number.applyAsInt(constant) == found) {
        return constant;
      }
    }
    throw new MalformedException(check, at, "no meaning for " + found);
  }

  static long number(CborReader in) throws MalformedException {
    return in.uint(0, Limits.NUMBER);
  }

  static long fromOne(CborReader in) throws MalformedException {
    return in.uint(1, Limits.NUMBER);
  }

  static Digest digest(CborReader in) throws MalformedException {
    return new Digest(in.bytes(Digest.LENGTH));
  }

  static DeviceId device(CborReader in) throws MalformedException {
    return new DeviceId(in.bytes(DeviceId.LENGTH));
  }

  static PublicPoint point(CborReader in) throws MalformedException {
    int at = in.position();
    Bytes value = in.bytes(PublicPoint.LENGTH);
    try {
      return PublicPoint.parse(value);
    } catch (MalformedException e) {
      throw new MalformedException(e.check(), at, "not a point of P-256");
    }
  }

  /** Text of one byte at least. */
  static String text(CborReader in, int most) throws MalformedException {
    int at = in.position();
    String text = in.text(most);
    if (text.isEmpty()) {
      throw new MalformedException(Check.FORM_SIZE, at, "empty text");
    }
    return text;
  }

  static List<Digest> path(CborReader in) throws MalformedException {
    int hashes = in.array(0, Limits.PROOF_HASHES);
    List<Digest> path = new ArrayList<>(hashes);
    for (int i = 0; i < hashes; i++) {
      path.add(digest(in));
    }
    return path;
  }

  static void path(CborWriter out, List<Digest> path) {
    out.array(path.size());
    path.forEach(hash -> out.bytes(hash.value()));
  }

  static List<Bytes> list(CborReader in, int most, int eachLeast, int eachMost)
      throws MalformedException {
    int elements = in.array(0, most);
    List<Bytes> list = new ArrayList<>(elements);
    for (int i = 0; i < elements; i++) {
      list.add(in.bytes(eachLeast, eachMost));
    }
    return list;
  }

  static void list(CborWriter out, List<Bytes> list) {
    out.array(list.size());
    list.forEach(out::bytes);
  }

  /** Small numbers, ascending, each once, one at least. */
  static List<Integer> ascending(CborReader in, int least, int most) throws MalformedException {
    int elements = in.array(1, Limits.ALTERNATIVES);
    List<Integer> list = new ArrayList<>(elements);
    int last = Integer.MIN_VALUE;
    for (int i = 0; i < elements; i++) {
      int at = in.position();
      int next = (int) in.uint(least, most);
      if (next <= last) {
        throw new MalformedException(Check.FORM_ORDER, at, next + " after " + last);
      }
      list.add(next);
      last = next;
    }
    return list;
  }

  static void ascending(CborWriter out, List<Integer> list) {
    out.array(list.size());
    list.forEach(out::uint);
  }

  static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException(what);
    }
  }

  static void requireNumber(long value, String name) {
    require(value >= 0 && value <= Limits.NUMBER, name + " out of range: " + value);
  }

  static void requireFromOne(long value, String name) {
    require(value >= 1 && value <= Limits.NUMBER, name + " out of range: " + value);
  }

  static void requireSuite(int suite) {
    require(suite >= 1 && suite <= SUITES, "suite " + suite);
  }

  static void requireBytes(Bytes value, int least, int most, String name) {
    require(
        value.length() >= least && value.length() <= most,
        name + " has " + value.length() + " bytes");
  }

  static void requireText(String text, int least, int most, String name) {
    int length = Bytes.utf8(text).length();
    require(
        length >= least && length <= most && text.chars().noneMatch(Character::isISOControl),
        name + " is not " + least + ".." + most + " bytes of printable text");
  }

  static void requireAscending(List<Integer> list, int least, int most, String name) {
    require(!list.isEmpty() && list.size() <= Limits.ALTERNATIVES, name + " count");
    for (int i = 0; i < list.size(); i++) {
      int value = list.get(i);
      require(value >= least && value <= most, name + " out of range: " + value);
      require(i == 0 || list.get(i - 1) < value, name + " out of order");
    }
  }
}
