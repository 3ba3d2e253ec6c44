package dev.telltale.collector.commit;

import dev.telltale.protocol.message.Coverage;
import dev.telltale.protocol.message.Tier;
import java.util.List;

/** What the committer decides about one verified envelope. */
sealed interface Admission {

  /** It continues the chain and its state is accepted by this reference set. */
  record Admitted(
      Tier tier, Coverage coverage, long policy, long referenceSet, List<String> reasons)
      implements Admission {
    public Admitted {
      reasons = List.copyOf(reasons);
    }
  }

  record Denied(Refused why) implements Admission {}
}
