package org.shanpai.rider.score;

import java.time.Instant;
import org.shanpai.contracts.event.Fault;

/**
 * Judges a delivery: fault is attributed before anything is taken. A pure function of the facts and
 * the rule set that was in force at acceptance.
 */
public final class DeliveryJudge {

  private DeliveryJudge() {}

  /**
   * @param rule the one rule that stands for this order
   * @param exemption why a delivery after the customer's promise still counts as on time: {@code
   *     E2} weather, {@code E4} kept waiting by the customer, {@code E6} the platform's plan or
   *     fault, {@code COMPENSATED} for no-fault delays; null when none was needed or none held
   */
  public record Verdict(RuleSet.Rule rule, String exemption) {}

  public static Verdict judge(RuleSet rules, DeliveryFacts facts) {
    if (facts.lateMillis() <= 0) {
      return new Verdict(rules.smooth(), whatCoveredIt(facts));
    }
    if (rules.exemptWeather().contains(facts.worstWeather()) || facts.fault() == Fault.WEATHER) {
      return new Verdict(rules.smooth(), "E2");
    }
    if (facts.keptWaiting()) {
      return new Verdict(rules.smooth(), "E4");
    }
    if (facts.fault() == Fault.PLATFORM) {
      return new Verdict(rules.smooth(), "E6");
    }
    return new Verdict(rules.overtime(facts.lateMillis()), null);
  }

  private static String whatCoveredIt(DeliveryFacts facts) {
    Instant delivered = facts.deliveredAt();
    if (!delivered.isAfter(facts.promiseEnd())) {
      return null;
    }
    return delivered.isAfter(facts.riderDeadline()) ? "COMPENSATED" : "E6";
  }
}
