package dev.telltale.protocol.cbor;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Reads one deterministic CBOR item ({@code spec/cbor.md}; RFC 8949 section 4.2.1): shortest heads,
 * definite lengths, map keys ascending bytewise, no floats, no simple values, no tag unless {@link
 * #tag} asks for it, nothing after the end. Accepting means that re-encoding gives the same bytes.
 *
 * <p>A pull reader: the caller asks for the type the format demands next. Lengths are checked
 * against what is left before anything is allocated. Not thread-safe.
 */
public final class CborReader {
  private static final int UINT = 0;
  private static final int NEGATIVE = 1;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;

  /** Indexed by major type. */
  private static final List<Kind> KINDS = List.of(Kind.values());

  private final Bytes input;
  private final ArrayDeque<Frame> open = new ArrayDeque<>();
  private int position;
  private int itemStart;

  /** A tag has been read and its item has not. */
  private boolean tagged;

  public CborReader(Bytes input) {
    this.input = input;
  }

  /** One open container: how many items are still to come, and the last key of a map. */
  private static final class Frame {
    private final boolean map;
    private int remaining;
    private Bytes lastKey = Bytes.EMPTY;

    private Frame(boolean map, int remaining) {
      this.map = map;
      this.remaining = remaining;
    }

    private boolean atKey() {
      return map && remaining % 2 == 0;
    }
  }

  /** What comes next, without reading it. */
  public enum Kind {
    UINT,
    NEGATIVE,
    BYTES,
    TEXT,
    ARRAY,
    MAP,
    TAG,
    OTHER
  }

  public Kind peek() throws MalformedException {
    if (position >= input.length()) {
      throw new MalformedException(Check.FORM_TRUNCATED, position, "an item is missing");
    }
    return KINDS.get((input.at(position) & 0xE0) >>> 5);
  }

  public int position() {
    return position;
  }

  /** Starts an array; returns its number of elements, within {@code least} and {@code most}. */
  public int array(int least, int most) throws MalformedException {
    int size = count(head(ARRAY), least, most, 1);
    push(false, size);
    return size;
  }

  /**
   * Starts a map; returns its number of entries. Keys then come by {@link #uint} or {@link #text}.
   */
  public int map(int least, int most) throws MalformedException {
    int size = count(head(MAP), least, most, 2);
    push(true, 2 * size);
    return size;
  }

  /** An unsigned integer below 2^63. */
  public long uint() throws MalformedException {
    long value = head(UINT);
    endItem();
    return value;
  }

  public long uint(long least, long most) throws MalformedException {
    long value = uint();
    if (value < least || value > most) {
      throw malformed(Check.FORM_RANGE, value + " is outside " + least + ".." + most);
    }
    return value;
  }

  /** A signed integer that fits 64 bits. */
  public long integer() throws MalformedException {
    if (peek() == Kind.UINT) {
      return uint();
    }
    long value = -1 - head(NEGATIVE);
    endItem();
    return value;
  }

  public Bytes bytes(int least, int most) throws MalformedException {
    Bytes value = content(head(BYTES), least, most);
    endItem();
    return value;
  }

  public Bytes bytes(int exactly) throws MalformedException {
    return bytes(exactly, exactly);
  }

  /** UTF-8 text of at most {@code most} bytes without control characters. */
  public String text(int most) throws MalformedException {
    Bytes raw = content(head(TEXT), 0, most);
    String value;
    try {
      value =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(raw.toArray()))
              .toString();
    } catch (CharacterCodingException e) {
      throw malformed(Check.FORM_TEXT, "text is not UTF-8");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw malformed(Check.FORM_TEXT, "text has a control character");
    }
    endItem();
    return value;
  }

  /** Demands this tag; the tagged item follows and is read by the caller. */
  public void tag(long number) throws MalformedException {
    if (peek() != Kind.TAG) {
      throw new MalformedException(Check.FORM_TAG, position, "tag " + number + " is missing");
    }
    if (head(TAG) != number) {
      throw malformed(Check.FORM_TAG, "another tag than " + number);
    }
    if (atKey()) {
      throw malformed(Check.FORM_TAG, "a tag on a map key");
    }
    tagged = true;
  }

  /** Demands that the item, and so the input, is complete. */
  public void end() throws MalformedException {
    if (!open.isEmpty() || tagged) {
      throw new IllegalStateException("an item is still open: a decoder read too little");
    }
    if (position != input.length()) {
      throw new MalformedException(
          Check.FORM_TRAILING, position, (input.length() - position) + " bytes after the end");
    }
  }

  /** Whether all items of all containers have been read. */
  public boolean complete() {
    return open.isEmpty();
  }

  /** A fault of the item whose head was read last. */
  public MalformedException malformed(Check check, String detail) {
    return new MalformedException(check, itemStart, detail);
  }

  private long head(int major) throws MalformedException {
    itemStart = position;
    tagged = false;
    if (position >= input.length()) {
      throw malformed(Check.FORM_TRUNCATED, "an item is missing");
    }
    int first = input.at(position) & 0xFF;
    int found = first >>> 5;
    int info = first & 0x1F;
    if (found != major) {
      throw wrongType(found, info, major);
    }
    if (info == 31) {
      throw malformed(Check.FORM_INDEFINITE, "indefinite length");
    }
    if (info > 27) {
      throw malformed(Check.FORM_TYPE, "reserved additional information " + info);
    }
    position++;
    return info < 24 ? info : argument(1 << (info - 24));
  }

  private MalformedException wrongType(int found, int info, int wanted) {
    if (found == 7 && info >= 25 && info <= 27) {
      return malformed(Check.FORM_FLOAT, "a floating-point number");
    }
    if (found == TAG) {
      return malformed(Check.FORM_TAG, "a tag where none is allowed");
    }
    return malformed(Check.FORM_TYPE, "major type " + found + " where " + wanted + " is demanded");
  }

  private long argument(int width) throws MalformedException {
    if (input.length() - position < width) {
      throw malformed(Check.FORM_TRUNCATED, "a head is cut short");
    }
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = (value << 8) | (input.at(position + i) & 0xFF);
    }
    if (value < 0) {
      throw malformed(Check.FORM_RANGE, "a number of 2^63 or more");
    }
    long least = width == 1 ? 24 : 1L << (width * 4);
    if (value < least) {
      throw malformed(Check.FORM_SHORTEST, value + " in " + width + " bytes");
    }
    position += width;
    return value;
  }

  private int count(long announced, int least, int most, int itemsEach) throws MalformedException {
    if (announced > most || announced > Limits.ELEMENTS) {
      throw malformed(Check.FORM_SIZE, announced + " elements, at most " + most + " are allowed");
    }
    if (announced < least) {
      throw malformed(Check.FORM_SIZE, announced + " elements, at least " + least + " are needed");
    }
    if (announced * itemsEach > input.length() - position) {
      throw malformed(Check.FORM_TRUNCATED, announced + " elements announced, fewer bytes left");
    }
    return (int) announced;
  }

  private Bytes content(long length, int least, int most) throws MalformedException {
    if (length > most || length < least) {
      throw malformed(Check.FORM_SIZE, length + " bytes, allowed are " + least + ".." + most);
    }
    if (length > input.length() - position) {
      throw malformed(Check.FORM_TRUNCATED, length + " bytes announced, fewer left");
    }
    Bytes value = input.slice(position, position + (int) length);
    position += (int) length;
    return value;
  }

  private void push(boolean map, int items) throws MalformedException {
    if (atKey()) {
      throw malformed(Check.FORM_TYPE, "a container as a map key");
    }
    if (open.size() == Limits.DEPTH) {
      throw malformed(Check.FORM_DEPTH, "more than " + Limits.DEPTH + " containers deep");
    }
    open.push(new Frame(map, items));
    closeFullContainers();
  }

  private boolean atKey() {
    return !open.isEmpty() && open.peek().atKey();
  }

  private void endItem() throws MalformedException {
    if (open.isEmpty()) {
      return;
    }
    Frame frame = open.peek();
    if (frame.atKey()) {
      Bytes key = input.slice(itemStart, position);
      int order = frame.lastKey.compareTo(key);
      if (order == 0) {
        throw malformed(Check.FORM_DUPLICATE, "a map key twice");
      }
      if (order > 0) {
        throw malformed(Check.FORM_UNSORTED, "map keys out of order");
      }
      frame.lastKey = key;
    }
    frame.remaining--;
    closeFullContainers();
  }

  /** A container that is complete is itself one finished item of the container around it. */
  private void closeFullContainers() {
    while (!open.isEmpty() && open.peek().remaining == 0) {
      open.pop();
      if (!open.isEmpty()) {
        open.peek().remaining--;
      }
    }
  }
}
