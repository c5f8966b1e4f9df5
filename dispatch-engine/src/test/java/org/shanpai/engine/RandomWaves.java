package org.shanpai.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Seeded waves of any size on a plane, some couriers with committed and pinned work. */
final class RandomWaves {

  private RandomWaves() {}

  static Wave wave(long seed, int jobs, int couriers, SolveLimit limit) {
    return wave(seed, jobs, couriers, limit, 0.3);
  }

  /**
   * @param busyShare share of couriers with a committed job
   */
  static Wave wave(long seed, int jobs, int couriers, SolveLimit limit, double busyShare) {
    Random random = new Random(seed * 7919 + 13);
    // What came later draws from its own chance, so that older cases keep their shape.
    Random more = new Random(seed * 104_729 + 7);
    int shops = Math.max(2, jobs / 3);
    int places = shops + jobs + 3 * couriers;
    int[] x = new int[places];
    int[] y = new int[places];
    for (int i = 0; i < places; i++) {
      int reach = i < shops ? 2000 : 4500;
      x[i] = random.nextInt(reach);
      y[i] = random.nextInt(reach);
    }
    int[] cells = new int[places * places];
    for (int a = 0; a < places; a++) {
      for (int b = 0; b < places; b++) {
        cells[a * places + b] =
            a == b ? 0 : (int) Math.ceil(1.3 * Math.hypot(x[a] - x[b], y[a] - y[b]) / 4.4);
      }
    }
    long now = GridCity.NOON;
    List<Job> open = new ArrayList<>();
    for (int j = 0; j < jobs; j++) {
      long placed = now - random.nextInt(600_000);
      long ready = placed + 120_000 + random.nextInt(1_200_000);
      open.add(
          new Job(
              "job-" + j,
              random.nextInt(shops),
              shops + j,
              ready,
              placed + 1_800_000 + random.nextInt(900_000),
              placed,
              60 + random.nextInt(60),
              60 + random.nextInt(240),
              1 + random.nextInt(3),
              500 + more.nextInt(4_000),
              more.nextInt(4) == 0 ? 900 + more.nextInt(1_800) : 0,
              random.nextInt(12) == 0,
              random.nextInt(15) == 0 ? Set.of("COLD_BOX") : Set.of(),
              random.nextInt(10) == 0 ? Set.of("courier-" + random.nextInt(couriers)) : Set.of(),
              random.nextInt(5) == 0 ? now + random.nextInt(600_000) - 100_000 : 0));
    }
    List<Courier> people = new ArrayList<>();
    for (int c = 0; c < couriers; c++) {
      int base = shops + jobs + 3 * c;
      List<Stop> route = new ArrayList<>();
      List<Job> releasable = new ArrayList<>();
      int load = 0;
      int pinned = 0;
      if (random.nextDouble() < busyShare) {
        int shape = random.nextInt(3);
        if (shape != 1) {
          route.add(
              new Stop(
                  "aboard-" + c,
                  StopKind.DROPOFF,
                  base + 1,
                  0,
                  now + random.nextInt(1_500_000),
                  120,
                  2,
                  1_500,
                  more.nextInt(3) == 0 ? 1_200 : 0,
                  now - more.nextInt(600_000)));
          load = 2;
        }
        if (shape != 0) {
          Job taken =
              new Job(
                  "taken-" + c,
                  random.nextInt(shops),
                  base + 2,
                  now + random.nextInt(600_000),
                  now + 900_000 + random.nextInt(900_000),
                  now - 60_000,
                  60,
                  120,
                  1,
                  2_000,
                  more.nextInt(3) == 0 ? 1_000 + more.nextInt(600) : 0,
                  more.nextInt(10) == 0,
                  more.nextInt(8) == 0 ? Set.of("COLD_BOX") : Set.of(),
                  more.nextInt(8) == 0 ? Set.of("courier-" + more.nextInt(couriers)) : Set.of(),
                  0);
          route.addAll(GridCity.stopsOf(taken));
          if (more.nextInt(3) != 0) {
            releasable.add(taken);
          }
        }
        pinned = random.nextInt(2);
      }
      people.add(
          new Courier(
              "courier-" + c,
              base,
              now + (random.nextInt(4) == 0 ? random.nextInt(120_000) : -1000),
              5 + random.nextInt(4),
              5_000 + more.nextInt(10_000),
              load,
              route,
              pinned,
              releasable,
              random.nextInt(6) == 0 ? now + random.nextInt(2_400_000) : 0,
              more.nextInt(6) == 0 ? now + more.nextInt(4_800_000) : 0,
              0.7 + 0.3 * random.nextDouble(),
              random.nextInt(100_001),
              random.nextInt(3) == 0 ? Set.of("COLD_BOX") : Set.of(),
              random.nextInt(10) != 0,
              random.nextDouble() * 8,
              random.nextInt(30)));
    }
    return new Wave(
        "area-" + seed,
        now,
        seed,
        open,
        people,
        TravelTimes.of(places, cells),
        EngineWeights.live(),
        limit);
  }
}
