package org.shanpai.engine;

import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Decides who carries what: jobs, couriers and travel times in, routes and reasons out.
 *
 * <p>Thread-safe; one instance serves all areas, each call runs on the caller's thread. Never call
 * it on an event loop: a wave takes up to its wall budget of CPU.
 */
public final class DispatchEngine {

  private final LongSupplier elapsedNanos;

  /**
   * @param elapsedNanos a monotonic source of nanoseconds, used for wall budgets and statistics
   *     only; {@code System::nanoTime} in service
   */
  public DispatchEngine(LongSupplier elapsedNanos) {
    this.elapsedNanos = Objects.requireNonNull(elapsedNanos, "elapsedNanos");
  }

  /**
   * Solves one wave. Bad entries are answered, not thrown; a plan that breaks a hard rule is never
   * returned.
   *
   * @throws NullPointerException when the wave is null
   */
  public Plan solve(Wave wave) {
    Objects.requireNonNull(wave, "wave");
    throw new UnsupportedOperationException();
  }
}
