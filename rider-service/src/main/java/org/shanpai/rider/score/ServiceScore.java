package org.shanpai.rider.score;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.shanpai.rider.score.ScoreWindow.Mark;
import org.shanpai.rider.score.ScoreWindow.Marks;

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
 * @param waived keys of orders whose lateness takes nothing, and why
 */
public record ServiceScore(
    int milliPoints,
    int startMilliPoints,
    int gainsMilliPoints,
    int gainsCountedMilliPoints,
    List<DayLoss> days,
    int severeMilliPoints,
    int ordersInWindow,
    Map<Long, Waiver> waived) {

  /** Why lateness takes nothing. */
  public enum Waiver {
    /** Among the first late orders of a newcomer. */
    NEWCOMER,
    /** What the rider's level waives a week. */
    LEVEL
  }

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
   * @param window what is known of the rider; rows of a later date count nothing
   * @param day the business date asked for
   */
  public static ServiceScore on(LocalDate day, RuleSet rules, ScoreWindow window) {
    int today = (int) day.toEpochDay();
    List<Marks> orders = until(today, window.orders());
    Map<Long, Waiver> waived = waived(orders, rules, window.before());
    int oldest = today - rules.windowDays();
    List<Marks> inWindow = inWindow(orders, rules, oldest);
    List<Mark> incidents = new ArrayList<>();
    int severe = 0;
    for (Mark mark : window.incidents()) {
      if (mark.day() > today) {
        continue;
      }
      if (mark.day() >= oldest) {
        incidents.add(mark);
      }
      if (mark.kind() == RuleKind.SEVERE && mark.day() >= today - rules.severeWindowDays()) {
        severe -= mark.milliPoints();
      }
    }
    int gains = gains(inWindow, incidents, rules);
    int gainsCounted = Math.min(rules.gainsCapMilliPoints(), gains);
    List<DayLoss> days = days(inWindow, incidents, rules, waived);
    int losses = 0;
    for (DayLoss loss : days) {
      losses += loss.overtimeCountedMilliPoints() + loss.otherMilliPoints();
    }
    int score = rules.startMilliPoints() + gainsCounted - losses - severe;
    return new ServiceScore(
        Math.max(0, Math.min(rules.maxMilliPoints(), score)),
        rules.startMilliPoints(),
        gains,
        gainsCounted,
        days,
        severe,
        inWindow.size(),
        waived);
  }

  /** Keys of the orders that count on that day. */
  static Set<Long> counted(LocalDate day, RuleSet rules, ScoreWindow window) {
    int today = (int) day.toEpochDay();
    return inWindow(until(today, window.orders()), rules, today - rules.windowDays()).stream()
        .map(Marks::key)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Those delivered by that day; all of them, as a rule. */
  private static List<Marks> until(int today, List<Marks> orders) {
    for (Marks order : orders) {
      if (order.day() > today) {
        return orders.stream().filter(o -> o.day() <= today).toList();
      }
    }
    return orders;
  }

  /** The newest, but those that are too old; days need not follow the time of delivery. */
  private static List<Marks> inWindow(List<Marks> orders, RuleSet rules, int oldest) {
    List<Marks> newest =
        orders.subList(Math.max(0, orders.size() - rules.windowOrders()), orders.size());
    for (Marks order : newest) {
      if (order.day() < oldest) {
        return newest.stream().filter(o -> o.day() >= oldest).toList();
      }
    }
    return newest;
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

  private static Map<Long, Waiver> waived(List<Marks> orders, RuleSet rules, long before) {
    Map<Long, Waiver> waived = new LinkedHashMap<>();
    Map<LocalDate, Integer> byLevel = new HashMap<>();
    int newcomer = 0;
    for (int i = 0; i < orders.size(); i++) {
      Marks order = orders.get(i);
      if (order.overtime() == 0) {
        continue;
      }
      if (before + i < rules.newcomerOrders() && newcomer < rules.newcomerWaivers()) {
        newcomer++;
        waived.put(order.key(), Waiver.NEWCOMER);
        continue;
      }
      LocalDate week = week(LocalDate.ofEpochDay(order.day()));
      if (byLevel.getOrDefault(week, 0) < order.waivers()) {
        byLevel.merge(week, 1, Integer::sum);
        waived.put(order.key(), Waiver.LEVEL);
      }
    }
    return waived;
  }

  /** The Monday a business date's week begins with. */
  static LocalDate week(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private static int gains(List<Marks> orders, List<Mark> incidents, RuleSet rules) {
    int bonus = 0;
    int other = 0;
    for (Marks order : orders) {
      bonus += order.bonus();
      other += order.gains();
    }
    for (Mark mark : incidents) {
      switch (mark.kind()) {
        case BONUS -> bonus += mark.milliPoints();
        case SMOOTH, TRAINING -> other += mark.milliPoints();
        default -> {}
      }
    }
    return other + Math.min(rules.bonusCapMilliPoints(), bonus);
  }

  private static List<DayLoss> days(
      List<Marks> orders, List<Mark> incidents, RuleSet rules, Map<Long, Waiver> waived) {
    record Loss(int day, int overtime, int other) {}
    Map<Long, Loss> byOrder = new HashMap<>();
    for (Marks order : orders) {
      int overtime = waived.containsKey(order.key()) ? 0 : order.overtime();
      if (overtime > 0 || order.other() > 0) {
        byOrder.put(order.key(), new Loss(order.day(), overtime, order.other()));
      }
    }
    List<Mark> losses = new ArrayList<>(incidents);
    losses.removeIf(mark -> mark.kind() != RuleKind.ORDINARY || mark.milliPoints() == 0);
    for (Mark mark : losses) {
      byOrder.merge(
          mark.key(),
          new Loss(mark.day(), 0, -mark.milliPoints()),
          (a, b) -> new Loss(Math.min(a.day(), b.day()), a.overtime(), a.other() + b.other()));
    }
    Map<Integer, int[]> byDay = new TreeMap<>();
    for (Loss loss : byOrder.values()) {
      int overtime = Math.min(loss.overtime(), rules.orderLossCapMilliPoints());
      int[] sums = byDay.computeIfAbsent(loss.day(), date -> new int[2]);
      sums[0] += overtime;
      sums[1] += Math.min(loss.other(), rules.orderLossCapMilliPoints() - overtime);
    }
    return byDay.entrySet().stream()
        .map(
            entry ->
                new DayLoss(
                    LocalDate.ofEpochDay(entry.getKey()),
                    entry.getValue()[0],
                    Math.min(rules.dailyOvertimeCapMilliPoints(), entry.getValue()[0]),
                    entry.getValue()[1]))
        .toList();
  }
}
