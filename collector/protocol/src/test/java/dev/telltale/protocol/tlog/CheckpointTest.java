package dev.telltale.protocol.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final String ROOT = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final Digest ZEROS = Digest.of(new byte[32]);

  @Test
  void readsBackWhatItWrites() throws MalformedException {
    for (long size : new long[] {0, 1, 10, 5_310_204, Long.MAX_VALUE}) {
      Checkpoint checkpoint = new Checkpoint("telltale.example.org/north", size, ZEROS);
      assertEquals("telltale.example.org/north\n" + size + "\n" + ROOT + "\n", checkpoint.text());
      assertEquals(checkpoint, Checkpoint.parse(checkpoint.text()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "origin\n7\n" + ROOT,
        "origin\n7\n" + ROOT + "\n\n",
        "origin\n7\n" + ROOT + "\nextension\n",
        "origin\n7\n",
        "\n7\n" + ROOT + "\n",
        "or igin\n7\n" + ROOT + "\n",
        "or+igin\n7\n" + ROOT + "\n",
        "origin\n07\n" + ROOT + "\n",
        "origin\n+7\n" + ROOT + "\n",
        "origin\n-7\n" + ROOT + "\n",
        "origin\n7 \n" + ROOT + "\n",
        "origin\n\n" + ROOT + "\n",
        "origin\n0x7\n" + ROOT + "\n",
        "origin\n\u0667\n" + ROOT + "\n",
        "origin\n9223372036854775808\n" + ROOT + "\n",
        "origin\n10000000000000000000\n" + ROOT + "\n",
        "origin\n7\nAAAA\n",
        "origin\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
        "origin\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
        "origin\n7\n" + ROOT + ROOT + "\n"
      })
  void refusesAnotherForm(String text) {
    assertEquals(
        Check.CHECKPOINT_FORM,
        assertThrows(MalformedException.class, () -> Checkpoint.parse(text)).check());
  }
}
