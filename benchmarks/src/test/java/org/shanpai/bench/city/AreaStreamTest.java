package org.shanpai.bench.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.engine.Job;
import org.shanpai.engine.Plan;
import org.shanpai.engine.PlanChecker;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Stop;
import org.shanpai.engine.Wave;

class AreaStreamTest {

  private static final int WAVES = 40;
  private final DispatchEngine engine = new DispatchEngine(System::nanoTime);

  private static AreaStream stream(long seed) {
    return new AreaStream(AreaDay.lunch(seed, 15, 4, 40), seed);
  }

  private List<Wave> waves(long seed) {
    AreaStream stream = stream(seed);
    List<Wave> waves = new ArrayList<>();
    for (int round = 0; round < WAVES; round++) {
      Wave wave = stream.waveAfter(30_000, round, SolveLimit.steps(50));
      waves.add(wave);
      stream.carryOut(engine.solve(wave));
    }
    return waves;
  }

  @Test
  void theSameSeedGivesTheSameStream() {
    List<Wave> one = waves(4);
    List<Wave> other = waves(4);
    for (int k = 0; k < WAVES; k++) {
      assertThat(other.get(k).jobs()).isEqualTo(one.get(k).jobs());
      assertThat(other.get(k).couriers()).isEqualTo(one.get(k).couriers());
    }
  }

  @Test
  void everyOrderIsOfferedFromPlacementUntilSomebodyHasIt() {
    AreaStream stream = stream(5);
    Set<String> seen = new HashSet<>();
    Set<String> carried = new HashSet<>();
    for (int round = 0; round < 4 * WAVES && !stream.over(); round++) {
      Wave wave = stream.waveAfter(30_000, round, SolveLimit.steps(50));
      for (Job job : wave.jobs()) {
        assertThat(job.placedMillis()).isLessThanOrEqualTo(wave.nowMillis());
        assertThat(carried).doesNotContain(job.id());
        seen.add(job.id());
      }
      Plan plan = engine.solve(wave);
      assertThat(plan.stats().failure()).isNull();
      assertThat(PlanChecker.violations(wave, plan)).isEmpty();
      stream.carryOut(plan);
      Wave next = stream.waveAfter(0, round, SolveLimit.constructionOnly());
      next.couriers().forEach(c -> c.route().forEach(stop -> carried.add(stop.jobId())));
    }
    assertThat(stream.over()).isTrue();
    assertThat(stream.accepted()).isEqualTo(seen.size()).isGreaterThan(40);
  }

  @Test
  void ridersMoveAlongAndFinishTheirStops() {
    AreaStream stream = stream(6);
    List<Stop> before = List.of();
    int done = 0;
    int pinned = 0;
    for (int round = 0; round < WAVES; round++) {
      Wave wave = stream.waveAfter(30_000, round, SolveLimit.steps(50));
      List<Stop> now = new ArrayList<>();
      wave.couriers().forEach(courier -> now.addAll(courier.route()));
      Set<String> left = new HashSet<>();
      now.forEach(stop -> left.add(stop.kind() + stop.jobId()));
      done += (int) before.stream().filter(s -> !left.contains(s.kind() + s.jobId())).count();
      pinned += wave.couriers().stream().mapToInt(courier -> courier.pinnedStops()).sum();
      Plan plan = engine.solve(wave);
      stream.carryOut(plan);
      before = now;
    }
    assertThat(done).isGreaterThan(20);
    assertThat(pinned).isGreaterThan(20);
  }
}
