package dev.telltale.agent.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.telltale.protocol.Bytes;
import dev.telltale.tpmsim.junit.SimTpm;
import dev.telltale.tpmsim.junit.SimulatedTpm;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatedTpm.class)
class TpmRandomTest {
  /** An operating system that has just been copied with its pool. */
  private static final class Stuck extends SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) 7);
    }
  }

  @Test
  void bytesDifferEvenIfTheOperatingSystemRepeatsItself(SimTpm tpm) throws Exception {
    try (TpmContext context = TestTpm.open(tpm)) {
      EndorsementKey ek = new EndorsementKeys(context).preferred();
      TpmRandom random = new TpmRandom(context, new Stuck(), Optional.of(ek));
      Set<Bytes> seen = new HashSet<>();
      for (int i = 0; i < 10; i++) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        seen.add(Bytes.of(bytes));
      }
      assertEquals(10, seen.size());
    }
  }

  @Test
  void anyNumberOfBytesIsFilled(SimTpm tpm) throws Exception {
    try (TpmContext context = TestTpm.open(tpm)) {
      TpmRandom random = new TpmRandom(context, TestTpm.RANDOM, Optional.empty());
      for (int length : new int[] {0, 1, 33, 200, 1000}) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        for (int at = 0; at + 16 <= length; at += 16) {
          assertEquals(true, !Bytes.of(bytes, at, at + 16).equals(Bytes.of(new byte[16])));
        }
      }
    }
  }
}
