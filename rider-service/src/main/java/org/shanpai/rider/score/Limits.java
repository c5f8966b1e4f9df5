package org.shanpai.rider.score;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of a rider's rulings of one rule are within, and which beyond, what the rule allows in some
 * days: free cancels, trainings, rescues of the same rider. A function of the set of rulings, not
 * of the order in which they came.
 */
final class Limits {

  /** Rules whose rulings depend on the rider's others of the same rule. */
  static final Set<String> RULES = Set.of("FU1", "TR1", "SM4");

  private Limits() {}

  /**
   * Ids of the rulings within the allowance: cancels that are free, trainings and rescues that
   * count.
   *
   * @param same confirmed rulings of one rule of one rider, all there are
   */
  static Set<String> within(RuleBook book, Collection<Ruling> same) {
    List<Ruling> sorted = new ArrayList<>(same);
    sorted.sort(Comparator.comparing(Ruling::occurredAt).thenComparing(Ruling::rulingId));
    List<Ruling> taken = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Ruling ruling : sorted) {
      RuleSet rules = book.inForceAt(ruling.ruledBy());
      Instant since = ruling.occurredAt().minus(Duration.ofDays(days(rules, ruling.rule())));
      long used =
          taken.stream()
              .filter(other -> other.occurredAt().isAfter(since))
              .filter(other -> samePair(ruling, other))
              .count();
      if (used < allowed(rules, ruling.rule())) {
        taken.add(ruling);
        ids.add(ruling.rulingId());
      }
    }
    return ids;
  }

  private static boolean samePair(Ruling ruling, Ruling other) {
    return !"SM4".equals(ruling.rule())
        || ruling.counterpart() == null
        || ruling.counterpart().equals(other.counterpart());
  }

  private static int allowed(RuleSet rules, String rule) {
    return "FU1".equals(rule) ? rules.freeCancels() : 1;
  }

  private static int days(RuleSet rules, String rule) {
    return switch (rule) {
      case "FU1" -> rules.freeCancelDays();
      case "TR1" -> rules.trainingEveryDays();
      default -> rules.rescueEveryDays();
    };
  }
}
