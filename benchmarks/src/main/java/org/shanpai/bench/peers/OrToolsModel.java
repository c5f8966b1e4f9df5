package org.shanpai.bench.peers;

import com.google.ortools.constraintsolver.IntVar;
import com.google.ortools.constraintsolver.RoutingDimension;
import com.google.ortools.constraintsolver.RoutingIndexManager;
import com.google.ortools.constraintsolver.RoutingModel;
import com.google.ortools.constraintsolver.Solver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.engine.EngineWeights;

/**
 * A wave as OR-Tools understands it.
 *
 * <ul>
 *   <li>Nodes: the stops, then where each courier starts, then one place where routes end at no
 *       cost.
 *   <li>Exact: hard rules, riding, price of holding, price of turning round, equity.
 *   <li>Approximated: convex lateness as two straight pieces, one time dimension for each; carrying
 *       and shelf time as a price on the second of hand-over. Left out: waiting at the store, the
 *       tie-break by level (at most 3 %), the longest carry of goods not yet aboard: as a
 *       constraint between two times it made the library try second after second for minutes.
 * </ul>
 */
final class OrToolsModel {

  private static final long HORIZON = 8 * 3600;
  private static final long DEAREST_HOLD = 1_000_000_000L;
  private static final int DIRECT_COUNTS_AS = 1_000;
  private static final int SECOND_PIECE_FROM_SECONDS = 600;

  /** Couriers a job may go to: more only make it slower. */
  private static final int MOST_COURIERS = 40;

  private static final int NO_WAY = 6 * 3600;

  private final FlatWave wave;
  private final RoutingIndexManager indexes;
  private final RoutingModel routing;
  private final int endNode;

  OrToolsModel(FlatWave wave) {
    this.wave = wave;
    this.endNode = wave.stops + wave.couriers;
    int[] starts = new int[wave.couriers];
    int[] ends = new int[wave.couriers];
    for (int c = 0; c < wave.couriers; c++) {
      starts[c] = wave.stops + c;
      ends[c] = endNode;
    }
    this.indexes = new RoutingIndexManager(endNode + 1, wave.couriers, starts, ends);
    this.routing = new RoutingModel(indexes);
    Map<Integer, long[][]> ridden = new HashMap<>();
    for (int slowness : wave.slowness) {
      ridden.computeIfAbsent(slowness, this::seconds);
    }
    addRiding(ridden);
    addTimes(ridden);
    addLoads();
    addJobs();
  }

  RoutingIndexManager indexes() {
    return indexes;
  }

  RoutingModel routing() {
    return routing;
  }

  /** Routes of stops as indexes of this model. */
  long[][] toIndexes(int[][] routes) {
    long[][] all = new long[routes.length][];
    for (int c = 0; c < routes.length; c++) {
      all[c] = new long[routes[c].length];
      for (int i = 0; i < all[c].length; i++) {
        all[c][i] = indexes.nodeToIndex(routes[c][i]);
      }
    }
    return all;
  }

  private int placeOf(int node) {
    return node < wave.stops ? wave.place[node] : wave.startPlace[node - wave.stops];
  }

  /** Seconds between nodes at one speed. */
  private long[][] seconds(int slowness) {
    int n = endNode + 1;
    long[][] all = new long[n][n];
    for (int from = 0; from < endNode; from++) {
      // Routes go from stops and starts to stops; the rest is never asked for.
      for (int to = 0; to < wave.stops; to++) {
        int leg = wave.times.seconds(placeOf(from), placeOf(to));
        all[from][to] = Math.min(NO_WAY, ((long) leg * slowness + 1023) >> 10);
      }
    }
    return all;
  }

  private void addRiding(Map<Integer, long[][]> ridden) {
    EngineWeights price = wave.weights;
    Map<Integer, Integer> evaluators = new HashMap<>();
    ridden.forEach(
        (slowness, seconds) -> {
          long[][] cost = new long[seconds.length][];
          for (int from = 0; from < cost.length; from++) {
            cost[from] = seconds[from].clone();
            for (int to = 0; to < wave.stops; to++) {
              cost[from][to] *= price.travelPerSecond();
            }
          }
          for (int c = 0; c < wave.couriers; c++) {
            int[] before = wave.committed[c];
            for (int to = 0; to < wave.stops && before.length > 0; to++) {
              cost[wave.stops + c][to] += to == before[0] ? 0 : price.disturbance();
            }
          }
          evaluators.put(slowness, routing.registerTransitMatrix(cost));
        });
    for (int c = 0; c < wave.couriers; c++) {
      routing.setArcCostEvaluatorOfVehicle(evaluators.get(wave.slowness[c]), c);
    }
  }

