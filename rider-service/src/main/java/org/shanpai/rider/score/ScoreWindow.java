package org.shanpai.rider.score;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What the formula needs of a rider's ledger: the newest {@link #KEPT} orders with what each gained
 * and lost, and the incidents that belong to none. Kept beside the account in the transaction that
 * writes the ledger, so that a score is read as one row; it can always be made again from the
 * ledger. Immutable; equal for the same rows in any order.
 *
 * @param before orders carried before the oldest one here, those before joining included
 * @param orders oldest first
 * @param incidents by day, then key
 */
public record ScoreWindow(long before, List<Marks> orders, List<Mark> incidents) {

  /** The window's 300 and, as long as they overlap it, the newcomer's first 100. */
  public static final int KEPT = 400;

  /** Incidents are forgotten after so many days; no rule set may look back further. */
  public static final int KEPT_DAYS = 60;

  private static final Comparator<Marks> BY_TIME =
      Comparator.comparingLong(Marks::atMillis).thenComparingLong(Marks::key);

  /**
   * An order.
   *
   * @param key of its id, see {@link #key}
   * @param atMillis city time of the delivery
   * @param day business date, days of the epoch
   * @param gains of the delivery, mp
   * @param bonus mp
   * @param overtime lost, positive mp
   * @param other ordinary losses, positive mp
   * @param waivers late orders a week that the rider's level of that day waives
   */
  public record Marks(
      long key,
      long atMillis,
      int day,
      int gains,
      int bonus,
      int overtime,
      int other,
      int waivers) {

    private Marks and(Marks more) {
      boolean earlier = more.atMillis < atMillis;
      return new Marks(
          key,
          earlier ? more.atMillis : atMillis,
          earlier ? more.day : day,
          gains + more.gains,
          bonus + more.bonus,
          overtime + more.overtime,
          other + more.other,
          Math.max(waivers, more.waivers));
    }
  }

  /**
   * An incident.
   *
   * @param key of the order it is about, else of its own
   * @param milliPoints + gains, − losses
   */
  public record Mark(long key, int day, RuleKind kind, int milliPoints) {}

  public static final ScoreWindow EMPTY = new ScoreWindow(0, List.of(), List.of());

  public ScoreWindow {
    orders = List.copyOf(orders);
    incidents = List.copyOf(incidents);
  }

  /**
   * @param standing rows that stand; at least those of the newest {@link #KEPT} orders and of
   *     incidents of the last {@link #KEPT_DAYS} days
   * @param ordersEver orders in the whole ledger, and those carried before joining
   * @param waivers what the level waives on a business date
   */
  static ScoreWindow of(
      Collection<ScoreLine> standing, long ordersEver, ToIntFunction<LocalDate> waivers) {
    Map<Long, Marks> orders = new HashMap<>();
    List<Mark> incidents = new ArrayList<>();
    for (ScoreLine line : standing) {
      if (line.order()) {
        orders.merge(key(line.capped()), marks(line, waivers), Marks::and);
      } else {
        incidents.add(mark(line));
      }
    }
    return kept(ordersEver, new ArrayList<>(orders.values()), incidents);
  }

  /**
   * With the row of an order not seen before, or of a new incident.
   *
   * @param ordersEver as in {@link #of}, the new one included
   */
  ScoreWindow with(ScoreLine line, long ordersEver, ToIntFunction<LocalDate> waivers) {
    if (line.order() && incidents.isEmpty()) {
      Marks marks = marks(line, waivers);
      boolean newest =
          orders.isEmpty() || BY_TIME.compare(orders.get(orders.size() - 1), marks) < 0;
      if (newest) {
        // As a rule; nothing has to be sorted, and no incident can grow too old.
        List<Marks> all = new ArrayList<>(Math.min(KEPT, orders.size() + 1));
        all.addAll(orders.subList(Math.max(0, orders.size() + 1 - KEPT), orders.size()));
        all.add(marks);
        return new ScoreWindow(Math.max(0, ordersEver - all.size()), all, incidents);
      }
    }
    List<Marks> all = new ArrayList<>(orders);
    List<Mark> marks = new ArrayList<>(incidents);
    if (line.order()) {
      all.add(marks(line, waivers));
    } else {
      marks.add(mark(line));
    }
    return kept(ordersEver, all, marks);
  }

  /** As if so many more orders were delivered well on that day. */
  ScoreWindow withGood(int count, LocalDate day, int gain) {
    List<Marks> all = new ArrayList<>(orders);
    long last = orders.isEmpty() ? 0 : orders.get(orders.size() - 1).atMillis();
    for (int i = 1; i <= count; i++) {
      all.add(new Marks(i, last + i, (int) day.toEpochDay(), gain, 0, 0, 0, 0));
    }
    return kept(before + all.size(), all, new ArrayList<>(incidents));
  }

  private static ScoreWindow kept(long ordersEver, List<Marks> orders, List<Mark> incidents) {
    orders.sort(BY_TIME);
    List<Marks> newest = orders.subList(Math.max(0, orders.size() - KEPT), orders.size());
    int latest =
        Math.max(
            newest.isEmpty() ? Integer.MIN_VALUE : newest.get(newest.size() - 1).day(),
            incidents.stream().mapToInt(Mark::day).max().orElse(Integer.MIN_VALUE));
    incidents.removeIf(mark -> mark.day() < latest - 2 * KEPT_DAYS);
    incidents.sort(
        Comparator.comparingInt(Mark::day)
            .thenComparingLong(Mark::key)
            .thenComparing(Mark::kind)
            .thenComparingInt(Mark::milliPoints));
    return new ScoreWindow(Math.max(0, ordersEver - newest.size()), newest, incidents);
  }

  private static Marks marks(ScoreLine line, ToIntFunction<LocalDate> waivers) {
    int points = line.milliPoints();
    boolean late = line.kind() == RuleKind.OVERTIME && points < 0;
    return new Marks(
        key(line.capped()),
        line.occurredAt().toEpochMilli(),
        (int) line.businessDate().toEpochDay(),
        line.kind() == RuleKind.SMOOTH || line.kind() == RuleKind.TRAINING ? points : 0,
        line.kind() == RuleKind.BONUS ? points : 0,
        late ? -points : 0,
        line.kind() == RuleKind.ORDINARY ? -points : 0,
        late ? waivers.applyAsInt(line.businessDate()) : 0);
  }

  private static Mark mark(ScoreLine line) {
    return new Mark(
        key(line.capped()),
        (int) line.businessDate().toEpochDay(),
        line.kind(),
        line.milliPoints());
  }

  /** Stands for an id: FNV-1a of 64 bits, with its bits mixed once more. */
  public static long key(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    hash ^= hash >>> 32;
    hash *= 0xd6e8feb86659fd93L;
    return hash ^ hash >>> 32;
  }
}
