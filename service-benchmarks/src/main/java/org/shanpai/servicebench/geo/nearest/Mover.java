package org.shanpai.servicebench.geo.nearest;

import java.util.concurrent.locks.LockSupport;

/**
 * Moves riders round and round at a steady rate from a thread of its own, until closed. Where the
 * machine is too slow for the rate it moves as many as it can.
 */
final class Mover implements AutoCloseable {

  private static final long STEP_NANOS = 10_000_000;

  /** Takes a stretch of riders that move now. */
  interface Moves {
    void move(int from, int count);
  }

  private final int riders;
  private final int perStep;
  private final Moves moves;
  private final Thread thread = new Thread(this::run, "mover");
  private final long startedAt = System.nanoTime();
  private volatile boolean ended;
  private volatile RuntimeException failure;
  private long moved;
  private long endedAt;

  /**
   * @param perSecond riders to move, of all
   */
  Mover(int riders, double perSecond, Moves moves) {
    this.riders = riders;
    this.perStep = Math.max(1, (int) (perSecond * STEP_NANOS / 1e9));
    this.moves = moves;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    int next = 0;
    long due = startedAt;
    try {
      while (!ended) {
        int count = Math.min(perStep, riders - next);
        moves.move(next, count);
        moved += count;
        next = (next + count) % riders;
        due += STEP_NANOS;
        long wait = due - System.nanoTime();
        if (wait > 0) {
          LockSupport.parkNanos(wait);
        } else {
          due = System.nanoTime();
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    }
    endedAt = System.nanoTime();
  }

  /** Stops; how many riders it moved in a second. */
  double end() {
    close();
    if (failure != null) {
      throw failure;
    }
    return moved * 1e9 / (endedAt - startedAt);
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
