package org.shanpai.bench.mdrp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.engine.Courier;
import org.shanpai.engine.Plan;
import org.shanpai.engine.Stop;
import org.shanpai.engine.StopKind;
import org.shanpai.engine.TravelTimes;
import org.shanpai.engine.WaveRules;

/**
 * The engine in its own mode of operation: routes interleave stops of several jobs and take new
 * ones in while they are ridden. Weights and search are those of {@link EngineDispatcher}. Nothing
 * is reassigned.
 */
public final class LiveEngineDispatcher implements LiveDispatcher {

  /** Stops of several jobs in any order; what is taken in one visit is handed over together. */
  private static final WaveRules INTERLEAVED = new WaveRules(false, true);

  private DayFacts facts;
  private EngineDay day;

  @Override
  public String name() {
    return Contender.LIVE_ENGINE;
  }

  @Override
  public void begin(DayFacts today, long seed) {
    facts = today;
    day = new EngineDay(today, seed, INTERLEAVED);
  }

  @Override
  public List<Route> wave(View view) {
    Points points = new Points();
    List<Courier> couriers = new ArrayList<>();
    for (Rider r : view.couriers()) {
      if (!r.route().isEmpty()
          || EngineDay.counts(view.now(), r.onTime(), r.offTime(), r.freeAt())) {
        couriers.add(
            day.courier(
                r.courier(),
                points.add(r.x(), r.y()),
                r.onTime(),
                r.offTime(),
                r.freeAt(),
                r.aboard().size(),
                r.route().stream().map(visit -> stop(visit, points)).toList(),
                r.ordersAssigned()));
      }
    }
    double pace = facts.parameters().metresPerMinute();
    Plan plan =
        day.solve(view.now(), view.openOrders(), couriers, points::of, () -> points.times(pace));
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

  private Stop stop(Visit visit, Points points) {
    Instance.Parameters p = facts.parameters();
    int order = visit.order();
    return visit.pickup()
        ? new Stop(
            Integer.toString(order),
            StopKind.PICKUP,
            points.of(facts.restaurantPlace(facts.restaurant(order))),
            EngineDay.millis(facts.ready(order) - p.halfPickup()),
            0,
            2 * p.halfPickup() * EngineDay.TICK_SECONDS,
            1,
            0,
            0,
            0)
        : new Stop(
            Integer.toString(order),
            StopKind.DROPOFF,
            points.of(facts.orderPlace(order)),
            0,
            EngineDay.millis(facts.placed(order) + p.target()),
            2 * p.halfDropoff() * EngineDay.TICK_SECONDS,
            1,
            0,
            0,
            0);
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
