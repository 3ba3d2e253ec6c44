package dev.telltale.collector.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RefusalsTest {
  private static final DeviceId DEVICE = new DeviceId(Bytes.hex("1d".repeat(16)));

  private final Refusals refusals = new Refusals();

  private void refused(Check check, long sequence, long at) {
    refusals.refused(
        DEVICE, new Refusals.Waiting(Refused.hold(check, ""), sequence, at, Optional.empty()));
  }

  private Refusals.Waiting shown() {
    return refusals.of(DEVICE).orElseThrow();
  }

  @Test
  void theCauseIsShownAndNotWhatFollowsFromIt() {
    refused(Check.REFERENCE_VALUES, 7, 1);
    refused(Check.ORDER_SEQUENCE, 8, 2);
    refused(Check.FORM_TRUNCATED, Long.MAX_VALUE, 3);

    assertEquals(Check.REFERENCE_VALUES, shown().why().check());
  }

  @Test
  void theSameCauseAgainLastsSinceTheFirstTime() {
    refused(Check.REFERENCE_VALUES, 7, 1);
    refused(Check.REFERENCE_VALUES, 7, 30);

    assertEquals(1, shown().since());
  }

  @Test
  void aCommitEndsTheWait() {
    refused(Check.REFERENCE_VALUES, 7, 1);
    refusals.committed(DEVICE);

    assertEquals(Optional.empty(), refusals.of(DEVICE));
  }
}
