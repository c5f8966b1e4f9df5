package org.shanpai.dispatch.receipt;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.event.DispatchReceipt;

/**
 * Why a job was offered to one rider: the receipt with everybody else taken out of it. Costs are in
 * the engine's unit (mc); the lower, the better placed.
 *
 * @param rank the rider's place among those compared, from 1; null where nobody was compared
 * @param compared how many riders could have had it
 * @param cost what it costs the city to have this rider do it; null as above
 * @param ahead by how much that is better than the next one; null without a next one
 * @param terms what the cost is made of; their sum is the cost
 * @param rejected how many others each rule turned away
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WhyMe(
    JobId jobId,
    @Schema(examples = "OFFER") String outcome,
    @Schema(examples = "LEAVE_NOW") String decidedBy,
    @Schema(examples = "1") Integer rank,
    @Schema(examples = "4") int compared,
    @Schema(examples = "183400") Long cost,
    @Schema(examples = "21200") Long ahead,
    Map<String, Long> terms,
    Map<String, Integer> rejected,
    @Schema(examples = "你是 4 位骑手中最合适的：现在出发正好准时。") String zh,
    @Schema(examples = "Best placed of 4 riders: leave now and it is on time.") String en) {

  private static final String COSTLIER = "COSTLIER";

  /** What that rider may know of the receipt. */
  public static WhyMe of(DispatchReceipt receipt, String riderId) {
    List<DispatchReceipt.Candidate> all = receipt.candidates();
    int mine = -1;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).riderId().value().equals(riderId)) {
        mine = i;
      }
    }
    int costlier = receipt.rejected().getOrDefault(COSTLIER, 0);
    int compared = all.size() + costlier;
    Long cost = mine < 0 ? null : all.get(mine).total();
    Long next =
        mine < 0
            ? null
            : all.stream()
                .filter(one -> !one.riderId().value().equals(riderId))
                .map(DispatchReceipt.Candidate::total)
                .min(Long::compare)
                .orElse(null);
    Map<String, Integer> rejected = new java.util.TreeMap<>(receipt.rejected());
    rejected.remove(COSTLIER);
    return new WhyMe(
        receipt.jobId(),
        receipt.outcome(),
        receipt.decidedBy(),
        mine < 0 ? null : mine + 1,
        compared,
        cost,
        cost == null || next == null ? null : next - cost,
        mine < 0 ? Map.of() : all.get(mine).terms(),
        rejected,
        zh(receipt.decidedBy(), compared),
        en(receipt.decidedBy(), compared));
  }

  private static String zh(String rule, int compared) {
    String who = compared > 1 ? "你是 " + compared + " 位骑手中最合适的：" : "";
    return who
        + switch (rule) {
          case "LEAVE_NOW" -> "现在出发正好准时。";
          case "PROMISE_NEAR" -> "承诺时间已近，不能再等。";
          case "HOLD_EXHAUSTED" -> "已经等到不能再等。";
          case "SAME_STORE_BUNDLE" -> "与你的另一单同店取货。";
          case "REASSIGNMENT_PAYS" -> "你比原骑手近得多。";
          case "GRABBED" -> "你在抢单大厅抢到的。";
          case "HANDED_OVER" -> "同事转给你的。";
          case "CARRY_LIMIT_EXCEEDED" -> "谁送都会超出携带时限，你超得最少。";
          default -> "按派单规则 " + rule + "。";
        };
  }

  private static String en(String rule, int compared) {
    String who = compared > 1 ? "Best placed of " + compared + " riders: " : "";
    return who
        + switch (rule) {
          case "LEAVE_NOW" -> "leave now and it is on time.";
          case "PROMISE_NEAR" -> "its promise is near, nothing may be lost by waiting.";
          case "HOLD_EXHAUSTED" -> "it has waited as long as it may.";
          case "SAME_STORE_BUNDLE" -> "it goes along with another order from the same store.";
          case "REASSIGNMENT_PAYS" -> "you are so much nearer than who had it.";
          case "GRABBED" -> "you took it from the hall.";
          case "HANDED_OVER" -> "another rider gave it to you.";
          case "CARRY_LIMIT_EXCEEDED" ->
              "everybody would carry it longer than allowed, you the least.";
          default -> "decided by " + rule + ".";
        };
  }
}
