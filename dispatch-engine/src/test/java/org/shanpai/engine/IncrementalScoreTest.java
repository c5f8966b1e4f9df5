package org.shanpai.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.shanpai.engine.routing.WaveCompiler;
import org.shanpai.engine.routing.WaveProblem;
import org.shanpai.engine.solver.StepWatch;

/** The search's score against the slow calculator, at every single evaluation. */
class IncrementalScoreTest {

  @Test
  void incrementalScoreEqualsTheSlowOneAtEveryStep() {
    AtomicInteger compared = new AtomicInteger();
    AtomicInteger movedAway = new AtomicInteger();
    for (int seed = 0; seed < 6; seed++) {
      Wave wave = RandomWaves.wave(seed, 6 + 2 * seed, 8, SolveLimit.steps(400), 0.5);
      WaveProblem problem = WaveCompiler.compile(wave);
      SlowCost slow = new SlowCost(wave);
      StepWatch watch =
          (routes, hard, soft) -> {
            assertThat(hard).isZero();
            assertThat(-soft).isEqualTo(slow(wave, problem, slow, routes.get()));
            compared.incrementAndGet();
            assertThat(Arrays.stream(routes.get()).flatMapToInt(r -> Arrays.stream(r).skip(1)))
                .as("no stop is on two routes")
                .doesNotHaveDuplicates();
            for (int[] route : routes.get()) {
              for (int i = 1; i < route.length; i++) {
                int home = problem.home[route[i]];
                if (home >= 0 && home != route[0]) {
                  movedAway.incrementAndGet();
                }
              }
            }
          };
      Plan plan = new DispatchEngine(System::nanoTime).solve(wave, watch);
      assertThat(plan.stats().failure()).isNull();
      assertThat(plan.stats().searched()).isTrue();
    }
    assertThat(compared.get()).isGreaterThan(1000);
    assertThat(movedAway.get()).as("scores with a reassigned job").isGreaterThan(100);
  }

  @Test
  void aDifferenceWouldBeSeen() {
    Wave wave = RandomWaves.wave(1, 8, 8, SolveLimit.steps(50), 0.5);
    StepWatch watch =
        (routes, hard, soft) -> {
          if (-soft != 1) {
            throw new IllegalStateException("score differs");
          }
        };
    Plan plan = new DispatchEngine(System::nanoTime).solve(wave, watch);
    assertThat(plan.stats().failure()).contains("score differs");
    assertThat(PlanChecker.violations(wave, plan)).isEmpty();
    assertThat(plan.bundles()).as("construction still offers").isNotEmpty();
  }

  static long slow(Wave wave, WaveProblem problem, SlowCost slow, int[][] routes) {
    long total = 0;
    for (int[] route : routes) {
      List<Stop> stops = new ArrayList<>();
      for (int i = 1; i < route.length; i++) {
        stops.add(problem.stop[route[i]]);
      }
      if (route[0] < 0) {
        for (Stop stop : stops) {
          if (stop.kind() == StopKind.PICKUP) {
            total +=
                slow.held(
                    wave.jobs().stream()
                        .filter(j -> j.id().equals(stop.jobId()))
                        .findFirst()
                        .get());
          }
        }
      } else {
        long price = slow.route(wave.couriers().get(route[0]), stops);
        assertThat(price).as("a broken route was scored").isNotNegative();
        total += price;
      }
    }
    return total;
  }
}
