package dev.telltale.protocol.reading;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one pack. Keys come ascending, so each field is set at most once. */
final class ReadingDecoder {
  private static final int MAX_KEY = 16;

  private final CborReader reader;
  private Optional<String> name = Optional.empty();
  private String unit = "";
  private Optional<BigDecimal> value = Optional.empty();
  private OptionalLong time = OptionalLong.empty();
  private Optional<Quality> quality = Optional.empty();

  ReadingDecoder(Bytes pack) {
    reader = new CborReader(pack);
  }

  Reading decode() throws MalformedException {
    reader.array(1, 1);
    int entries = reader.map(0, MAX_KEY);
    for (int i = 0; i < entries; i++) {
      if (reader.peek() == CborReader.Kind.TEXT) {
        textKey(reader.text(MAX_KEY));
      } else {
        integerKey(reader.integer());
      }
    }
    reader.end();
    if (name.isEmpty() || time.isEmpty() || quality.isEmpty()) {
      throw reader.malformed(Check.FORM_MISSING_KEY, "name, time or quality is missing");
    }
    if (value.isPresent() == (quality.get() == Quality.NO_VALUE)) {
      throw reader.malformed(Check.FORM_MISSING_KEY, "value and quality contradict each other");
    }
    return new Reading(name.get(), time.getAsLong(), value, unit, quality.get());
  }

  private void textKey(String key) throws MalformedException {
    if (!key.equals(Reading.KEY_QUALITY)) {
      throw reader.malformed(Check.FORM_UNKNOWN_KEY, "key " + key);
    }
    quality = Optional.of(Quality.numbered(reader.uint(0, Quality.NO_VALUE.number())));
  }

  private void integerKey(long key) throws MalformedException {
    if (key == Reading.KEY_NAME) {
      name = Optional.of(name());
    } else if (key == Reading.KEY_UNIT) {
      unit = unit();
    } else if (key == Reading.KEY_VALUE) {
      value = Optional.of(value());
    } else if (key == Reading.KEY_TIME) {
      time = OptionalLong.of(time());
    } else {
      throw reader.malformed(Check.FORM_UNKNOWN_KEY, "key " + key);
    }
  }

  private String name() throws MalformedException {
    String text = reader.text(Reading.MAX_NAME);
    if (!Reading.isName(text)) {
      throw reader.malformed(Check.FORM_TEXT, "not a SenML name");
    }
    return text;
  }

  /** An empty unit is an absent key: one form of each thing. */
  private String unit() throws MalformedException {
    String text = reader.text(Reading.MAX_UNIT);
    if (text.isEmpty() || !Reading.isUnit(text)) {
      throw reader.malformed(Check.FORM_TEXT, "not a unit");
    }
    return text;
  }

  private BigDecimal value() throws MalformedException {
    if (reader.peek() != CborReader.Kind.TAG) {
      return BigDecimal.valueOf(reader.integer());
    }
    reader.tag(Reading.DECIMAL);
    reader.array(2, 2);
    long exponent = reader.integer();
    if (exponent < -Reading.MAX_SCALE || exponent > -1) {
      throw reader.malformed(Check.FORM_RANGE, "exponent " + exponent);
    }
    return BigDecimal.valueOf(reader.integer(), (int) -exponent);
  }

  private long time() throws MalformedException {
    reader.tag(Reading.DECIMAL);
    reader.array(2, 2);
    if (reader.integer() != Reading.MILLIS) {
      throw reader.malformed(Check.FORM_RANGE, "a time that is not in milliseconds");
    }
    return reader.uint(Reading.EARLIEST, Long.MAX_VALUE);
  }
}
