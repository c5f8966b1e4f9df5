package org.shanpai.rider.score;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything known about one rider and one order, or one incident that belongs to no order.
 *
 * @param about the order's id, else the incident's
 * @param delivery null when the rider did not deliver it, or nothing is known of it yet
 * @param rulings the highest revision of each
 */
public record ScoreCase(
    String riderId, String about, DeliveryFacts delivery, List<Ruling> rulings) {

  public ScoreCase {
    rulings =
        rulings.stream()
            .sorted(Comparator.comparing(Ruling::occurredAt).thenComparing(Ruling::rulingId))
            .toList();
  }

  /** What its rows may be filed under. */
  Set<String> subjects() {
    Set<String> subjects = new TreeSet<>();
    subjects.add(about);
    rulings.forEach(ruling -> subjects.add(ruling.subject()));
    return subjects;
  }

  /** The confirmed word that excuses the order's lateness. */
  Optional<Ruling> exempting() {
    return rulings.stream()
        .filter(ruling -> Ruling.EXEMPT.equals(ruling.rule()))
        .filter(ruling -> ruling.status() == Ruling.Status.CONFIRMED)
        .findFirst();
  }

  /** Who had the last word; {@code rules} when nobody had. */
  String decider() {
    return rulings.stream()
        .filter(Ruling::person)
        .reduce((first, second) -> second)
        .map(Ruling::actor)
        .orElse("rules");
  }
}
