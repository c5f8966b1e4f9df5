package org.shanpai.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.shanpai.bench.city.CitySize;
import org.shanpai.bench.city.CitySnapshot;
import org.shanpai.engine.Courier;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Stop;
import org.shanpai.engine.Wave;

/** What the solvers optimise and what the engine's checker forbids are the same rules. */
class FlatRideTest {

  private static final int ROUTES = 6_000;
  private static final int MOST_NEW_JOBS = 9;

  private final Random random = new Random(3);

  @Test
  void aRouteIsBrokenWhereTheCheckerSaysSo() {
    int sound = 0;
    int disputed = 0;
    TreeSet<String> reasons = new TreeSet<>();
    for (int round = 0; round < ROUTES / 200; round++) {
      Wave wave = CitySnapshot.wave(40 + round, CitySize.of(30, 60), SolveLimit.constructionOnly());
      FlatWave flat = new FlatWave(wave);
      FlatRide ride = new FlatRide(flat);
      RouteJudge judge = new RouteJudge(wave);
      for (int k = 0; k < 200; k++) {
        int c = random.nextInt(flat.couriers);
        int[] route = anyRoute(flat, c);
        boolean fine = ride.ride(c, route);
        int[][] all = flat.committedRoutes();
        all[c] = route;
        Courier courier = wave.couriers().get(c);
        Map<String, List<Stop>> only = new HashMap<>();
        only.put(courier.id(), flat.toStops(all).get(courier.id()));
        List<String> broken = judge.judge(only).broken();
        if (fine) {
          assertThat(broken).as("%s of %s", Arrays.toString(route), courier).isEmpty();
          sound++;
        } else if (broken.isEmpty()) {
          disputed++;
        }
        broken.forEach(why -> reasons.add(kind(why)));
      }
    }
    assertThat(sound).isBetween(ROUTES / 10, ROUTES * 9 / 10);
    // The checker counts in milliseconds, the ride in seconds rounded up.
    assertThat(disputed).isLessThan(ROUTES / 200);
    assertThat(reasons)
        .contains("units aboard", "direct", "excluded or unfit", "carried", "too late");
  }

  private static String kind(String why) {
    if (why.contains("units aboard")) {
      return "units aboard";
    }
    if (why.contains("direct")) {
      return "direct";
    }
    if (why.contains("equipment") || why.contains("takes none") || why.contains("excluded")) {
      return "excluded or unfit";
    }
    if (why.contains("carries") || why.contains("longer than")) {
      return "carried";
    }
    return why.contains("shift") || why.contains("duty") ? "too late" : why;
  }

  /** Committed stops in order and some jobs, each pickup somewhere before its drop-off. */
  private int[] anyRoute(FlatWave flat, int courier) {
    List<Integer> stops = new ArrayList<>();
    for (int s : flat.committed[courier]) {
      stops.add(s);
    }
    List<Integer> jobs = new ArrayList<>();
    for (int j = 0; j < flat.jobs; j++) {
      jobs.add(j);
    }
    Collections.shuffle(jobs, random);
    int fresh = 1 + random.nextInt(MOST_NEW_JOBS);
    for (int job : jobs.subList(0, random.nextBoolean() ? 1 : fresh)) {
      int at = random.nextInt(stops.size() + 1);
      stops.add(at, 2 * job);
      stops.add(at + 1 + random.nextInt(stops.size() - at), 2 * job + 1);
    }
    return stops.stream().mapToInt(Integer::intValue).toArray();
  }

  @Test
  void stopsOfAnotherCourierAndHalvesOfAJobAreBroken() {
    Wave wave = CitySnapshot.wave(2, CitySize.of(20, 60), SolveLimit.constructionOnly());
    FlatWave flat = new FlatWave(wave);
    FlatRide ride = new FlatRide(flat);
    int idle = 0;
    while (flat.committed[idle].length > 0 || !flat.allowed(0, idle)) {
      idle++;
    }
    int busy = 0;
    while (flat.committed[busy].length == 0) {
      busy++;
    }
    assertThat(ride.ride(idle, flat.committed[busy])).isFalse();
    assertThat(ride.ride(idle, new int[] {0})).isFalse();
    assertThat(ride.ride(idle, new int[] {1})).isFalse();
    assertThat(ride.ride(idle, new int[] {1, 0})).isFalse();
  }
}
