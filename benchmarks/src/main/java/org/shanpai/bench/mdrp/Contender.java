package org.shanpai.bench.mdrp;

import java.util.List;
import java.util.function.Supplier;

/**
 * A dispatcher that takes part in the benchmark.
 *
 * @param name as {@link Dispatcher#name()}
 * @param weight how long it takes beside the others, for the time left that the progress bar shows
 * @param maker makes a new dispatcher for each day
 */
public record Contender(String name, int weight, Supplier<Dispatcher> maker) {

  /** The one that the report's headline is about, where it takes part. */
  public static final String ENGINE = "engine";

  /** The one that the others are compared with. */
  public static final String YARDSTICK = "rolling";

  /** All that take part under the rules of the base variant. */
  public static List<Contender> all() {
    return List.of(
        new Contender("nearest", 1, NearestDispatcher::new),
        new Contender(YARDSTICK, 2, RollingMatching::new));
  }
}
