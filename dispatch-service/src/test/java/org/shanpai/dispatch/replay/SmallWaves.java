package org.shanpai.dispatch.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.shanpai.engine.Courier;
import org.shanpai.engine.EngineWeights;
import org.shanpai.engine.Job;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.TravelTimes;
import org.shanpai.engine.Wave;

/** Made-up waves, busy enough that the search has something to improve. */
final class SmallWaves {

  private static final long NOON = 1_790_000_000_000L;
  private static final int JOBS = 24;
  private static final int COURIERS = 9;

  private SmallWaves() {}

  static Wave rush(long seed, SolveLimit limit) {
    Random random = new Random(seed);
    int places = 2 * JOBS + COURIERS;
    double[] x = random.doubles(places, 0, 3_000).toArray();
    double[] y = random.doubles(places, 0, 3_000).toArray();
    int[] cells = new int[places * places];
    for (int from = 0; from < places; from++) {
      for (int to = 0; to < places; to++) {
        cells[from * places + to] =
            (int) Math.ceil((Math.abs(x[from] - x[to]) + Math.abs(y[from] - y[to])) / 4.4);
      }
    }
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      jobs.add(
          new Job(
              "j-" + (i + 1),
              2 * i,
              2 * i + 1,
              NOON + random.nextInt(-300_000, 300_000),
              NOON + random.nextInt(600_000, 1_500_000),
              NOON - 400_000,
              60,
              120,
              1 + random.nextInt(3),
              1_500,
              0,
              false,
              Set.of(),
              i % 7 == 0 ? Set.of("r-1", "r-2") : Set.of(),
              0));
    }
    List<Courier> couriers = new ArrayList<>();
    for (int i = 0; i < COURIERS; i++) {
      couriers.add(
          new Courier(
              "r-" + (i + 1),
              2 * JOBS + i,
              NOON,
              8,
              20_000,
              0,
              List.of(),
              0,
              List.of(),
              0,
              0,
              1.0,
              70_000,
              Set.of(),
              true,
              1 + i / 3.0,
              i));
    }
    return new Wave(
        "a-test",
        NOON,
        seed,
        jobs,
        couriers,
        TravelTimes.of(places, cells),
        EngineWeights.live(),
        limit);
  }
}
