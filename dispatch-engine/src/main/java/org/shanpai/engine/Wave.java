package org.shanpai.engine;

import java.util.List;
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
 */
public record Wave(
    String areaId,
    long nowMillis,
    long seed,
    List<Job> jobs,
    List<Courier> couriers,
    TravelTimes times,
    EngineWeights weights,
    SolveLimit limit) {
  public Wave {
    Objects.requireNonNull(areaId, "areaId");
    jobs = List.copyOf(jobs);
    couriers = List.copyOf(couriers);
    Objects.requireNonNull(times, "times");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(limit, "limit");
  }
}
