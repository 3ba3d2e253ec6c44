package dev.telltale.platform.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PacketInputTest {
  private static final int LARGEST = 1_024;

  private static PacketInput input(byte[] bytes) {
    return new PacketInput(new ByteArrayInputStream(bytes), LARGEST, new CountDownLatch(0));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @Test
  void passesPacketsOn() throws IOException {
    byte[] packets = hex("d000 40020001 200600000322000a d000");
    byte[] expected = hex("d000 40020001 2006000003220000 d000");
    assertArrayEquals(expected, input(packets).readAllBytes());
    PacketInput single = input(packets);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (int b = single.read(); b >= 0; b = single.read()) {
      read.write(b);
    }
    assertArrayEquals(expected, read.toByteArray());
  }

  @Test
  void endsBeforeAPacketIsAllocatedThatIsTooLarge() {
    assertThrows(IOException.class, () -> input(hex("30ffffff7f")).readAllBytes());
    assertThrows(IOException.class, () -> input(hex("30fe07")).read());
    assertThrows(IOException.class, () -> input(hex("30ffffffff01")).read());
  }

  @Test
  void takesAPacketOfExactlyTheLimit() throws IOException {
    byte[] packet = new byte[LARGEST];
    packet[0] = 0x30;
    packet[1] = (byte) 0xFD;
    packet[2] = 0x07;
    assertArrayEquals(packet, input(packet).readAllBytes());
  }

  @Test
  void saysThatAPacketWasCut() {
    assertThrows(EOFException.class, () -> input(hex("30")).readAllBytes());
    assertThrows(EOFException.class, () -> input(hex("3005 0001")).readAllBytes());
    assertThrows(EOFException.class, () -> input(hex("2006 0000")).readAllBytes());
  }

  @Test
  void showsNothingBeforeTheConnectWasWritten() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    PacketInput input = new PacketInput(new ByteArrayInputStream(hex("")), LARGEST, started);
    CompletableFuture<Integer> end = new CompletableFuture<>();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                end.complete(input.read());
              } catch (IOException e) {
                end.completeExceptionally(e);
              }
            });
    while (reader.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertFalse(end.isDone());
    started.countDown();
    assertEquals(-1, end.get(20, TimeUnit.SECONDS));
  }
}
