package dev.telltale.auditor;

import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.BundledStatement;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Genesis;
import dev.telltale.protocol.message.Invite;
import dev.telltale.protocol.message.Policy;
import dev.telltale.protocol.message.ReferenceStatement;
import dev.telltale.protocol.message.Statement;
import dev.telltale.protocol.tlog.Leaf;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The trusted operator key has signed these statements, the log holds them, and the first leaf says
 * that this log, this log key and this operator belong together.
 */
record ProvenStatements(SortedMap<Long, Statement> byLeaf) implements Proven {
  ProvenStatements {
    byLeaf = Collections.unmodifiableSortedMap(new TreeMap<>(byLeaf));
  }

  static ProvenStatements check(
      List<BundledStatement> bundled, ProvenLog log, Trust trust, Providers providers)
      throws FailedCheck, MalformedException {
    SortedMap<Long, Statement> byLeaf = new TreeMap<>();
    for (BundledStatement each : bundled) {
      Statement statement = Statement.open(providers, each.signed(), trust.file().operator());
      CoseSign1 signed = CoseSign1.decode(each.signed());
      Leaf leaf = Leaf.statement(each.place().salt(), Sha256.of(signed.payload()));
      log.requireContains(leaf, each.place(), "the " + statement.kind());
      byLeaf.put(each.place().index(), statement);
    }
    if (byLeaf.get(0L) instanceof Genesis genesis) {
      requireOf(genesis, trust);
    } else {
      throw new FailedCheck(Check.STATEMENT_KIND, "leaf 0 is not shown, or is no genesis");
    }
    return new ProvenStatements(byLeaf);
  }

  private static void requireOf(Genesis genesis, Trust trust) throws FailedCheck {
    FailedCheck.unless(
        genesis.origin().equals(trust.file().log().name()),
        Check.CHECKPOINT_ORIGIN,
        "the genesis is that of " + genesis.origin());
    FailedCheck.unless(
        genesis.logKey().equals(trust.file().log().text()),
        Check.NOTE_KEY,
        "the genesis names the log key " + genesis.logKey());
    FailedCheck.unless(
        genesis.operator().equals(trust.file().operator()),
        Check.STATEMENT_SIGNATURE,
        "the genesis names another operator, " + genesis.operator().kid());
  }

  Policy policy(long leaf) throws FailedCheck {
    if (byLeaf.get(leaf) instanceof Policy policy) {
      return policy;
    }
    throw new FailedCheck(
        Check.STATEMENT_KIND, "the verdict's policy, leaf " + leaf + ", is not shown");
  }

  ReferenceStatement reference(long leaf) throws FailedCheck {
    if (byLeaf.get(leaf) instanceof ReferenceStatement reference) {
      return reference;
    }
    throw new FailedCheck(
        Check.STATEMENT_KIND, "the verdict's reference set, leaf " + leaf + ", is not shown");
  }

  /** What permitted an enrolment, if the bundle shows it. */
  Optional<Invite> invite(DeviceId ticket) {
    return byLeaf.values().stream()
        .<Invite>mapMulti((statement, found) -> {
          if (statement instanceof Invite invite && invite.ticket().equals(ticket)) {
            found.accept(invite);
          }
        })
        .findFirst();
  }

  @Override
  public String sentence() {
    return "signed by the operator: "
        + byLeaf.entrySet().stream()
            .map(entry -> entry.getValue().kind() + " (leaf " + Words.number(entry.getKey()) + ")")
            .collect(Collectors.joining(", "));
  }
}