  /** Three copies of time, equal in every plan: each carries one soft bound for a stop. */
  private void addTimes(Map<Integer, long[][]> ridden) {
    Map<Integer, Integer> evaluators = new HashMap<>();
    ridden.forEach(
        (slowness, seconds) -> {
          for (int from = 0; from < wave.stops; from++) {
            for (int to = 0; to <= endNode; to++) {
              seconds[from][to] += wave.service[from];
            }
          }
          evaluators.put(slowness, routing.registerTransitMatrix(seconds));
        });
    int[] byCourier = new int[wave.couriers];
    for (int c = 0; c < wave.couriers; c++) {
      byCourier[c] = evaluators.get(wave.slowness[c]);
    }
    EngineWeights price = wave.weights;
    long early = (long) SECOND_PIECE_FROM_SECONDS * price.lateConvexPerMinute() / 60;
    long later = 2 * early;
    for (String name : List.of("time", "late", "very late")) {
      routing.addDimensionWithVehicleTransits(byCourier, HORIZON, 2 * HORIZON, false, name);
      RoutingDimension time = routing.getDimensionOrDie(name);
      for (int c = 0; c < wave.couriers; c++) {
        time.cumulVar(routing.start(c)).setMin(wave.startTime[c]);
        time.cumulVar(routing.start(c)).setMax(wave.startTime[c]);
      }
      for (int s = 0; s < wave.stops; s++) {
        long index = indexes.nodeToIndex(s);
        IntVar begin = time.cumulVar(index);
        begin.setMin(Math.max(0, wave.earliest[s]));
        if (wave.pickup[s]) {
          if (wave.owner[s] >= 0 && wave.latestStart[s] < FlatWave.NEVER) {
            begin.setMax(wave.latestStart[s]);
          }
          continue;
        }
        long due = (long) wave.due[s] - wave.service[s] - price.safetySeconds();
        switch (name) {
          case "time" ->
              time.setCumulVarSoftUpperBound(
                  index, 0, (price.carryPerSecond() + price.shelfPerSecond()) / 2);
          case "late" -> softBound(time, index, due, early);
          default ->
              softBound(
                  time,
                  index,
                  due + Math.min(price.safetySeconds(), SECOND_PIECE_FROM_SECONDS),
                  later + price.latePerSecond());
        }
      }
    }
    addCarryLimits(routing.getDimensionOrDie("time"));
  }

  private static void softBound(RoutingDimension time, long index, long due, long price) {
    if (due < HORIZON) {
      time.setCumulVarSoftUpperBound(index, Math.max(0, due), price);
    }
  }

  private void addCarryLimits(RoutingDimension time) {
    for (int s = 0; s < wave.stops; s++) {
      if (!wave.pickup[s] && wave.partner[s] < 0 && wave.carryLimit[s] < FlatWave.NEVER) {
        time.cumulVar(indexes.nodeToIndex(s)).setMax(wave.carryLimit[s] - wave.service[s]);
      }
    }
  }

  private void addLoads() {
    int n = endNode + 1;
    long[] units = new long[n];
    long[] grams = new long[n];
    long[] pieces = new long[n];
    for (int s = 0; s < wave.stops; s++) {
      int sign = wave.pickup[s] ? 1 : -1;
      units[s] = (long) sign * wave.units[s];
      grams[s] = (long) sign * wave.grams[s];
      pieces[s] = (long) sign * (wave.direct[s] ? DIRECT_COUNTS_AS : 1);
    }
    long[] mostUnits = new long[wave.couriers];
    long[] mostGrams = new long[wave.couriers];
    long[] mostPieces = new long[wave.couriers];
    for (int c = 0; c < wave.couriers; c++) {
      mostUnits[c] = Math.max(wave.unitCapacity[c], wave.startUnits[c]);
      mostGrams[c] = Math.max(wave.gramCapacity[c], wave.startGrams[c]);
      mostPieces[c] = DIRECT_COUNTS_AS;
      for (int s : wave.committed[c]) {
        if (wave.pickup[s]) {
          mostUnits[c] = Math.max(mostUnits[c], wave.unitsLimit[s]);
          mostGrams[c] = Math.max(mostGrams[c], wave.gramsLimit[s]);
        }
      }
    }
    addLoad("units", units, mostUnits, wave.startUnits);
    addLoad("grams", grams, mostGrams, wave.startGrams);
    addLoad("pieces", pieces, mostPieces, wave.startAboard);
    addEquity();
  }

