package dev.telltale.ledger.fsck;

import dev.telltale.protocol.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What the journal holds as far as it is sound, and what was found. The checkpoint is the size of
 * the one kept beside the journal, once it has been found to agree.
 */
public record Report(
    long segments, long size, Digest root, Optional<Long> checkpoint, List<Finding> findings) {
  public Report {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean sound() {
    return findings.stream().noneMatch(finding -> finding.grade() == Finding.Grade.FAULT);
  }
}
