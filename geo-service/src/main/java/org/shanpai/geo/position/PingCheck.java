package org.shanpai.geo.position;

import java.util.function.Predicate;
import org.shanpai.contracts.GeoPoint;

/**
 * The rules that decide whether a ping is believed. Times are city time, epoch milliseconds.
 * Immutable, thread-safe.
 */
public final class PingCheck {

  /** Redis GEO and the projections used here end at this latitude. */
  public static final double HIGHEST_LATITUDE = 85;

  private static final double KMH_TO_MPS = 1 / 3.6;

  private final Limits limits;

  /**
   * @param futureToleranceMillis how far phones' clocks may be ahead
   * @param oldestMillis greatest age of a reading
   * @param worstAccuracyMetres greatest accuracy radius believed
   * @param speedCapKmh legal speed of the vehicle
   * @param speedMargin what the cap is multiplied with before a movement is called impossible
   * @param noiseMetres jump that is taken for noise of the receiver, beside both accuracies
   */
  public record Limits(
      long futureToleranceMillis,
      long oldestMillis,
      double worstAccuracyMetres,
      double speedCapKmh,
      double speedMargin,
      double noiseMetres) {

    /**
     * @throws IllegalArgumentException naming the limit that makes no sense
     */
    public Limits {
      positive("future-tolerance", futureToleranceMillis);
      positive("oldest-ping", oldestMillis);
      positive("worst-accuracy-metres", worstAccuracyMetres);
      positive("speed-cap-kmh", speedCapKmh);
      positive("speed-margin", speedMargin);
      positive("noise-metres", noiseMetres);
    }

    private static void positive(String name, double value) {
      if (!(value > 0)) {
        throw new IllegalArgumentException(name + " must be more than 0 but is " + value);
      }
    }

    double impossibleMps() {
      return speedCapKmh * speedMargin * KMH_TO_MPS;
    }
  }

  public PingCheck(Limits limits) {
    this.limits = limits;
  }

  /**
   * What the ping alone shows.
   *
   * @param now city time
   * @param inCity whether a place is near enough to the city's areas
   * @return null when nothing speaks against it
   */
  public PingRejection alone(Ping ping, long now, Predicate<GeoPoint> inCity) {
    if (ping == null
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
      return onEarth(lon, lat) && inCity.test(new GeoPoint(lon, lat))
          ? PingRejection.SWAPPED
          : PingRejection.OUT_OF_RANGE;
    }
    long at = ping.at().toEpochMilli();
    if (at > now + limits.futureToleranceMillis()) {
      return PingRejection.FUTURE;
    }
    if (at < now - limits.oldestMillis()) {
      return PingRejection.TOO_OLD;
    }
    if (Boolean.TRUE.equals(ping.mock())) {
      return PingRejection.MOCK;
    }
    if (accuracy < 0 || accuracy > limits.worstAccuracyMetres()) {
      return PingRejection.INACCURATE;
    }
    if (ping.speedMps() != null && ping.speedMps() > limits.impossibleMps()) {
      return PingRejection.TOO_FAST;
    }
    if (!inCity.test(new GeoPoint(lat, lon))) {
      return onEarth(lon, lat) && inCity.test(new GeoPoint(lon, lat))
          ? PingRejection.SWAPPED
          : PingRejection.OUT_OF_CITY;
    }
    return null;
  }

  /** Whether no e-bike comes from one reading to the other, in whichever order they were taken. */
  public boolean impossible(Reading from, Reading to) {
    double seconds = Math.abs(to.at() - from.at()) / 1000.0;
    double reach =
        seconds * limits.impossibleMps()
            + from.accuracyMetres()
            + to.accuracyMetres()
            + limits.noiseMetres();
    return from.place().metresTo(to.place()) > reach;
  }

  private static boolean onEarth(double lat, double lon) {
    return Math.abs(lat) <= HIGHEST_LATITUDE && Math.abs(lon) <= 180;
  }
}
