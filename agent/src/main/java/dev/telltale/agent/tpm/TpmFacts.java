package dev.telltale.agent.tpm;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.tss.CapabilityCommands;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a person wants to know about a TPM (Part 2, TPM_PT).
 *
 * @param manufacturer four letters of the TCG vendor registry, without padding
 * @param firmware as the chip numbers it; quotes carry the same number
 * @param lockedOut whether dictionary attack protection refuses passwords at the moment
 * @param lockoutCounter failures counted so far; a rise is an alarm
 */
public record TpmFacts(String manufacturer, long firmware, boolean lockedOut, int lockoutCounter) {
  private static final int MANUFACTURER = 0x105;
  private static final int FIRMWARE_1 = 0x10B;
  private static final int FIRMWARE_2 = 0x10C;
  private static final int PERMANENT = 0x200;
  private static final int LOCKOUT_COUNTER = 0x20E;
  private static final int IN_LOCKOUT = 1 << 9;

  public static TpmFacts of(TpmContext context) throws TpmException {
    return context.call(commands -> {
      CapabilityCommands ask = commands.capabilities();
      return new TpmFacts(
          letters(property(ask, MANUFACTURER)),
          (long) property(ask, FIRMWARE_1) << 32
              | Integer.toUnsignedLong(property(ask, FIRMWARE_2)),
          (property(ask, PERMANENT) & IN_LOCKOUT) != 0,
          property(ask, LOCKOUT_COUNTER));
    });
  }

  private static int property(CapabilityCommands ask, int tag) throws TpmException {
    return ask.property(tag).orElse(0);
  }

  private static String letters(int number) {
    byte[] letters = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    return new String(letters, StandardCharsets.US_ASCII).replaceAll("[^\\x21-\\x7E]", "");
  }
}
