package dev.telltale.protocol.spec;

import static dev.telltale.protocol.message.Samples.NOON;
import static dev.telltale.protocol.message.Samples.fill;

import dev.telltale.protocol.message.Genesis;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Invite;
import dev.telltale.protocol.message.Policy;
import dev.telltale.protocol.message.ReferenceStatement;
import dev.telltale.protocol.message.ReferenceValues;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.message.Statement;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmHash;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the operator of the example signed: each statement by the name of its kind, in order. */
final class ExampleStatements {
  private ExampleStatements() {}

  static List<Statement> all(PcrValues values) {
    return List.of(
        new Genesis(
            ExampleLog.SIGNER.key().name(),
            ExampleLog.SIGNER.key().text(),
            WorkedExample.OPERATOR.publicKey(),
            NOON),
        new Policy(1, values.selection(), NOON),
        new ReferenceStatement("north", 1, accepted(), NOON, 0, "agent 1.0", NOON),
        invite());
  }

  private static ReferenceValues accepted() {
    return new ReferenceValues(
        new TreeMap<>(
            Map.of(
                TpmHash.SHA256.algorithm(),
                new TreeMap<>(
                    Map.of(
                        0, List.of(fill(0x40, 32)), 8, List.of(fill(0x48, 32), fill(0x49, 32)))))));
  }

  static Invite invite() {
    return new Invite(
        1,
        Samples.TICKET,
        NOON + Duration.ofDays(14).toMillis(),
        40,
        "north",
        List.of(Grade.MANUFACTURER),
        WorkedExample.BOOTSTRAP.publicKey());
  }
}
