package dev.telltale.collector.fleet;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.message.Invite;
import java.util.HashSet;
import java.util.Set;

/**
 * A ticket in circulation.
 *
 * @param leaf of the invitation in the log
 * @param eks names of the endorsement keys that have used it; the same machine again costs nothing
 */
public record Invitation(long leaf, Invite invite, Set<Bytes> eks) {
  public Invitation {
    eks = Set.copyOf(eks);
  }

  public Invitation usedBy(Bytes ek) {
    Set<Bytes> more = new HashSet<>(eks);
    more.add(ek);
    return new Invitation(leaf, invite, more);
  }

  /** With these about to use it as well. */
  public boolean admits(Bytes ek, Set<Bytes> others) {
    Set<Bytes> users = new HashSet<>(eks);
    users.addAll(others);
    return users.contains(ek) || users.size() < invite.uses();
  }
}
