package org.shanpai.contracts.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * City time: anchor + speed × elapsed wall time. Promises, waves, offer expiry, shifts and scores
 * run on it.
 *
 * <ul>
 *   <li>The anchor is stored once and read by every program of a city, so all agree and a restart
 *       goes on where the city is.
 *   <li>Never goes back, not even when the machine's clock does: the last reading is the floor.
 *   <li>Speed 1 with no anchor is real time, and the only speed production takes.
 * </ul>
 *
 * Thread-safe.
 */
public final class CityClock {

  private final WallClock wall;
  private final Anchor anchor;
  private final AtomicLong floorMillis = new AtomicLong(Long.MIN_VALUE);

  /**
   * @param wallMillis wall time, epoch milliseconds, at which the city's clock read {@code
   *     cityMillis}
   * @param cityMillis city time, epoch milliseconds
   * @param speed city seconds for one wall second, more than 0, at most 1,000
   */
  public record Anchor(long wallMillis, long cityMillis, double speed) {

    public static final Anchor REAL_TIME = new Anchor(0, 0, 1);

    /**
     * @throws IllegalArgumentException naming the speed, when it is out of range
     */
    public Anchor {
      if (!(speed > 0 && speed <= 1000)) {
        throw new IllegalArgumentException(
            "the city clock's speed must be more than 0 and at most 1000 but is " + speed);
      }
    }

    /** The form in which the anchor is stored and handed to programs. */
    public String text() {
      return wallMillis + "," + cityMillis + "," + speed;
    }

    /**
     * @param text {@code wallMillis,cityMillis,speed}, or empty for real time
     * @throws IllegalArgumentException when it is neither
     */
    public static Anchor parse(String text) {
      if (text == null || text.isBlank()) {
        return REAL_TIME;
      }
      String[] parts = text.trim().split(",");
      if (parts.length != 3) {
        throw new IllegalArgumentException(
            "the city clock's anchor must read wallMillis,cityMillis,speed but is '" + text + "'");
      }
      return new Anchor(
          Long.parseLong(parts[0]), Long.parseLong(parts[1]), Double.parseDouble(parts[2]));
    }
  }

  public CityClock(WallClock wall, Anchor anchor) {
    this.wall = wall;
    this.anchor = anchor;
  }

  public static CityClock realTime() {
    return new CityClock(WallClock.system(), Anchor.REAL_TIME);
  }

  public Instant now() {
    return Instant.ofEpochMilli(millis());
  }

  /** City time, epoch milliseconds; never less than an earlier reading of this clock. */
  public long millis() {
    long elapsed = wall.millis() - anchor.wallMillis();
    long reading = anchor.cityMillis() + Math.round(elapsed * anchor.speed());
    return floorMillis.accumulateAndGet(reading, Math::max);
  }

  public double speed() {
    return anchor.speed();
  }

  public Anchor anchor() {
    return anchor;
  }

  /** How long a wall timer must run for so much city time to pass; at least 1 ms, rounded up. */
  public Duration toWall(Duration city) {
    return Duration.ofMillis(Math.max(1, (long) Math.ceil(city.toMillis() / anchor.speed())));
  }

  /** How much city time passes in so much wall time. */
  public Duration toCity(Duration wallTime) {
    return Duration.ofMillis(Math.round(wallTime.toMillis() * anchor.speed()));
  }
}