  private void addLoad(String name, long[] change, long[] most, int[] atStart) {
    routing.addDimensionWithVehicleCapacity(
        routing.registerUnaryTransitVector(change), 0, most, false, name);
    RoutingDimension load = routing.getDimensionOrDie(name);
    for (int c = 0; c < wave.couriers; c++) {
      load.cumulVar(routing.start(c)).setValue(atStart[c]);
    }
  }

  private void addEquity() {
    long[] fresh = new long[endNode + 1];
    for (int j = 0; j < wave.jobs; j++) {
      fresh[2 * j] = 1;
    }
    routing.addDimension(
        routing.registerUnaryTransitVector(fresh), 0, wave.jobs + 1L, true, "fresh");
    RoutingDimension count = routing.getDimensionOrDie("fresh");
    for (int c = 0; c < wave.couriers; c++) {
      if (wave.equityPerJob[c] > 0) {
        count.setCumulVarSoftUpperBound(routing.end(c), 0, wave.equityPerJob[c]);
      }
    }
  }

  private void addJobs() {
    Solver solver = routing.solver();
    RoutingDimension time = routing.getDimensionOrDie("time");
    // By vehicle + 1: nobody, who has a job that is held, comes first.
    long[] shiftEnd = new long[wave.couriers + 1];
    shiftEnd[0] = HORIZON;
    boolean[] mayFinish = new boolean[wave.couriers];
    for (int c = 0; c < wave.couriers; c++) {
      shiftEnd[c + 1] = Math.max(0, Math.min(wave.shiftEnd[c], HORIZON));
      mayFinish[c] = keepDuty(c, time);
    }
    for (int s = 0; s < wave.stops; s++) {
      long index = indexes.nodeToIndex(s);
      if (wave.owner[s] >= 0) {
        routing.vehicleVar(index).setValue(wave.owner[s]);
      }
      if (wave.pickup[s]) {
        long dropoff = indexes.nodeToIndex(wave.partner[s]);
        routing.addPickupAndDelivery(index, dropoff);
        solver.addConstraint(
            solver.makeEquality(routing.vehicleVar(index), routing.vehicleVar(dropoff)));
        solver.addConstraint(solver.makeLessOrEqual(time.cumulVar(index), time.cumulVar(dropoff)));
      }
    }
    int[][] near = GreedyPeer.nearest(wave, MOST_COURIERS);
    for (int j = 0; j < wave.jobs; j++) {
      long pickup = indexes.nodeToIndex(2 * j);
      long dropoff = indexes.nodeToIndex(2 * j + 1);
      long price = Math.min(wave.holdCost[j], DEAREST_HOLD);
      routing.addDisjunction(new long[] {pickup}, price);
      routing.addDisjunction(new long[] {dropoff}, 0);
      List<Long> may = new ArrayList<>(List.of(-1L));
      for (int c : near[j]) {
        if (mayFinish[c]) {
          may.add((long) c);
        }
      }
      long[] allowed = may.stream().mapToLong(Long::longValue).toArray();
      routing.vehicleVar(pickup).setValue(allowed);
      routing.vehicleVar(dropoff).setValue(allowed);
      solver.addConstraint(
          solver.makeLessOrEqual(
              time.cumulVar(pickup),
              solver.makeElement(shiftEnd, solver.makeSum(routing.vehicleVar(pickup), 1).var())));
    }
  }

  /** A route with new work ends within the hours on duty; one that cannot gets none. */
  private boolean keepDuty(int courier, RoutingDimension time) {
    if (wave.dutyEnd[courier] >= HORIZON) {
      return true;
    }
    FlatRide ride = new FlatRide(wave);
    ride.ride(courier, wave.committed[courier]);
    if (ride.end() > wave.dutyEnd[courier]) {
      return false;
    }
    time.cumulVar(routing.end(courier)).setMax(wave.dutyEnd[courier]);
    return true;
  }
}
