package dev.telltale.protocol.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CborReaderTest {
  @Test
  void theDemandedTagIsTakenAndNoOther() throws MalformedException {
    CborReader reader = reader("d280");
    reader.tag(18);
    assertEquals(0, reader.array(0, 0));
    reader.end();

    assertFault(Check.FORM_TAG, 0, () -> reader("d180").tag(18));
    assertFault(Check.FORM_TAG, 0, () -> reader("80").tag(18));
    assertFault(Check.FORM_SHORTEST, 0, () -> reader("d81280").tag(24));
    assertFault(Check.FORM_TRUNCATED, 0, () -> reader("").tag(18));
  }

  @Test
  void aTagOnAMapKeyIsRefusedEvenWhenDemanded() throws MalformedException {
    CborReader reader = reader("a1c40000");
    reader.map(1, 1);

    assertFault(Check.FORM_TAG, 1, () -> reader.tag(4));
  }

  @Test
  void aTagWithoutAnItemIsCutShort() throws MalformedException {
    CborReader reader = reader("d2");
    reader.tag(18);

    assertThrows(IllegalStateException.class, reader::end);
    assertFault(Check.FORM_TRUNCATED, 1, () -> reader.array(4, 4));
  }

  @Test
  void boundsOfTheCallerHoldForEveryType() {
    assertFault(Check.FORM_SIZE, 0, () -> reader("820000").array(3, 3));
    assertFault(Check.FORM_SIZE, 0, () -> reader("820000").array(0, 1));
    assertFault(Check.FORM_SIZE, 0, () -> reader("a10000").map(2, 3));
    assertFault(Check.FORM_SIZE, 0, () -> reader("a10000").map(0, 0));
    assertFault(Check.FORM_SIZE, 0, () -> reader("4100").bytes(2));
    assertFault(Check.FORM_SIZE, 0, () -> reader("4100").bytes(2, 3));
    assertFault(Check.FORM_SIZE, 0, () -> reader("626161").text(1));
    assertFault(Check.FORM_RANGE, 0, () -> reader("05").uint(6, 9));
    assertFault(Check.FORM_RANGE, 0, () -> reader("05").uint(1, 4));
  }

  @Test
  void anotherTypeThanTheDemandedIsRefused() {
    assertFault(Check.FORM_TYPE, 0, () -> reader("20").uint());
    assertFault(Check.FORM_TYPE, 0, () -> reader("40").text(9));
    assertFault(Check.FORM_TYPE, 0, () -> reader("60").bytes(0, 9));
    assertFault(Check.FORM_TYPE, 0, () -> reader("a0").array(0, 9));
    assertFault(Check.FORM_TYPE, 0, () -> reader("80").map(0, 9));
    assertFault(Check.FORM_TYPE, 0, () -> reader("40").integer());
    assertFault(Check.FORM_TAG, 0, () -> reader("c100").uint());
  }

  @Test
  void aFaultIsFoundAtTheItemThatHasIt() throws MalformedException {
    CborReader reader = reader("8300f500");
    reader.array(3, 3);
    reader.uint();

    assertFault(Check.FORM_TYPE, 2, reader::uint);
    assertFault(Check.FORM_DUPLICATE, 3, () -> AnyItem.roundTrip(Bytes.hex("a201000101")));
    assertFault(Check.FORM_TRAILING, 1, () -> AnyItem.roundTrip(Bytes.hex("0000")));
    assertFault(Check.FORM_TEXT, 1, () -> AnyItem.roundTrip(Bytes.hex("8161ff")));
  }

  @Test
  void anOpenContainerIsNotTheEnd() throws MalformedException {
    CborReader reader = reader("820000");
    reader.array(2, 2);
    reader.uint();

    assertFalse(reader.complete());
    assertThrows(IllegalStateException.class, reader::end);
    reader.uint();
    assertTrue(reader.complete());
    reader.end();
  }

  @Test
  void theWriterRefusesWhatTheReaderWould() {
    CborWriter writer = new CborWriter();

    assertThrows(IllegalArgumentException.class, () -> writer.uint(-1));
    assertThrows(IllegalArgumentException.class, () -> writer.array(-1));
    assertThrows(IllegalArgumentException.class, () -> writer.map(-1));
    assertThrows(IllegalArgumentException.class, () -> writer.tag(-1));
    assertThrows(IllegalArgumentException.class, () -> writer.text("a\nb"));
    assertThrows(IllegalArgumentException.class, () -> writer.text("a\u0085"));
    assertThrows(IllegalArgumentException.class, () -> writer.text("\ud800"));
    assertTrue(writer.toBytes().isEmpty());
  }

  private static CborReader reader(String hex) {
    return new CborReader(Bytes.hex(hex));
  }

  private static void assertFault(Check check, int offset, Executable action) {
    MalformedException fault = assertThrows(MalformedException.class, action);
    assertEquals(check, fault.check(), fault.getMessage());
    assertEquals(offset, fault.offset(), fault.getMessage());
  }
}
