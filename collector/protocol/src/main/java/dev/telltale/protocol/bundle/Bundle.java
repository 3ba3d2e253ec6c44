package dev.telltale.protocol.bundle;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.cbor.MapReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Everything a third party needs beside a trust file, in one file ({@code .tlb}).
 *
 * @param note one checkpoint, of a tree that contains every entry here
 * @param statements genesis, and the policy and reference set the verdict names; by index
 * @param readings those revealed, by item
 */
public record Bundle(
    Bytes note,
    List<BundledStatement> statements,
    BundledEnrolment enrolment,
    BundledEnvelope envelope,
    List<ShownReading> readings) {
  private static final int VERSION = 1;

  public Bundle {
    statements = List.copyOf(statements);
    readings = List.copyOf(readings);
    if (statements.isEmpty() || statements.size() > Limits.BUNDLE_STATEMENTS) {
      throw new IllegalArgumentException("number of statements: " + statements.size());
    }
    requireAscending(statements.stream().mapToLong(statement -> statement.place().index()));
    requireAscending(readings.stream().mapToLong(ShownReading::item));
  }

  private static void requireAscending(LongStream numbers) {
    long last = -1;
    for (long next : numbers.toArray()) {
      if (next <= last) {
        throw new IllegalArgumentException(next + " behind " + last);
      }
      last = next;
    }
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().map(6).uint(1).uint(VERSION).uint(2).bytes(note);
    out.uint(3).array(statements.size());
    statements.forEach(statement -> statement.write(out));
    enrolment.write(out.uint(4));
    envelope.write(out.uint(5));
    out.uint(6).array(readings.size());
    readings.forEach(reading -> reading.write(out));
    return out.toBytes();
  }

  public static Bundle decode(Bytes file) throws MalformedException {
    if (file.length() > Limits.BUNDLE) {
      throw new MalformedException(Check.FORM_SIZE, Limits.BUNDLE, file.length() + " bytes");
    }
    CborReader in = new CborReader(file);
    MapReader map = MapReader.open(in);
    version(map.key(1));
    Bundle bundle =
        new Bundle(
            map.key(2).bytes(1, Limits.NOTE),
            statements(map.key(3)),
            BundledEnrolment.read(map.key(4)),
            BundledEnvelope.read(map.key(5)),
            readings(map.key(6)));
    map.end();
    in.end();
    return bundle;
  }

  private static void version(CborReader in) throws MalformedException {
    int at = in.position();
    long version = in.uint();
    if (version != VERSION) {
      throw new MalformedException(Check.FORM_VERSION, at, "version " + version);
    }
  }

  private static List<BundledStatement> statements(CborReader in) throws MalformedException {
    int count = in.array(1, Limits.BUNDLE_STATEMENTS);
    List<BundledStatement> statements = new ArrayList<>(count);
    long last = -1;
    for (int i = 0; i < count; i++) {
      int at = in.position();
      BundledStatement next = BundledStatement.read(in);
      last = ascending(last, next.place().index(), at);
      statements.add(next);
    }
    return statements;
  }

  private static List<ShownReading> readings(CborReader in) throws MalformedException {
    int count = in.array(0, Limits.READINGS_PER_ENVELOPE);
    List<ShownReading> readings = new ArrayList<>(count);
    long last = -1;
    for (int i = 0; i < count; i++) {
      int at = in.position();
      ShownReading next = ShownReading.read(in);
      last = ascending(last, next.item(), at);
      readings.add(next);
    }
    return readings;
  }

  private static long ascending(long last, long next, int at) throws MalformedException {
    if (next <= last) {
      throw new MalformedException(Check.FORM_ORDER, at, next + " behind " + last);
    }
    return next;
  }
}
