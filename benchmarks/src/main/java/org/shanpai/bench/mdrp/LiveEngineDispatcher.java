package org.shanpai.bench.mdrp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.engine.Courier;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.engine.EngineWeights;
import org.shanpai.engine.Foresight;
import org.shanpai.engine.Job;
import org.shanpai.engine.Plan;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Stop;
import org.shanpai.engine.StopKind;
import org.shanpai.engine.TravelTimes;
import org.shanpai.engine.Wave;
import org.shanpai.engine.WaveRules;
import org.shanpai.engine.foresight.Futures;

/**
 * The engine in its own mode of operation: routes interleave stops of several jobs and take new
 * ones in while they are ridden. Weights and search are those of {@link EngineDispatcher}.
 */
public final class LiveEngineDispatcher implements LiveDispatcher {

  private static final long DAY = 1_000_000_000_000L;
  private static final long TICK_MILLIS = 60_000 / Ticks.PER_MINUTE;
  private static final int TICK_SECONDS = (int) (TICK_MILLIS / 1000);
  private static final int LARGEST_LOAD = 4;
  private static final int COMING_MINUTES = 30;

  /** Stops of several jobs in any order; what is taken in one visit is handed over together. */
  private static final WaveRules INTERLEAVED = new WaveRules(false, true);

  private final int steps = Integer.getInteger("shanpai.mdrp.steps", 1_000);

  /** Off: with ten futures the excess was the same within chance, at three times the CPU. */
  private final int futures = Integer.getInteger("shanpai.mdrp.futures", 0);

  private final int stepsPerFuture = Integer.getInteger("shanpai.mdrp.future-steps", 150);
  private final int horizonMinutes = Integer.getInteger("shanpai.mdrp.horizon", 20);
  private final int windowMinutes = Integer.getInteger("shanpai.mdrp.window", 80);
  private final int endPrice = Integer.getInteger("shanpai.mdrp.end", 220);
  private final int needed = Integer.getInteger("shanpai.mdrp.needed", 50);
  private final boolean release = Boolean.getBoolean("shanpai.mdrp.release");

  private final DispatchEngine engine = new DispatchEngine(System::nanoTime);
  private DayFacts facts;
  private long seed;
  private Map<String, List<Stop>> sketch = Map.of();

  @Override
  public String name() {
    return Contender.LIVE_ENGINE;
  }

  @Override
  public void begin(DayFacts day, long daySeed) {
    facts = day;
    seed = daySeed;
    sketch = Map.of();
  }

  @Override
  public List<Route> wave(View view) {
    Points points = new Points();
    List<Job> jobs = new ArrayList<>();
    for (int order : view.openOrders()) {
      jobs.add(job(order, points));
    }
    List<Courier> couriers = new ArrayList<>();
    for (Rider courier : view.couriers()) {
      boolean working = !courier.route().isEmpty();
      if (working
          || courier.onTime() <= view.now() + COMING_MINUTES * Ticks.PER_MINUTE
              && courier.freeAt() <= courier.offTime()) {
        couriers.add(courier(courier, points));
      }
    }
    List<Job> recent = new ArrayList<>();
    for (int o = facts.placedOrders() - 1;
        o >= 0 && facts.placed(o) > view.now() - windowMinutes * Ticks.PER_MINUTE;
        o--) {
      recent.add(job(o, points));
    }
    TravelTimes times = points.times(facts.parameters().metresPerMinute());
    long waveSeed = seed * 1_000_003 + view.now();
    Foresight foresight =
        new Foresight(
            Futures.drawn(
                recent,
                millis(view.now()),
                windowMinutes * 60_000L,
                horizonMinutes * 60_000L,
                futures,
                waveSeed),
            Futures.endPrices(recent, times, endPrice),
            stepsPerFuture,
            needed);
    Wave wave =
        new Wave(
            facts.name(),
            millis(view.now()),
            waveSeed,
            jobs,
            couriers,
            times,
            EngineWeights.clickToDoor(facts.waveEvery() * TICK_SECONDS),
            SolveLimit.steps(steps),
            INTERLEAVED,
            foresight,
            sketch);
    Map<String, List<Stop>> tentative = new HashMap<>();
    Plan plan = engine.solve(wave, tentative::putAll);
    if (plan.stats().failure() != null) {
      throw new IllegalStateException(plan.stats().failure());
    }
    sketch = tentative;
    return changed(plan, view);
  }

