package org.shanpai.bench.mdrp;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A dispatcher that takes part in the benchmark.
 *
 * @param name as {@link Dispatcher#name()}
 * @param weight how long it takes beside the others, for the time left that the progress bar shows
 * @param published whether it keeps to the rules of the base variant, so that its solutions can be
 *     written in the published format
 * @param day runs one day with a new dispatcher
 */
public record Contender(String name, int weight, boolean published, DayRun day) {

  /** Runs one day; parameters as {@link DaySimulator#run}. */
  @FunctionalInterface
  public interface DayRun {
    DaySimulator.Day run(
        Instance instance, long seed, int waveEvery, LongSupplier nanoClock, IntConsumer progress);
  }

  /** The one that the report's headline is about, where it takes part. */
  public static final String ENGINE = "engine";

  /** The engine with diversion and insertion into routes under way. */
  public static final String LIVE_ENGINE = "engine-live";

  /** The one that the others are compared with. */
  public static final String YARDSTICK = "rolling";

  /** A contender under the rules of the base variant. */
  static Contender base(String name, int weight, Supplier<Dispatcher> maker) {
    return new Contender(
        name,
        weight,
        true,
        (instance, seed, waveEvery, nanoClock, progress) ->
            DaySimulator.run(instance, maker.get(), seed, waveEvery, nanoClock, progress));
  }

  /** A contender under the rules of the live variant. */
  static Contender live(String name, int weight, Supplier<LiveDispatcher> maker) {
    return new Contender(
        name,
        weight,
        false,
        (instance, seed, waveEvery, nanoClock, progress) ->
            LiveDaySimulator.run(instance, maker.get(), seed, waveEvery, nanoClock, progress));
  }

  /** All that take part under the rules of the base variant. */
  public static List<Contender> all() {
    return List.of(
        base("nearest", 1, NearestDispatcher::new),
        base(YARDSTICK, 2, RollingMatching::new),
        base(ENGINE, 20, EngineDispatcher::new));
  }

  /** Those that show what the live variant adds. */
  public static List<Contender> live() {
    return List.of(live(LIVE_ENGINE, 20, LiveEngineDispatcher::new));
  }
}
