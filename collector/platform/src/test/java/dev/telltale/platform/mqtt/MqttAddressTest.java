package dev.telltale.platform.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MqttAddressTest {
  @Test
  void readsHostAndPort() {
    assertEquals(
        new MqttAddress("telltale.example.org", 8883),
        MqttAddress.parse("mqtts://telltale.example.org"));
    assertEquals(new MqttAddress("localhost", 1), MqttAddress.parse("mqtts://localhost:1"));
    assertEquals(new MqttAddress("::1", 9), MqttAddress.parse("mqtts://[::1]:9"));
  }

  @Test
  void isWrittenAsItIsRead() {
    for (String text : List.of("mqtts://a.example:8883", "mqtts://[::1]:9")) {
      assertEquals(text, MqttAddress.parse(text).toString());
    }
  }

  @Test
  void takesNothingElse() {
    List<String> others =
        List.of(
            "",
            "host",
            "mqtt://host",
            "mqtts:host",
            "mqtts://",
            "mqtts://host:0",
            "mqtts://host:65536",
            "mqtts://user@host",
            "mqtts://host/path",
            "mqtts://host?x",
            "mqtts://host#x",
            "mqtts://ho st");
    for (String text : others) {
      assertThrows(IllegalArgumentException.class, () -> MqttAddress.parse(text), text);
    }
  }
}
