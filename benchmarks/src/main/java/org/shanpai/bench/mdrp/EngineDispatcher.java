package org.shanpai.bench.mdrp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.engine.Courier;
import org.shanpai.engine.EngineWeights;
import org.shanpai.engine.JobDecision;
import org.shanpai.engine.Plan;
import org.shanpai.engine.TravelTimes;
import org.shanpai.engine.WaveRules;

/**
 * The engine that runs in service, on the instances: only the words are translated and the weight
 * profile is another one ({@link EngineWeights#clickToDoor}).
 */
public final class EngineDispatcher implements Dispatcher {

  private DayFacts facts;
  private EngineDay day;

  @Override
  public String name() {
    return Contender.ENGINE;
  }

  @Override
  public void begin(DayFacts today, long seed) {
    facts = today;
    day = new EngineDay(today, seed, WaveRules.WHOLE_TRIPS);
  }

  @Override
  public List<Assignment> wave(WaveView view) {
    Places places = new Places();
    List<Courier> couriers = new ArrayList<>();
    for (CourierView c : view.couriers()) {
      if (EngineDay.counts(view.now(), c.onTime(), c.offTime(), c.freeAt())) {
        couriers.add(
            day.courier(
                c.courier(),
                places.index(c.freePlace()),
                c.onTime(),
                c.offTime(),
                c.freeAt(),
                0,
                List.of(),
                c.ordersAssigned()));
      }
    }
    Plan plan = day.solve(view.now(), view.openOrders(), couriers, places::index, places::times);
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
          cells[i * n + k] = facts.travel(all[i], all[k]) * EngineDay.TICK_SECONDS;
        }
      }
      return TravelTimes.of(n, cells);
    }
  }
}
