package org.shanpai.bench.mdrp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.shanpai.engine.Courier;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.engine.EngineWeights;
import org.shanpai.engine.Foresight;
import org.shanpai.engine.Job;
import org.shanpai.engine.Plan;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Stop;
import org.shanpai.engine.TravelTimes;
import org.shanpai.engine.Wave;
import org.shanpai.engine.WaveRules;
import org.shanpai.engine.foresight.Futures;

/**
 * One day of an instance in the engine's words, with the settings that both modes of operation
 * share. Each wave starts from the plan of the one before.
 */
final class EngineDay {

  static final int TICK_SECONDS = 60 / Ticks.PER_MINUTE;

  private static final long DAY = 1_000_000_000_000L;
  private static final int STEPS = 1_000;

  /** Goods of so many orders fit into one box. */
  private static final int LARGEST_LOAD = 4;

  /** Couriers who come on duty later than this are not planned with yet. */
  private static final int COMING = 30 * Ticks.PER_MINUTE;

  /** How far back orders tell where the next ones will come up. */
  private static final int WINDOW = 80 * Ticks.PER_MINUTE;

  private static final int END_PRICE_PER_SECOND = 220;

  private final DispatchEngine engine = new DispatchEngine(System::nanoTime);
  private final DayFacts facts;
  private final long seed;
  private final WaveRules rules;
  private Map<String, List<Stop>> sketch = Map.of();

  EngineDay(DayFacts facts, long seed, WaveRules rules) {
    this.facts = facts;
    this.seed = seed;
    this.rules = rules;
  }

  /**
   * Solves one wave.
   *
   * @param now ticks
   * @param place index in the wave's travel times of a place of the instance
   * @param times asked for once all places are known
   * @throws IllegalStateException when the engine had to fall back
   */
  Plan solve(
      int now,
      int[] openOrders,
      List<Courier> couriers,
      IntUnaryOperator place,
      Supplier<TravelTimes> times) {
    List<Job> jobs = new ArrayList<>();
    for (int order : openOrders) {
      jobs.add(job(order, place));
    }
    List<Job> recent = new ArrayList<>();
    for (int o = facts.placedOrders() - 1; o >= 0 && facts.placed(o) > now - WINDOW; o--) {
      recent.add(job(o, place));
    }
    TravelTimes travel = times.get();
    Wave wave =
        new Wave(
            facts.name(),
            millis(now),
            seed * 1_000_003 + now,
            jobs,
            couriers,
            travel,
            EngineWeights.clickToDoor(facts.waveEvery() * TICK_SECONDS),
            SolveLimit.steps(STEPS),
            rules,
            new Foresight(List.of(), Futures.endPrices(recent, travel, END_PRICE_PER_SECOND), 0, 0),
            sketch);
    Map<String, List<Stop>> tentative = new HashMap<>();
    Plan plan = engine.solve(wave, tentative::putAll);
    if (plan.stats().failure() != null) {
      throw new IllegalStateException(plan.stats().failure());
    }
    sketch = tentative;
    return plan;
  }

  /** Whether a courier without work is planned with. */
  static boolean counts(int now, int onTime, int offTime, int freeAt) {
    return onTime <= now + COMING && freeAt <= offTime;
  }

  /**
   * A courier; times in ticks.
   *
   * @param load orders aboard
   * @param route stops under way
   * @param assigned orders given to them today
   */
  Courier courier(
      int courier,
      int place,
      int onTime,
      int offTime,
      int freeAt,
      int load,
      List<Stop> route,
      int assigned) {
    Instance.Parameters p = facts.parameters();
    double hours = Ticks.toMinutes(offTime - onTime) / 60.0;
    int covered = (int) (hours * p.payPerHour() / p.payPerOrder());
    return new Courier(
        Integer.toString(courier),
        place,
        millis(freeAt),
        LARGEST_LOAD,
        Integer.MAX_VALUE,
        load,
        route,
        0,
        List.of(),
        millis(offTime - p.halfPickup()),
        0,
        1,
        0,
        Set.of(),
        true,
        0,
        0,
        Math.max(0, covered - assigned));
  }

  private Job job(int order, IntUnaryOperator place) {
    Instance.Parameters p = facts.parameters();
    return new Job(
        Integer.toString(order),
        place.applyAsInt(facts.restaurantPlace(facts.restaurant(order))),
        place.applyAsInt(facts.orderPlace(order)),
        millis(facts.ready(order) - p.halfPickup()),
        millis(facts.placed(order) + p.target()),
        millis(facts.placed(order)),
        2 * p.halfPickup() * TICK_SECONDS,
        2 * p.halfDropoff() * TICK_SECONDS,
        1,
        0,
        0,
        false,
        Set.of(),
        Set.of(),
        0);
  }

  /** City epoch ms of a tick. */
  static long millis(int tick) {
    return DAY + tick * TICK_SECONDS * 1000L;
  }
}
