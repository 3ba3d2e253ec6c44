package dev.telltale.platform.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConnackTest {
  private static final HexFormat HEX = HexFormat.of();

  private static String tamed(String hex) throws IOException {
    byte[] body = HEX.parseHex(hex);
    Connack.tame(body);
    return HEX.formatHex(body);
  }

  @Test
  void takesTopicAliasesAway() throws IOException {
    assertEquals("0000" + "03" + "220000", tamed("0000" + "03" + "22000a"));
  }

  @Test
  void bringsLimitsBelowTheirSignBit() throws IOException {
    assertEquals("0000" + "03" + "217fff", tamed("0000" + "03" + "218000"));
    assertEquals("0000" + "03" + "217fff", tamed("0000" + "03" + "217fff"));
    assertEquals("0000" + "03" + "210014", tamed("0000" + "03" + "210014"));
    assertEquals("0000" + "05" + "277fffffff", tamed("0000" + "05" + "27ffffffff"));
    assertEquals("0000" + "05" + "2700110000", tamed("0000" + "05" + "2700110000"));
  }

  @Test
  void stepsOverEveryOtherProperty() throws IOException {
    String others =
        "1100000001" // session expiry
            + "12000161" // assigned client identifier
            + "13003c" // server keep alive
            + "15000161" // authentication method
            + "160003000102" // authentication data
            + "1a0000" // response information
            + "1c000161" // server reference
            + "1f000161" // reason string
            + "2401" // maximum QoS
            + "2501" // retain available
            + "2600016100022222" // user property
            + "2801" // wildcard subscriptions
            + "2901" // subscription identifiers
            + "2a01"; // shared subscriptions
    String length = HEX.toHexDigits((byte) (others.length() / 2 + 3));
    assertEquals("0100" + length + others + "220000", tamed("0100" + length + others + "220001"));
  }

  @Test
  void refusesWhatIsNoConnack() {
    List<String> malformed =
        List.of(
            "",
            "0000",
            "000001",
            "00000022000a",
            "00000122",
            "0000022200",
            "0000027f00",
            "0000041f000361",
            "0000ffffffff7f",
            "0000ffffffffff");
    for (String hex : malformed) {
      assertThrows(IOException.class, () -> tamed(hex), hex);
    }
  }
}
