package org.shanpai.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything one decision round of an area knows. The engine reads nothing else: no clock, no
 * network, no chance but the seed.
 *
 * @param areaId the area, for the record only
 * @param nowMillis city epoch ms of the decision
 * @param seed seed of the search
 * @param jobs open jobs, in any order
 * @param couriers couriers eligible in the area, in any order
 * @param times travel times between the places that jobs and couriers name
 * @param weights prices of the soft terms
 * @param limit how long to search
 * @param rules how couriers may be used
 * @param foresight what is expected beyond the known jobs
 * @param sketch a plan made earlier, by courier id, from which the search starts; stops that no
 *     longer fit are left out
 */
public record Wave(
    String areaId,
    long nowMillis,
    long seed,
    List<Job> jobs,
    List<Courier> couriers,
    TravelTimes times,
    EngineWeights weights,
    SolveLimit limit,
    WaveRules rules,
    Foresight foresight,
    Map<String, List<Stop>> sketch) {
  public Wave {
    Objects.requireNonNull(areaId, "areaId");
    jobs = List.copyOf(jobs);
    couriers = List.copyOf(couriers);
    Objects.requireNonNull(times, "times");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(limit, "limit");
    Objects.requireNonNull(rules, "rules");
    Objects.requireNonNull(foresight, "foresight");
    sketch = Map.copyOf(sketch);
  }

  /** A wave without special rules, foresight or earlier plan. */
  public Wave(
      String areaId,
      long nowMillis,
      long seed,
      List<Job> jobs,
      List<Courier> couriers,
      TravelTimes times,
      EngineWeights weights,
      SolveLimit limit) {
    this(
        areaId,
        nowMillis,
        seed,
        jobs,
        couriers,
        times,
        weights,
        limit,
        WaveRules.FREE,
        Foresight.NONE,
        Map.of());
  }

  /** The same wave with other jobs, as if they were all there is. */
  public Wave withFuture(List<Job> all, long otherSeed) {
    return new Wave(
        areaId,
        nowMillis,
        otherSeed,
        all,
        couriers,
        times,
        weights,
        limit,
        rules,
        new Foresight(List.of(), foresight.endPrice(), 0, 0),
        Map.of());
  }
}
