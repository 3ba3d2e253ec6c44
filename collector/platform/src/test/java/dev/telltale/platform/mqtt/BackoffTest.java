package dev.telltale.platform.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(6);

  /** Draws the largest number every time. */
  private static final RandomGenerator LARGEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return -1;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  @Test
  void doublesItsCeilingUpToTheLongest() {
    Backoff backoff = new Backoff(FIRST, LONGEST, LARGEST);
    int[] seconds = {1, 2, 4, 6, 6, 6};
    for (int expected : seconds) {
      assertEquals(Duration.ofSeconds(expected), backoff.next());
    }
    backoff.reset();
    assertEquals(FIRST, backoff.next());
  }

  @Test
  void spreadsOverTheWholeRange() {
    Random random = new Random(1);
    long below = 0;
    for (int i = 0; i < 1_000; i++) {
      Duration wait = new Backoff(FIRST, LONGEST, random).next();
      assertTrue(!wait.isNegative() && wait.compareTo(FIRST) <= 0, wait.toString());
      below += wait.compareTo(FIRST.dividedBy(2)) < 0 ? 1 : 0;
    }
    assertTrue(below > 400 && below < 600, below + " of 1000 in the lower half");
  }

  @Test
  void refusesAnEmptyRange() {
    assertThrows(IllegalArgumentException.class, () -> new Backoff(LONGEST, FIRST, LARGEST));
    assertThrows(IllegalArgumentException.class, () -> new Backoff(Duration.ZERO, FIRST, LARGEST));
  }
}
