package org.shanpai.geo.position;

import java.util.function.Predicate;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.position.PhoneSession.ClockLimits;

/**
 * The numbers by which pings are judged. Times are city time, epoch milliseconds. Immutable,
 * thread-safe.
 */
public final class PingCheck {

  /** Redis GEO and the projections used here end at this latitude. */
  public static final double HIGHEST_LATITUDE = 85;

  private static final double KMH_TO_MPS = 1 / 3.6;

  private final Limits limits;

  /**
   * @param futureToleranceMillis how far a phone's clock may be ahead without being corrected
   * @param behindToleranceMillis how far a phone's clock may be behind without being corrected
   * @param worstClockMillis no phone's clock is wrong by more: what says so is absurd
   * @param oldestMillis greatest age of a reading
   * @param worstAccuracyMetres greatest accuracy radius believed
   * @param badAccuracyMetres a greater accuracy radius costs trust
   * @param speedCapKmh legal speed of the vehicle
   * @param speedDoubt what the cap is multiplied with before a speed costs trust
   * @param speedMargin what the cap is multiplied with before a movement is called impossible
   * @param noiseMetres jump that is taken for noise of the receiver, beside both accuracies
   * @param sameWhileRiding so many identical readings in a row of a phone that says it moves cost
   *     trust
   * @param sameWhileStanding so many identical readings in a row cost trust in any case
   */
  public record Limits(
      long futureToleranceMillis,
      long behindToleranceMillis,
      long worstClockMillis,
      long oldestMillis,
      double worstAccuracyMetres,
      double badAccuracyMetres,
      double speedCapKmh,
      double speedDoubt,
      double speedMargin,
      double noiseMetres,
      int sameWhileRiding,
      int sameWhileStanding) {

    /**
     * @throws IllegalArgumentException naming the limit that makes no sense
     */
    public Limits {
      positive("future-tolerance", futureToleranceMillis);
      positive("behind-tolerance", behindToleranceMillis);
      positive("worst-clock", worstClockMillis);
      positive("oldest-ping", oldestMillis);
      positive("worst-accuracy-metres", worstAccuracyMetres);
      positive("bad-accuracy-metres", badAccuracyMetres);
      positive("speed-cap-kmh", speedCapKmh);
      positive("speed-doubt", speedDoubt);
      positive("speed-margin", speedMargin);
      positive("noise-metres", noiseMetres);
      positive("same-while-riding", sameWhileRiding);
      positive("same-while-standing", sameWhileStanding);
    }

    private static void positive(String name, double value) {
      if (!(value > 0)) {
        throw new IllegalArgumentException(name + " must be more than 0 but is " + value);
      }
    }

    ClockLimits clocks() {
      return new ClockLimits(
          futureToleranceMillis, behindToleranceMillis, oldestMillis, worstClockMillis);
    }

    double impossibleMps() {
      return speedCapKmh * speedMargin * KMH_TO_MPS;
    }

    double doubtfulMps() {
      return speedCapKmh * speedDoubt * KMH_TO_MPS;
    }
  }

  public PingCheck(Limits limits) {
    this.limits = limits;
  }

  Limits limits() {
    return limits;
  }

  /**
   * What the ping's own numbers show, before its coordinates are converted.
   *
   * @param inCity whether a place is near enough to the city's areas
   * @return null when nothing speaks against it
   */
  public PingRejection unusable(Ping ping, Predicate<GeoPoint> inCity) {
    if (ping == null
        || ping.seq() == null
        || ping.at() == null
        || ping.lat() == null
        || ping.lon() == null
        || ping.accuracyMetres() == null) {
      return PingRejection.MISSING;
    }
    double lat = ping.lat();
    double lon = ping.lon();
    double accuracy = ping.accuracyMetres();
    if (!Double.isFinite(lat) || !Double.isFinite(lon) || !Double.isFinite(accuracy)) {
      return PingRejection.NOT_A_NUMBER;
    }
    if (!onEarth(lat, lon)) {
      return swapped(lat, lon, inCity) ? PingRejection.SWAPPED : PingRejection.OUT_OF_RANGE;
    }
    if (accuracy < 0 || accuracy > limits.worstAccuracyMetres()) {
      return PingRejection.INACCURATE;
    }
    return null;
  }

  /**
   * What the place shows.
   *
   * @return null when nothing speaks against it
   */
  public PingRejection misplaced(GeoPoint place, Predicate<GeoPoint> inCity) {
    if (inCity.test(place)) {
      return null;
    }
    return swapped(place.lat(), place.lon(), inCity)
        ? PingRejection.SWAPPED
        : PingRejection.OUT_OF_CITY;
  }

  /** What a time shows once the phone's clock was corrected; null when nothing. */
  PingRejection untimely(long at, long now) {
    if (at > now + limits.futureToleranceMillis()) {
      return PingRejection.FUTURE;
    }
    return at < now - limits.oldestMillis() ? PingRejection.TOO_OLD : null;
  }

  /** Whether no e-bike comes from one reading to the other, in whichever order they were taken. */
  public boolean impossible(Reading from, Reading to) {
    double seconds = Math.abs(to.at() - from.at()) / 1000.0;
    double reach = seconds * limits.impossibleMps() + noise(from, to);
    return from.place().metresTo(to.place()) > reach;
  }

  /** Whether an e-bike hardly comes from one reading to the later one. */
  boolean hardlyPossible(Reading from, Reading to) {
    double seconds = (to.at() - from.at()) / 1000.0;
    double reach = seconds * limits.doubtfulMps() + noise(from, to);
    return seconds > 0 && from.place().metresTo(to.place()) > reach;
  }

  private double noise(Reading from, Reading to) {
    return from.accuracyMetres() + to.accuracyMetres() + limits.noiseMetres();
  }

  /** Whether an e-bike hardly is that fast; NaN and negative speeds are unknown ones. */
  boolean hardlyPossible(double speedMps) {
    return speedMps > limits.doubtfulMps();
  }

  /** Whether the phone knows its place badly, or claims what no receiver can. */
  boolean badAccuracy(double metres) {
    return metres == 0 || metres > limits.badAccuracyMetres();
  }

  /** Whether so many identical readings in a row are more than a receiver gives. */
  boolean tooOftenTheSame(int inARow, double speedMps) {
    return inARow >= (speedMps >= 1 ? limits.sameWhileRiding() : limits.sameWhileStanding());
  }

  private static boolean swapped(double lat, double lon, Predicate<GeoPoint> inCity) {
    return onEarth(lon, lat) && inCity.test(new GeoPoint(lon, lat));
  }

  private static boolean onEarth(double lat, double lon) {
    return Math.abs(lat) <= HIGHEST_LATITUDE && Math.abs(lon) <= 180;
  }
}
