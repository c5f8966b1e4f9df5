package org.shanpai.geo.coverage;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What was asked in one cell.
 *
 * @param cell H3
 * @param orders by what came of them; absent for none
 */
public record CellDemand(long cell, Map<Outcome, Long> orders) {

  public long of(Outcome outcome) {
    return orders.getOrDefault(outcome, 0L);
  }

  public long served() {
    return of(Outcome.SERVED);
  }

  /** Those that went away with nothing. */
  public long missed() {
    return orders.entrySet().stream()
        .filter(entry -> entry.getKey().missed())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Served and missed. A late promise is one of the served. */
  public long asked() {
    return served() + missed();
  }

  /** Promised late, for whatever reason. */
  public long late() {
    return of(Outcome.LATE_PROMISE) + of(Outcome.LATE_KITCHEN);
  }

  /**
   * The same with no other missed or late orders than for these reasons; what was served stays.
   *
   * @param reasons empty for all
   */
  CellDemand only(Set<Outcome> reasons) {
    if (reasons.isEmpty()) {
      return this;
    }
    Map<Outcome, Long> kept = new EnumMap<>(Outcome.class);
    orders.forEach(
        (outcome, count) -> {
          if (outcome == Outcome.SERVED || reasons.contains(outcome)) {
            kept.put(outcome, count);
          }
        });
    return new CellDemand(cell, kept);
  }

  /** Rows of cell, outcome and count, gathered by cell in the order of their numbers. */
  public static <R> List<CellDemand> collect(
      Iterable<R> rows,
      ToLongFunction<R> cell,
      Function<R, Outcome> outcome,
      ToLongFunction<R> orders) {
    Map<Long, Map<Outcome, Long>> gathered = new TreeMap<>();
    for (R row : rows) {
      gathered
          .computeIfAbsent(cell.applyAsLong(row), fresh -> new EnumMap<>(Outcome.class))
          .merge(outcome.apply(row), orders.applyAsLong(row), Long::sum);
    }
    return gathered.entrySet().stream()
        .map(entry -> new CellDemand(entry.getKey(), entry.getValue()))
        .toList();
  }
}
