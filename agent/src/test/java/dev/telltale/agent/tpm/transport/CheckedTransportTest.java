package dev.telltale.agent.tpm.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedTransportTest {
  private static final int STARTUP = 0x144;
  private static final int GET_RANDOM = 0x17B;
  private static final byte[] COMMAND =
      ByteBuffer.allocate(12)
          .putShort((short) 0x8001)
          .putInt(12)
          .putInt(GET_RANDOM)
          .putShort((short) 8)
          .array();

  private final List<Duration> pauses = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {0x80280400, 0x000A0000, 0x400, 0x000B0143, 0x18B, 0x921, 0x80000000})
  void everyCodeButZeroIsAnError(int raw) {
    TpmTransport transport = transport(new ScriptedChannel(raw), true);

    TpmException.Refused refused =
        assertThrows(TpmException.Refused.class, () -> transport.transmit(COMMAND, minute()));

    assertEquals(raw, refused.code().raw());
    assertEquals(List.of(), pauses);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x922, 0x908, 0x90A})
  void aBusyTpmIsAskedTenTimesMoreAndNoMore(int raw) {
    ScriptedChannel channel = new ScriptedChannel(raw);
    TpmTransport transport = transport(channel, false);

    TpmException.Refused refused =
        assertThrows(TpmException.Refused.class, () -> transport.transmit(COMMAND, minute()));

    assertEquals(raw, refused.code().raw());
    assertEquals(11, channel.commandCodes.size());
    assertEquals(Duration.ofMillis(10), pauses.getFirst());
    assertEquals(Duration.ofMillis(5120), pauses.getLast());
  }

  @Test
  void wornMemoryGetsSecondsOfRest() throws TpmException {
    ScriptedChannel channel = new ScriptedChannel(0x920, 0x923, 0);
    transport(channel, false).transmit(COMMAND, minute());

    assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)), pauses);
  }

  @Test
  void repetitionsEndWithTheDeadline() {
    ScriptedChannel channel = new ScriptedChannel(0x922);
    TpmTransport transport = transport(channel, false);
    Deadline soon = Deadline.in(Duration.ofMillis(25));

    assertThrows(TpmException.Refused.class, () -> transport.transmit(COMMAND, soon));

    assertEquals(true, channel.commandCodes.size() <= 3, () -> "asked " + channel.commandCodes);
  }

  @Test
  void startupIsSentOnceAfterAResetAndTheCommandAgain() throws TpmException {
    ScriptedChannel channel = new ScriptedChannel(0x100, 0, 0);
    transport(channel, true).transmit(COMMAND, minute());

    assertEquals(List.of(GET_RANDOM, STARTUP, GET_RANDOM), channel.commandCodes);
  }

  @Test
  void aTpmThatNeverStartsIsAnErrorAndNotALoop() {
    ScriptedChannel channel = new ScriptedChannel(0x100);
    TpmTransport transport = transport(channel, true);

    assertThrows(TpmException.Refused.class, () -> transport.transmit(COMMAND, minute()));
    assertEquals(List.of(GET_RANDOM, STARTUP, GET_RANDOM), channel.commandCodes);
  }

  @Test
  void startupIsTheKernelsBusinessOnADevice() {
    ScriptedChannel channel = new ScriptedChannel(0x100, 0, 0);
    TpmTransport transport = transport(channel, false);

    assertThrows(TpmException.Refused.class, () -> transport.transmit(COMMAND, minute()));
    assertEquals(List.of(GET_RANDOM), channel.commandCodes);
  }

  @Test
  void nothingIsSentOnAConnectionThatWasGivenUp() {
    AtomicInteger commands = new AtomicInteger();
    RawChannel hung =
        new RawChannel() {
          @Override
          public byte[] exchange(byte[] command, Deadline deadline) throws TpmException {
            commands.incrementAndGet();
            throw new TpmException.TimedOut("hung");
          }

          @Override
          public boolean alive() {
            return true;
          }

          @Override
          public void close() {}
        };
    TpmTransport transport = transport(hung, false);
    assertThrows(TpmException.TimedOut.class, () -> transport.transmit(COMMAND, minute()));
    assertEquals(false, transport.alive());
    assertThrows(TpmException.Unavailable.class, () -> transport.transmit(COMMAND, minute()));
    assertEquals(1, commands.get());
  }

  private TpmTransport transport(RawChannel channel, boolean startsTpm) {
    return new CheckedTransport(channel, startsTpm, pauses::add);
  }

  private static Deadline minute() {
    return Deadline.in(Duration.ofMinutes(1));
  }
}
