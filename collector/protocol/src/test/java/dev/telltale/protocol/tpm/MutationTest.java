package dev.telltale.protocol.tpm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, a parser returns or refuses with its own checks; nothing else is thrown. */
class MutationTest {
  private interface Parser {
    Object parse(Bytes bytes) throws MalformedException;
  }

  /** Counts what was refused, and fails for a check that is not among those allowed. */
  private static int refused(Parser parser, Set<Check> allowed, Bytes mutant) {
    try {
      parser.parse(mutant);
      return 0;
    } catch (MalformedException e) {
      assertTrue(allowed.contains(e.check()), e.check().text());
      return 1;
    }
  }

  private static int flipEveryBit(Parser parser, Set<Check> allowed, Bytes whole) {
    int refused = 0;
    for (int bit = 0; bit < whole.length() * Byte.SIZE; bit++) {
      byte[] mutant = whole.toArray();
      mutant[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      refused += refused(parser, allowed, Bytes.of(mutant));
    }
    return refused;
  }

  private static int noise(Parser parser, Set<Check> allowed, Bytes whole) {
    Random random = new Random(1);
    int refused = 0;
    for (int round = 0; round < 2_000; round++) {
      byte[] mutant = whole.toArray();
      for (int i = random.nextInt(8); i >= 0; i--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      }
      int end = random.nextInt(4) == 0 ? random.nextInt(mutant.length) : mutant.length;
      refused += refused(parser, allowed, Bytes.of(mutant).slice(0, end));
    }
    return refused;
  }

  @Test
  void attestations() {
    Set<Check> allowed = Set.of(Check.QUOTE_MAGIC, Check.QUOTE_TYPE, Check.QUOTE_FORM);
    for (Bytes whole : List.of(CapturedTpm.QUOTE, CapturedTpm.CERTIFY)) {
      assertTrue(flipEveryBit(TpmsAttest::parse, allowed, whole) > 48);
      assertTrue(noise(TpmsAttest::parse, allowed, whole) > 0);
    }
  }

  @Test
  void publicAreas() {
    Set<Check> allowed = Set.of(Check.TPM_PUBLIC);
    for (Bytes whole :
        List.of(CapturedTpm.AK_PUBLIC, CapturedTpm.EK_ECC_PUBLIC, CapturedTpm.EK_RSA_PUBLIC)) {
      assertTrue(flipEveryBit(TpmtPublic::parse, allowed, whole) > 32);
      assertTrue(noise(TpmtPublic::parse, allowed, whole) > 0);
    }
  }

  @Test
  void signatures() {
    Set<Check> allowed = Set.of(Check.QUOTE_SCHEME, Check.TPM_SIGNATURE);
    assertTrue(flipEveryBit(TpmtSignature::parse, allowed, CapturedTpm.QUOTE_SIGNATURE) >= 32);
    assertTrue(noise(TpmtSignature::parse, allowed, CapturedTpm.QUOTE_SIGNATURE) > 0);
  }
}
