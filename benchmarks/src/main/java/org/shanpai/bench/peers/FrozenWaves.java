package org.shanpai.bench.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.shanpai.bench.CannotRun;
import org.shanpai.bench.city.AreaDay;
import org.shanpai.bench.city.AreaStream;
import org.shanpai.bench.city.CitySize;
import org.shanpai.bench.city.CitySnapshot;
import org.shanpai.bench.mdrp.InstanceReader;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Wave;

/** Waves to compare solvers on: cut from made-up cities of several sizes and from real days. */
final class FrozenWaves {

  /** Jobs and riders. */
  static final List<int[]> SIZES =
      List.of(
          new int[] {20, 30},
          new int[] {40, 80},
          new int[] {60, 100},
          new int[] {100, 160},
          new int[] {150, 300},
          new int[] {200, 400});

  private static final int WAVE_MINUTES = 3;
  private static final int LONGEST_DAY_MINUTES = 24 * 60;
  private static final int STEPS = 200;
  private static final int FEWEST_JOBS = 5;

  private FrozenWaves() {}

  /** Waves of every size. */
  static List<Wave> ofCities(long seed, int ofEachSize) {
    List<Wave> waves = new ArrayList<>();
    for (int[] size : SIZES) {
      for (int k = 0; k < ofEachSize; k++) {
        waves.add(
            CitySnapshot.wave(
                seed + 100L * k, CitySize.of(size[0], size[1]), SolveLimit.constructionOnly()));
      }
    }
    return waves;
  }

  /**
   * The busiest moments of days of the Grubhub set, as our engine found them.
   *
   * @param folder with a folder for each day
   * @param only which days, a glob
   * @param days how many of them
   * @param ofEachDay waves of each
   */
  static List<Wave> ofDays(Path folder, String only, int days, int ofEachDay, long seed) {
    List<Path> found = InstanceReader.listInstances(folder, only);
    if (found.isEmpty()) {
      throw new CannotRun("%s has no instance named %s.".formatted(folder, only));
    }
    List<Wave> waves = new ArrayList<>();
    DispatchEngine engine = new DispatchEngine(System::nanoTime);
    for (Path day : found.subList(0, Math.min(days, found.size()))) {
      waves.addAll(busiest(AreaDay.of(InstanceReader.read(day)), engine, ofEachDay, seed));
    }
    return waves;
  }

  private static List<Wave> busiest(AreaDay day, DispatchEngine engine, int wanted, long seed) {
    AreaStream stream = new AreaStream(day, seed);
    List<Wave> waves = new ArrayList<>();
    for (int minute = 0; minute < LONGEST_DAY_MINUTES && !stream.over(); minute += WAVE_MINUTES) {
      Wave wave = stream.waveAfter(WAVE_MINUTES * 60_000L, seed, SolveLimit.steps(STEPS));
      if (wave.jobs().size() >= FEWEST_JOBS && !wave.couriers().isEmpty()) {
        waves.add(wave);
      }
      stream.carryOut(engine.solve(wave));
    }
    waves.sort(Comparator.comparingInt((Wave wave) -> -wave.jobs().size()));
    return waves.subList(0, Math.min(wanted, waves.size()));
  }
}