  private static List<Route> changed(Plan plan, View view) {
    List<Route> routes = new ArrayList<>();
    for (Rider courier : view.couriers()) {
      if (courier.onTime() > view.now()) {
        continue;
      }
      List<Visit> visits =
          plan.routes().getOrDefault(Integer.toString(courier.courier()), List.of()).stream()
              .map(
                  stop -> new Visit(Integer.parseInt(stop.jobId()), stop.kind() == StopKind.PICKUP))
              .toList();
      if (!visits.equals(courier.route())) {
        routes.add(new Route(courier.courier(), visits));
      }
    }
    return routes;
  }

  private Job job(int order, Points points) {
    Instance.Parameters p = facts.parameters();
    return new Job(
        Integer.toString(order),
        points.of(facts.restaurantPlace(facts.restaurant(order))),
        points.of(facts.orderPlace(order)),
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

  private Stop stop(Visit visit, Points points) {
    Instance.Parameters p = facts.parameters();
    int order = visit.order();
    return visit.pickup()
        ? new Stop(
            Integer.toString(order),
            StopKind.PICKUP,
            points.of(facts.restaurantPlace(facts.restaurant(order))),
            millis(facts.ready(order) - p.halfPickup()),
            0,
            2 * p.halfPickup() * TICK_SECONDS,
            1,
            0,
            0,
            0)
        : new Stop(
            Integer.toString(order),
            StopKind.DROPOFF,
            points.of(facts.orderPlace(order)),
            0,
            millis(facts.placed(order) + p.target()),
            2 * p.halfDropoff() * TICK_SECONDS,
            1,
            0,
            0,
            0);
  }

  private Courier courier(LiveDispatcher.Rider view, Points points) {
    Instance.Parameters p = facts.parameters();
    double hours = Ticks.toMinutes(view.offTime() - view.onTime()) / 60.0;
    int covered = (int) (hours * p.payPerHour() / p.payPerOrder());
    return new Courier(
        Integer.toString(view.courier()),
        points.add(view.x(), view.y()),
        millis(view.freeAt()),
        LARGEST_LOAD,
        Integer.MAX_VALUE,
        view.aboard().size(),
        view.route().stream().map(visit -> stop(visit, points)).toList(),
        0,
        release
            ? view.route().stream()
                .filter(Visit::pickup)
                .map(visit -> job(visit.order(), points))
                .toList()
            : List.of(),
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

  /** The places of one wave and where its couriers are. */
  private final class Points {
    private final Map<Integer, Integer> indexOfPlace = new HashMap<>();
    private final List<double[]> points = new ArrayList<>();

    int of(int place) {
      return indexOfPlace.computeIfAbsent(place, p -> add(facts.x(p), facts.y(p)));
    }

    int add(double x, double y) {
      points.add(new double[] {x, y});
      return points.size() - 1;
    }

    /** Whole minutes, rounded up, as the instances have it. */
    TravelTimes times(double metresPerMinute) {
      int n = points.size();
      int[] cells = new int[n * n];
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < i; k++) {
          double dx = points.get(i)[0] - points.get(k)[0];
          double dy = points.get(i)[1] - points.get(k)[1];
          int seconds = 60 * (int) Math.ceil(Math.sqrt(dx * dx + dy * dy) / metresPerMinute);
          cells[i * n + k] = seconds;
          cells[k * n + i] = seconds;
        }
      }
      return TravelTimes.of(n, cells);
    }
  }
}
