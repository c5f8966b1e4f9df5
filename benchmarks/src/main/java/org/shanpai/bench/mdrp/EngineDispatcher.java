package org.shanpai.bench.mdrp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.engine.Courier;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.engine.EngineWeights;
import org.shanpai.engine.Foresight;
import org.shanpai.engine.Job;
import org.shanpai.engine.JobDecision;
import org.shanpai.engine.Plan;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Stop;
import org.shanpai.engine.TravelTimes;
import org.shanpai.engine.Wave;
import org.shanpai.engine.WaveRules;
import org.shanpai.engine.foresight.Futures;

/**
 * The engine that runs in service, on the instances: only the words are translated and the weight
 * profile is another one ({@link EngineWeights#clickToDoor}).
 */
public final class EngineDispatcher implements Dispatcher {

  private static final long DAY = 1_000_000_000_000L;
  private static final long TICK_MILLIS = 60_000 / Ticks.PER_MINUTE;
  private static final int TICK_SECONDS = (int) (TICK_MILLIS / 1000);

  /** Goods of so many orders fit into one trip. */
  private static final int LARGEST_TRIP = 4;

  /** Couriers who come on duty later than this are not planned with yet. */
  private static final int COMING_MINUTES = 30;

  private final int steps = Integer.getInteger("shanpai.mdrp.steps", 1_000);

  /** Off: with ten futures the excess was the same within chance, at three times the CPU. */
  private final int futures = Integer.getInteger("shanpai.mdrp.futures", 0);

  private final int stepsPerFuture = Integer.getInteger("shanpai.mdrp.future-steps", 150);
  private final int horizonMinutes = Integer.getInteger("shanpai.mdrp.horizon", 20);
  private final int windowMinutes = Integer.getInteger("shanpai.mdrp.window", 80);
  private final int endPrice = Integer.getInteger("shanpai.mdrp.end", 220);
  private final int needed = Integer.getInteger("shanpai.mdrp.needed", 50);

  private final DispatchEngine engine = new DispatchEngine(System::nanoTime);
  private DayFacts facts;
  private long seed;
  private int[][] travel;
  private Map<String, List<Stop>> sketch = Map.of();

  @Override
  public String name() {
    return Contender.ENGINE;
  }

  @Override
  public void begin(DayFacts day, long daySeed) {
    facts = day;
    seed = daySeed;
    travel = new int[0][];
    sketch = Map.of();
  }

  @Override
  public List<Assignment> wave(WaveView view) {
    Places places = new Places();
    List<Job> jobs = new ArrayList<>();
    for (int order : view.openOrders()) {
      jobs.add(job(order, places));
    }
    List<Courier> couriers = new ArrayList<>();
    for (CourierView courier : view.couriers()) {
      if (courier.onTime() <= view.now() + COMING_MINUTES * Ticks.PER_MINUTE
          && courier.freeAt() <= courier.offTime()) {
        couriers.add(courier(courier, places));
      }
    }
    List<Job> recent = new ArrayList<>();
    for (int o = facts.placedOrders() - 1;
        o >= 0 && facts.placed(o) > view.now() - windowMinutes * Ticks.PER_MINUTE;
        o--) {
      recent.add(job(o, places));
    }
    TravelTimes times = places.times();
    long now = millis(view.now());
    long waveSeed = seed * 1_000_003 + view.now();
    Foresight foresight =
        new Foresight(
            Futures.drawn(
                recent, now, windowMinutes * 60_000L, horizonMinutes * 60_000L, futures, waveSeed),
            Futures.endPrices(recent, times, endPrice),
            stepsPerFuture,
            needed);
    Wave wave =
        new Wave(
            facts.name(),
            now,
            waveSeed,
            jobs,
            couriers,
            times,
            EngineWeights.clickToDoor(facts.waveEvery() * TICK_SECONDS),
            SolveLimit.steps(steps),
            WaveRules.WHOLE_TRIPS,
            foresight,
            sketch);
    Map<String, List<Stop>> tentative = new HashMap<>();
    Plan plan = engine.solve(wave, tentative::putAll);
    if (plan.stats().failure() != null) {
      throw new IllegalStateException(plan.stats().failure());
    }
    sketch = tentative;
    List<Assignment> assignments = new ArrayList<>();
    for (List<JobDecision.Offer> bundle : plan.bundles().values()) {
      int courier = Integer.parseInt(bundle.get(0).courierId());
      if (view.couriers().get(courier).idle()) {
        assignments.add(
            new Assignment(
                courier,
                bundle.stream()
                    .sorted(Comparator.comparingInt(JobDecision.Offer::dropoffIndex))
                    .mapToInt(offer -> Integer.parseInt(offer.jobId()))
                    .toArray()));
      }
    }
    return assignments;
  }

  private Job job(int order, Places places) {
    Instance.Parameters p = facts.parameters();
    return new Job(
        Integer.toString(order),
        places.index(facts.restaurantPlace(facts.restaurant(order))),
        places.index(facts.orderPlace(order)),
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

  private Courier courier(CourierView view, Places places) {
    Instance.Parameters p = facts.parameters();
    double hours = Ticks.toMinutes(view.offTime() - view.onTime()) / 60.0;
    int covered = (int) (hours * p.payPerHour() / p.payPerOrder());
    return new Courier(
        Integer.toString(view.courier()),
        places.index(view.freePlace()),
        millis(view.freeAt()),
        LARGEST_TRIP,
        Integer.MAX_VALUE,
        0,
        List.of(),
        0,
        List.of(),
        millis(view.offTime() - p.halfPickup()),
        0,
        1,
        0,
        Set.of(),
        true,
        0,
        0,
        Math.max(0, covered - view.ordersAssigned()));
  }

  private static long millis(int tick) {
    return DAY + tick * TICK_MILLIS;
  }

  /** The places of one wave, and their travel times. */
  private final class Places {
    private final Map<Integer, Integer> indexes = new LinkedHashMap<>();

    int index(int place) {
      return indexes.computeIfAbsent(place, p -> indexes.size());
    }

    TravelTimes times() {
      int[] all = indexes.keySet().stream().mapToInt(Integer::intValue).toArray();
      int n = all.length;
      int[] cells = new int[n * n];
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) {
          cells[i * n + k] = facts.travel(all[i], all[k]) * TICK_SECONDS;
        }
      }
      return TravelTimes.of(n, cells);
    }
  }
}
