package org.shanpai.servicebench.geo.ping;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.shanpai.servicebench.measure.Latencies;

/**
 * Measures from now and then how long it takes from the answer to a rider's pings until the newest
 * of them can be read. Runs in a thread of its own.
 */
final class LagProbe implements AutoCloseable {

  private static final long BETWEEN_NANOS = 50_000_000;

  /** Of pings answered longer ago the wait for this probe would be measured. */
  private static final long FRESH_NANOS = 5_000_000;

  /**
   * Pings that were answered.
   *
   * @param at time of the newest reading, epoch milliseconds
   * @param nanos of {@link System#nanoTime}, when the answer had come
   */
  record Answered(String riderId, long at, long nanos) {}

  private final Supplier<Answered> newest;
  private final ToLongFunction<String> positionAt;
  private final Latencies lags = new Latencies(100_000);
  private final Thread thread = new Thread(this::probe, "lag-probe");
  private volatile boolean ended;
  private RuntimeException failure;

  /**
   * @param newest the pings answered last, or null
   * @param positionAt asks for the time of a rider's newest reading
   */
  LagProbe(Supplier<Answered> newest, ToLongFunction<String> positionAt) {
    this.newest = newest;
    this.positionAt = positionAt;
    thread.setDaemon(true);
    thread.start();
  }

  private void probe() {
    try {
      while (!ended) {
        Answered answered = newest.get();
        if (answered != null && System.nanoTime() - answered.nanos() < FRESH_NANOS) {
          while (!ended && positionAt.applyAsLong(answered.riderId()) < answered.at()) {
            LockSupport.parkNanos(500_000);
          }
          if (!ended) {
            lags.add(System.nanoTime() - answered.nanos());
          }
          LockSupport.parkNanos(BETWEEN_NANOS);
        } else {
          LockSupport.parkNanos(500_000);
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /**
   * Stops.
   *
   * @return what was measured; good once it has stopped
   */
  Latencies end() {
    close();
    if (failure != null) {
      throw failure;
    }
    return lags;
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
