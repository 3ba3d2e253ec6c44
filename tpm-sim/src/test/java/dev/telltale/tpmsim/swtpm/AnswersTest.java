package dev.telltale.tpmsim.swtpm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {
  @TempDir private Path directory = Path.of("");
  private int sockets;

  /** What one use of a connection does. */
  private interface Use<T> {
    void of(T connection) throws IOException;
  }

  private Path socket() {
    return directory.resolve("s" + sockets++);
  }

  private String controlRefusal(String answer, Use<SwtpmControl> use) throws IOException {
    Path path = socket();
    try (FakeSwtpm fake = new FakeSwtpm(path, answer);
        SwtpmControl control = SwtpmControl.open(fake.path())) {
      return message(() -> use.of(control));
    }
  }

  private String tpmRefusal(String answer, Use<RawTpm> use) throws IOException {
    Path path = socket();
    try (FakeSwtpm fake = new FakeSwtpm(path, answer);
        RawTpm tpm = RawTpm.open(fake.path())) {
      return message(() -> use.of(tpm));
    }
  }

  private static String message(Executable deed) {
    return String.valueOf(assertThrows(SwtpmException.class, deed).getMessage());
  }

  private static void stop(SwtpmControl control) throws IOException {
    control.stop();
  }

  private static void state(SwtpmControl control) throws IOException {
    control.state(SwtpmControl.State.VOLATILE);
  }

  private static void register(RawTpm tpm) throws IOException {
    tpm.register(0);
  }

  private static void extend(RawTpm tpm) throws IOException {
    tpm.extend(0, new byte[32]);
  }

  @Test
  void aControlResultOtherThanZeroIsAnError() throws Exception {
    assertEquals("swtpm refused \"stop\" with 0x9", controlRefusal("00000009", AnswersTest::stop));
  }

  @Test
  void aControlReplyThatEndsEarlyIsAnError() throws Exception {
    assertTrue(controlRefusal("0000", AnswersTest::stop).startsWith("swtpm closed"));
  }

  @Test
  void aStateOfImpossibleSizeIsNotRead() throws Exception {
    String size = "swtpm returned a state of impossible size";
    String good = "00000000" + "00000000";
    assertEquals(size, controlRefusal(good + "7fffffff" + "7fffffff", AnswersTest::state));
    assertEquals(size, controlRefusal(good + "00000004" + "00000005", AnswersTest::state));
    assertEquals(size, controlRefusal(good + "00000004" + "00000000", AnswersTest::state));
    assertEquals(size, controlRefusal(good + "00000004" + "ffffffff", AnswersTest::state));
    assertEquals(
        size,
        controlRefusal("00000000" + "00000002" + "00000001" + "00000001", AnswersTest::state));
  }

  @Test
  void aStateInOnePieceIsReturned() throws Exception {
    Path path = socket();
    try (FakeSwtpm fake =
            new FakeSwtpm(path, "00000000" + "00000001" + "00000002" + "00000002abcd");
        SwtpmControl control = SwtpmControl.open(fake.path())) {
      assertArrayEquals(
          HexFormat.of().parseHex("abcd"), control.state(SwtpmControl.State.PERMANENT));
    }
  }

  @Test
  void anAnswerWithAWrongHeaderIsNotRead() throws Exception {
    assertEquals(
        "the TPM answered with tag 0x8003",
        tpmRefusal("80030000000a00000000", AnswersTest::register));
    assertEquals(
        "the TPM announced an answer of 4097 bytes",
        tpmRefusal("80010000100100000000", AnswersTest::register));
    assertEquals(
        "the TPM announced an answer of 9 bytes",
        tpmRefusal("80010000000900000000", AnswersTest::register));
    assertEquals(
        "the TPM announced an answer of -1 bytes",
        tpmRefusal("8001ffffffff00000000", AnswersTest::register));
  }

  @Test
  void anyResponseCodeOtherThanZeroIsAnErrorUpperBitsIncluded() throws Exception {
    assertEquals(
        "the TPM refused TPM2_PCR_Read with 0x80280400",
        tpmRefusal("80010000000a80280400", AnswersTest::register));
  }

  @Test
  void anAnswerShorterThanItsFieldsIsAnError() throws Exception {
    assertEquals(
        "TPM2_PCR_Read: answer too short",
        tpmRefusal("80010000000e0000000000000001", AnswersTest::register));
    assertEquals(
        "TPM2_PCR_Extend: answer with a wrong parameter size",
        tpmRefusal("80020000000e00000000000000ff", AnswersTest::extend));
    assertEquals(
        "TPM2_PCR_Extend: answer with a wrong parameter size",
        tpmRefusal("80020000000a00000000", AnswersTest::extend));
  }

  @Test
  void silenceHasADeadline() throws Exception {
    Path path = socket();
    try (FakeSwtpm fake = new FakeSwtpm(path, "");
        RawTpm first = RawTpm.open(fake.path())) {
      assertTrue(RawTpm.openIfFree(path, Duration.ofMillis(20)).isEmpty(), first::toString);
    }
  }
}
