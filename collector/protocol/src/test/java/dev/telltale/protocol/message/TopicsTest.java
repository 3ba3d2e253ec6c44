package dev.telltale.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicsTest {
  private static final String DEVICE = "000102030405060708090a0b0c0d0e0f";

  @Test
  void everyChannelIsTakenApartAsItWasBuilt() {
    assertEquals(
        Optional.of(new Topics.Up(Samples.DEVICE, Topics.Channel.JOIN)),
        Topics.parseUp(Topics.join(Samples.DEVICE)));
    assertEquals(
        Optional.of(new Topics.Up(Samples.DEVICE, Topics.Channel.ENV)),
        Topics.parseUp(Topics.env(Samples.DEVICE)));
    assertEquals(
        Optional.of(new Topics.Up(Samples.DEVICE, Topics.Channel.STATE)),
        Topics.parseUp(Topics.state(Samples.DEVICE)));
    assertEquals("telltale/1/up/" + DEVICE + "/env", Topics.env(Samples.DEVICE));
    assertEquals("telltale/1/dn/" + DEVICE + "/answer", Topics.answer(Samples.DEVICE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "telltale/1/up/" + DEVICE,
        "telltale/1/up/" + DEVICE + "/other",
        "telltale/1/up/" + DEVICE + "/env/",
        "telltale/1/up/" + DEVICE + "/env\n",
        "telltale/2/up/" + DEVICE + "/env",
        "telltale/1/dn/" + DEVICE + "/answer",
        "telltale/1/up/000102030405060708090A0B0C0D0E0F/env",
        "telltale/1/up/" + DEVICE + "00/env",
        "/telltale/1/up/" + DEVICE + "/env"
      })
  void anotherTopicIsNoDevices(String topic) {
    assertEquals(Optional.empty(), Topics.parseUp(topic));
  }
}
