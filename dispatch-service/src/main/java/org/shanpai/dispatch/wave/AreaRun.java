package org.shanpai.dispatch.wave;

import java.time.Instant;
import org.shanpai.dispatch.lease.Lease;

/**
 * The waves of one area as this replica runs them. Touched by the scheduler and, while it runs, by
 * its wave.
 */
final class AreaRun {

  private volatile Lease lease;
  private volatile boolean running;
  private volatile boolean urgent = true;
  private volatile long startedAtWall;
  private volatile int fingerprint;
  private volatile Instant solvedAt = Instant.EPOCH;
  private volatile Instant lookAgain;
  private volatile int open;

  AreaRun(Lease lease) {
    this.lease = lease;
  }

  Lease lease() {
    return lease;
  }

  void renewed(Lease fresh) {
    lease = fresh;
  }

  boolean running() {
    return running;
  }

  /** Open jobs when the last wave looked. */
  int open() {
    return open;
  }

  void hurry() {
    urgent = true;
    fingerprint = 0;
  }

  /**
   * Whether a wave is due.
   *
   * @param everyWallMillis between quiet waves
   * @param leastWallMillis between any two
   */
  boolean due(long nowWall, long everyWallMillis, long leastWallMillis) {
    long since = nowWall - startedAtWall;
    return !running && since >= (urgent ? leastWallMillis : everyWallMillis);
  }

  void starts(long nowWall) {
    running = true;
    urgent = false;
    startedAtWall = nowWall;
  }

  /** What the last wave saw, if a wave that sees the same need not be solved again; else 0. */
  int stillGood(Instant now, int unchangedSeconds) {
    boolean holdsDue = lookAgain != null && !lookAgain.isAfter(now);
    return holdsDue || solvedAt.plusSeconds(unchangedSeconds).isBefore(now) ? 0 : fingerprint;
  }

  void ended(WaveRound.Result result, Instant now) {
    running = false;
    open = result.open();
    if (result.ended() == WaveRound.Ended.SOLVED) {
      solvedAt = now;
      fingerprint = result.fingerprint();
      lookAgain = result.lookAgain();
    }
    if (result.conflicts() > 0) {
      hurry();
    }
  }

  void failed() {
    running = false;
    fingerprint = 0;
  }
}
