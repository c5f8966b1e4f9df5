package org.shanpai.bench.city;

import java.util.List;
import java.util.Set;
import org.shanpai.engine.Courier;
import org.shanpai.engine.EngineWeights;
import org.shanpai.engine.Job;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Stop;
import org.shanpai.engine.StopKind;
import org.shanpai.engine.TravelTimes;
import org.shanpai.engine.Wave;

/** Makes the engine's records of what the city knows; the only place here that builds them. */
public final class EngineRecords {

  private EngineRecords() {}

  static Job job(OrderFacts order, Set<String> declinedBy) {
    return new Job(
        order.id(),
        order.store(),
        order.door(),
        order.readyMillis(),
        order.promiseMillis(),
        order.placedMillis(),
        order.storeSeconds(),
        order.doorSeconds(),
        order.units(),
        order.grams(),
        order.longestCarrySeconds(),
        order.direct(),
        order.needs(),
        declinedBy,
        0);
  }

  /** The pickup of an order that is already somebody's. */
  static Stop pickup(OrderFacts order) {
    return new Stop(
        order.id(),
        StopKind.PICKUP,
        order.store(),
        order.readyMillis(),
        0,
        order.storeSeconds(),
        order.units(),
        order.grams(),
        order.longestCarrySeconds(),
        0);
  }

  /**
   * The drop-off of an order that is already somebody's.
   *
   * @param takenMillis city epoch ms at which the goods left the store; 0 = not yet
   */
  static Stop dropoff(OrderFacts order, long takenMillis) {
    return new Stop(
        order.id(),
        StopKind.DROPOFF,
        order.door(),
        0,
        order.promiseMillis(),
        order.doorSeconds(),
        order.units(),
        order.grams(),
        order.longestCarrySeconds(),
        takenMillis);
  }

  /** The two stops an open job becomes once it is planned. */
  public static Stop[] stops(Job job) {
    return new Stop[] {
      new Stop(
          job.id(),
          StopKind.PICKUP,
          job.pickup(),
          job.readyMillis(),
          0,
          job.pickupServiceSeconds(),
          job.loadUnits(),
          job.weightGrams(),
          job.longestCarrySeconds(),
          0),
      new Stop(
          job.id(),
          StopKind.DROPOFF,
          job.dropoff(),
          0,
          job.promiseEndMillis(),
          job.dropoffServiceSeconds(),
          job.loadUnits(),
          job.weightGrams(),
          job.longestCarrySeconds(),
          0)
    };
  }

  static Courier courier(
      RiderFacts rider,
      int place,
      long freeAtMillis,
      int loadUnits,
      List<Stop> route,
      int pinnedStops,
      boolean acceptsOffers) {
    return new Courier(
        rider.id(),
        place,
        freeAtMillis,
        rider.capacityUnits(),
        rider.capacityGrams(),
        loadUnits,
        route,
        pinnedStops,
        List.of(),
        rider.offMillis(),
        rider.dutyEndMillis(),
        rider.speedFactor(),
        rider.levelMillis(),
        rider.equipment(),
        acceptsOffers,
        rider.onlineHours(),
        rider.earnedOrders());
  }

  static Wave wave(
      String area,
      long nowMillis,
      long seed,
      List<Job> jobs,
      List<Courier> couriers,
      TravelTimes times,
      SolveLimit limit) {
    return new Wave(area, nowMillis, seed, jobs, couriers, times, EngineWeights.live(), limit);
  }

  /** A stop with another promise. */
  static Stop promised(Stop stop, long dueMillis) {
    return new Stop(
        stop.jobId(),
        stop.kind(),
        stop.place(),
        stop.earliestMillis(),
        dueMillis,
        stop.serviceSeconds(),
        stop.loadUnits(),
        stop.weightGrams(),
        stop.longestCarrySeconds(),
        stop.takenMillis());
  }

  /** A drop-off whose goods left the store at a moment. */
  static Stop taken(Stop stop, long takenMillis) {
    return new Stop(
        stop.jobId(),
        stop.kind(),
        stop.place(),
        stop.earliestMillis(),
        stop.dueMillis(),
        stop.serviceSeconds(),
        stop.loadUnits(),
        stop.weightGrams(),
        stop.longestCarrySeconds(),
        takenMillis);
  }

  /** The same wave, to be searched with another seed and limit. */
  public static Wave with(Wave wave, long seed, SolveLimit limit) {
    return with(wave, seed, limit, wave.jobs(), wave.couriers());
  }

  /** A part of a wave: some of its jobs and couriers. */
  public static Wave with(
      Wave wave, long seed, SolveLimit limit, List<Job> jobs, List<Courier> couriers) {
    return new Wave(
        wave.areaId(), wave.nowMillis(), seed, jobs, couriers, wave.times(), wave.weights(), limit);
  }
}
