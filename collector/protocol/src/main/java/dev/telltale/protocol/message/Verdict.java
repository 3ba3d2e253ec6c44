package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The committer's judgement of one envelope, fixed in its leaf and never computed again.
 *
 * @param policy leaf of the policy applied
 * @param referenceSet leaf of the reference set that matched
 * @param previous leaf of the device's entry before this one; its enrolment for the first
 * @param arrival by the collector's clock
 * @param reasons lower-case words such as {@code late}, in the order they were found
 */
public record Verdict(
    Tier tier,
    Coverage coverage,
    long policy,
    long referenceSet,
    long previous,
    long arrival,
    List<String> reasons) {
  private static final Pattern REASON =
      Pattern.compile("[a-z0-9.-]{1," + Limits.VERDICT_REASON + "}");

  public Verdict {
    reasons = List.copyOf(reasons);
    Fields.requireNumber(policy, "leaf of policy");
    Fields.requireNumber(referenceSet, "leaf of reference set");
    Fields.requireNumber(previous, "leaf of previous entry");
    Fields.requireNumber(arrival, "arrival");
    Fields.require(reasons.size() <= Limits.VERDICT_REASONS, "too many reasons");
    Fields.require(reasons.stream().allMatch(Verdict::isReason), "reasons are [a-z0-9.-]{1,32}");
  }

  private static boolean isReason(String text) {
    return REASON.matcher(text).matches();
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().array(7).uint(tier.number()).uint(coverage.number());
    out.uint(policy).uint(referenceSet).uint(previous).uint(arrival).array(reasons.size());
    reasons.forEach(out::text);
    return out.toBytes();
  }

  public static Verdict decode(Bytes encoded) throws MalformedException {
    CborReader in = Fields.open(encoded, Limits.VERDICT);
    in.array(7, 7);
    Verdict verdict =
        new Verdict(
            Fields.constant(in, Tier.values(), Tier::number, Check.RECEIPT_VERDICT),
            Fields.constant(in, Coverage.values(), Coverage::number, Check.FORM_RANGE),
            Fields.number(in),
            Fields.number(in),
            Fields.number(in),
            Fields.number(in),
            reasons(in));
    in.end();
    return verdict;
  }

  private static List<String> reasons(CborReader in) throws MalformedException {
    int count = in.array(0, Limits.VERDICT_REASONS);
    List<String> reasons = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = in.position();
      String reason = Fields.text(in, Limits.VERDICT_REASON);
      if (!isReason(reason)) {
        throw new MalformedException(Check.FORM_TEXT, at, "a reason of other characters");
      }
      reasons.add(reason);
    }
    return reasons;
  }
}
