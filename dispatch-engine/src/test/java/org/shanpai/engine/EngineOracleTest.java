package org.shanpai.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Against brute force, on waves small enough for it. When written, the search reached the best plan
 * on 116 of the 120 cases and construction alone on 99.
 */
class EngineOracleTest {

  private static final int CASES = 120;

  private final DispatchEngine engine = new DispatchEngine(System::nanoTime);

  @Test
  void searchReachesTheBestPlanOnNearlyAllTinyWavesAndNeverBeatsIt() {
    int reached = 0;
    int constructionReached = 0;
    List<String> missed = new ArrayList<>();
    for (int seed = 0; seed < CASES; seed++) {
      Wave wave = tiny(seed);
      long best = PlanOracle.best(wave);
      Plan plan = engine.solve(wave);
      assertThat(plan.stats().failure()).as("seed %d", seed).isNull();
      assertThat(plan.cost().total()).as("seed %d", seed).isGreaterThanOrEqualTo(best);
      assertThat(plan.stats().cost()).as("seed %d", seed).isEqualTo(plan.cost().total());
      assertThat(plan.stats().constructedCost())
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(plan.cost().total());
      if (plan.cost().total() == best) {
        reached++;
      } else {
        missed.add("seed %d: %d, best %d".formatted(seed, plan.cost().total(), best));
      }
      if (plan.stats().constructedCost() == best) {
        constructionReached++;
      }
    }
    assertThat(reached).as("missed: %s", missed).isGreaterThanOrEqualTo(CASES * 95 / 100);
    // Otherwise the cases would say nothing about the search.
    assertThat(constructionReached).isLessThan(reached);
  }

  /** At most four jobs to place, those that may be taken away among them. */
  private static Wave tiny(int seed) {
    Wave wave = RandomWaves.wave(seed, 2 + seed % 3, 1 + seed % 3, SolveLimit.steps(2000), 0.4);
    int released = wave.couriers().stream().mapToInt(c -> c.releasable().size()).sum();
    int open = Math.min(wave.jobs().size(), Math.max(1, 4 - released));
    return new Wave(
        wave.areaId(),
        wave.nowMillis(),
        wave.seed(),
        wave.jobs().subList(0, open),
        wave.couriers(),
        wave.times(),
        wave.weights(),
        wave.limit());
  }
}
