package org.shanpai.rider.score;

import java.time.Instant;
import org.shanpai.contracts.event.Fault;

/**
 * Judges a delivery: fault is attributed, and every exemption tried, before anything is taken. A
 * pure function of the facts and the rule set that was in force at acceptance.
 */
public final class DeliveryJudge {

  private DeliveryJudge() {}

  /**
   * @param rule the one rule that stands for this order
   * @param exemption why a delivery after the customer's promise still counts as on time: {@code
   *     E1}–{@code E8} of the score rules, several joined by {@code +}, {@code COMPENSATED} for
   *     no-fault delays of unknown cause; null when none was needed or none held
   */
  public record Verdict(RuleSet.Rule rule, String exemption) {}

  public static Verdict judge(RuleSet rules, DeliveryFacts facts) {
    Instant delivered = facts.deliveredAt();
    if (!delivered.isAfter(facts.promiseEnd())) {
      return new Verdict(rules.smooth(), null);
    }
    String exemption = exemption(rules, facts);
    return exemption != null
        ? new Verdict(rules.smooth(), exemption)
        : new Verdict(rules.overtime(facts.lateMillis()), null);
  }

  private static String exemption(RuleSet rules, DeliveryFacts facts) {
    if (!facts.deliveredAt().isAfter(facts.riderDeadline()) || facts.plannedLate()) {
      return "E6";
    }
    if (facts.exemptions() != null && !facts.exemptions().isEmpty()) {
      return String.join("+", facts.exemptions());
    }
    if (rules.exemptWeather().contains(facts.worstWeather()) || facts.fault() == Fault.WEATHER) {
      return "E2";
    }
    if (facts.lateMillis() <= 0) {
      return facts.compensation() > 0 ? facts.compensatedBy() : "E4";
    }
    return facts.fault() == Fault.PLATFORM ? "E6" : null;
  }
}
