package org.shanpai.rider.score;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A rider's service score on one day, with everything the formula was fed:
 *
 * <pre>
 * clamp(start + min(gainsCap, gains)
 *       − Σ over days (min(dailyOvertimeCap, overtime that day) + other ordinary losses that day)
 *       − severe losses, 0, max)
 * </pre>
 *
 * <ul>
 *   <li>Unit: thousandths of a point (mp), integers throughout; 70 points are 70,000.
 *   <li>Window: the newest orders by delivery time, none too old; severe losses have their own.
 *   <li>A function of the set of rows: their order, and the order in which events came, change
 *       nothing.
 * </ul>
 *
 * Immutable. Nothing here knows money.
 *
 * @param milliPoints the score, 0–100,000
 * @param gainsMilliPoints all gains in the window, bonuses already capped
 * @param gainsCountedMilliPoints what of them counts, after the cap
 * @param days losses by business date, oldest first; only days with a loss
 * @param severeMilliPoints severe losses that still count, as a positive number
 * @param ordersInWindow how many orders the window holds
 * @param waived the orders whose overtime row takes nothing because the rider was new
 */
public record ServiceScore(
    int milliPoints,
    int startMilliPoints,
    int gainsMilliPoints,
    int gainsCountedMilliPoints,
    List<DayLoss> days,
    int severeMilliPoints,
    int ordersInWindow,
    Set<String> waived) {

  /**
   * Losses of one business date, positive numbers.
   *
   * @param overtimeMilliPoints lateness before the cap of the day
   * @param overtimeCountedMilliPoints lateness after it
   */
  public record DayLoss(
      LocalDate businessDate,
      int overtimeMilliPoints,
      int overtimeCountedMilliPoints,
      int otherMilliPoints) {}

  /**
   * How far a rider has come, for the newcomer waiver.
   *
   * @param ordersBefore orders carried before the oldest one among the rows given
   */
  public record Experience(long ordersBefore) {

    /** No order before the rows given. */
    public static final Experience NONE = new Experience(0);

    /** Past the newcomer waiver. */
    public static final Experience VETERAN = new Experience(Integer.MAX_VALUE);
  }

  private static final Comparator<Order> BY_DELIVERY =
      Comparator.comparing(Order::at).thenComparing(Order::subject);

  private record Order(String subject, Instant at, LocalDate businessDate, List<ScoreLine> lines) {}

  /**
   * @param lines rows of one rider, in any order; at least the rows of the newest {@code
   *     windowOrders} orders, and of the first {@code newcomerOrders} unless {@code experience} is
   *     past them
   * @param day the business date asked for; rows of a later date count nothing
   */
  public static ServiceScore on(
      LocalDate day, RuleSet rules, Collection<ScoreLine> lines, Experience experience) {
    List<ScoreLine> standing = standing(lines);
    List<Order> orders = orders(standing, day);
    Set<String> waived = waived(orders, rules, experience);
    LocalDate oldest = day.minusDays(rules.windowDays());
    List<Order> window =
        orders.subList(Math.max(0, orders.size() - rules.windowOrders()), orders.size()).stream()
            .filter(order -> !order.businessDate().isBefore(oldest))
            .toList();
    List<ScoreLine> counted = new ArrayList<>();
    window.forEach(order -> counted.addAll(order.lines()));
    standing.stream()
        .filter(line -> !line.order() && within(line.businessDate(), oldest, day))
        .forEach(counted::add);

    int gains = gains(counted, rules);
    int gainsCounted = Math.min(rules.gainsCapMilliPoints(), gains);
    List<DayLoss> days = days(counted, rules, waived);
    int severe =
        -standing.stream()
            .filter(line -> line.kind() == RuleKind.SEVERE)
            .filter(
                line -> within(line.businessDate(), day.minusDays(rules.severeWindowDays()), day))
            .mapToInt(ScoreLine::milliPoints)
            .sum();
    int losses =
        days.stream()
            .mapToInt(loss -> loss.overtimeCountedMilliPoints() + loss.otherMilliPoints())
            .sum();
    int score = rules.startMilliPoints() + gainsCounted - losses - severe;
    return new ServiceScore(
        Math.max(0, Math.min(rules.maxMilliPoints(), score)),
        rules.startMilliPoints(),
        gains,
        gainsCounted,
        days,
        severe,
        window.size(),
        waived);
  }

  /** Rows that no other row took back; the rows that took back are gone with them. */
  static List<ScoreLine> standing(Collection<ScoreLine> lines) {
    Set<String> takenBack =
        lines.stream()
            .map(ScoreLine::takesBack)
            .filter(id -> id != null)
            .collect(Collectors.toSet());
    return lines.stream()
        .filter(line -> line.takesBack() == null && !takenBack.contains(line.entryId()))
        .toList();
  }

  private static List<Order> orders(List<ScoreLine> standing, LocalDate day) {
    Map<String, List<ScoreLine>> bySubject =
        standing.stream()
            .filter(line -> line.order() && !line.businessDate().isAfter(day))
            .collect(Collectors.groupingBy(ScoreLine::subject));
    return bySubject.entrySet().stream()
        .map(
            entry -> {
              ScoreLine first =
                  entry.getValue().stream()
                      .min(Comparator.comparing(ScoreLine::occurredAt))
                      .orElseThrow();
              return new Order(
                  entry.getKey(), first.occurredAt(), first.businessDate(), entry.getValue());
            })
        .sorted(BY_DELIVERY)
        .toList();
  }

  private static Set<String> waived(List<Order> orders, RuleSet rules, Experience experience) {
    Set<String> waived = new HashSet<>();
    for (int i = 0; i < orders.size(); i++) {
      if (experience.ordersBefore() + i >= rules.newcomerOrders()
          || waived.size() >= rules.newcomerWaivers()) {
        break;
      }
      Order order = orders.get(i);
      if (order.lines().stream().anyMatch(line -> line.kind() == RuleKind.OVERTIME)) {
        waived.add(order.subject());
      }
    }
    return Set.copyOf(waived);
  }

  private static int gains(List<ScoreLine> lines, RuleSet rules) {
    int bonus = 0;
    int other = 0;
    for (ScoreLine line : lines) {
      switch (line.kind()) {
        case BONUS -> bonus += line.milliPoints();
        case SMOOTH, TRAINING -> other += line.milliPoints();
        default -> {}
      }
    }
    return other + Math.min(rules.bonusCapMilliPoints(), bonus);
  }

  private static List<DayLoss> days(List<ScoreLine> lines, RuleSet rules, Set<String> waived) {
    record Loss(LocalDate businessDate, int overtime, int other) {}
    Map<String, Loss> bySubject = new HashMap<>();
    for (ScoreLine line : lines) {
      boolean overtime = line.kind() == RuleKind.OVERTIME && !waived.contains(line.subject());
      boolean other = line.kind() == RuleKind.ORDINARY;
      if (overtime || other) {
        bySubject.merge(
            (line.order() ? "order " : "incident ") + line.subject(),
            new Loss(
                line.businessDate(),
                overtime ? -line.milliPoints() : 0,
                other ? -line.milliPoints() : 0),
            (a, b) ->
                new Loss(
                    a.businessDate().isBefore(b.businessDate())
                        ? a.businessDate()
                        : b.businessDate(),
                    a.overtime() + b.overtime(),
                    a.other() + b.other()));
      }
    }
    Map<LocalDate, int[]> byDay = new TreeMap<>();
    for (Loss loss : bySubject.values()) {
      int overtime = Math.min(loss.overtime(), rules.orderLossCapMilliPoints());
      int[] sums = byDay.computeIfAbsent(loss.businessDate(), date -> new int[2]);
      sums[0] += overtime;
      sums[1] += Math.min(loss.other(), rules.orderLossCapMilliPoints() - overtime);
    }
    return byDay.entrySet().stream()
        .map(
            entry ->
                new DayLoss(
                    entry.getKey(),
                    entry.getValue()[0],
                    Math.min(rules.dailyOvertimeCapMilliPoints(), entry.getValue()[0]),
                    entry.getValue()[1]))
        .toList();
  }

  private static boolean within(LocalDate date, LocalDate from, LocalDate to) {
    return !date.isBefore(from) && !date.isAfter(to);
  }
}
