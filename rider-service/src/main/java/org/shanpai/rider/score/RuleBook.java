package org.shanpai.rider.score;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Every published rule set with the time from which it holds. Immutable, never empty. */
public final class RuleBook {

  /**
   * @param effectiveFrom city time, included
   */
  public record Edition(Instant effectiveFrom, RuleSet rules) {}

  private final List<Edition> editions;

  /**
   * @throws IllegalArgumentException without a rule set
   */
  public RuleBook(List<Edition> editions) {
    if (editions.isEmpty()) {
      throw new IllegalArgumentException("no rule set was ever published");
    }
    this.editions = editions.stream().sorted(Comparator.comparing(Edition::effectiveFrom)).toList();
  }

  /** Oldest first. */
  public List<Edition> editions() {
    return editions;
  }

  /** The rule set in force at that city time; before the first one, the first. */
  public RuleSet inForceAt(Instant at) {
    RuleSet found = editions.get(0).rules();
    for (Edition edition : editions) {
      if (!edition.effectiveFrom().isAfter(at)) {
        found = edition.rules();
      }
    }
    return found;
  }

  /**
   * @throws IllegalArgumentException when there is no such version
   */
  public RuleSet version(String version) {
    return editions.stream()
        .map(Edition::rules)
        .filter(rules -> rules.version().equals(version))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no rule set " + version));
  }

  /**
   * Judges by the rule set in force at acceptance, and by every later one that was published to
   * apply back to it; the judgement with the most points stands: a retroactive change only favours.
   */
  <T> T best(Instant acceptedAt, Function<RuleSet, T> judge, ToIntFunction<T> points) {
    T best = judge.apply(inForceAt(acceptedAt));
    for (RuleSet also : retroactiveFor(acceptedAt)) {
      T other = judge.apply(also);
      if (points.applyAsInt(other) > points.applyAsInt(best)) {
        best = other;
      }
    }
    return best;
  }

  private List<RuleSet> retroactiveFor(Instant acceptedAt) {
    List<RuleSet> found = new ArrayList<>();
    for (Edition edition : editions) {
      Instant back = edition.rules().appliesBackTo();
      if (back != null
          && !back.isAfter(acceptedAt)
          && edition.effectiveFrom().isAfter(acceptedAt)) {
        found.add(edition.rules());
      }
    }
    return found;
  }
}
