package org.shanpai.dispatch.work;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.event.RouteStop;

/**
 * By when four of five riders are at a stop of a route (p80): the variances of what lies before it
 * add up, so that a short way with one uncertain kitchen is less certain than a long one without.
 *
 * <p>Rides and stops are taken as log-normal, with the planned time as the median; kitchens as
 * normal around the time told. A rider goes on at the later of arrival and ready goods: mean and
 * variance of the larger of two normals are Clark's (1961). The sum is read as a normal one.
 */
public final class Arrivals {

  /** The standard normal's quantile of 0.8. */
  private static final double Z80 = 0.8416212335729143;

  /** A mean and a variance, seconds after the route's start. */
  private record Moments(double mean, double variance) {

    Moments plus(Moments other) {
      return new Moments(mean + other.mean, variance + other.variance);
    }
  }

  private final double rideRatio;
  private final double serviceRatio;

  /**
   * @param ridePercent by when four of five ride a leg, in percent of the planned time; 100 or more
   * @param servicePercent the same for a stop of which nobody learned more
   */
  public Arrivals(int ridePercent, int servicePercent) {
    this.rideRatio = Math.max(1, ridePercent / 100.0);
    this.serviceRatio = Math.max(1, servicePercent / 100.0);
  }

  /**
   * When four of five riders would be at the job's last stop.
   *
   * @param now what was to happen before it has happened
   * @return never before the planned arrival; null when the route has no such stop
   */
  public Instant p80(Route route, String jobId, Instant now) {
    List<PlannedStop> stops = route.stops();
    PlannedStop target = route.find(jobId, RouteStop.Kind.DROPOFF).orElse(null);
    if (target == null) {
      return null;
    }
    Instant start = stops.get(0).plannedArrivalAt().minusSeconds(stops.get(0).travelSeconds());
    Moments left = new Moments(0, 0);
    for (PlannedStop stop : stops) {
      Moments there =
          stop.arrived()
              ? new Moments(seconds(start, stop.plannedArrivalAt()), 0)
              : left.plus(logNormal(stop.travelSeconds(), rideRatio));
      if (stop.sameVisit(target)) {
        long p80 = Math.round(1000 * (there.mean() + Z80 * Math.sqrt(there.variance())));
        Instant arrival = start.plusMillis(p80);
        return arrival.isBefore(target.plannedArrivalAt()) ? target.plannedArrivalAt() : arrival;
      }
      left = begin(stop, there, start, now).plus(logNormal(stop.serviceSeconds(), service(stop)));
    }
    throw new IllegalStateException("a stop that is found and not passed");
  }

  private static Moments begin(PlannedStop stop, Moments there, Instant start, Instant now) {
    if (stop.kind() != RouteStop.Kind.PICKUP || stop.readyAt() == null) {
      return there;
    }
    double spread = stop.spread() == null ? 0 : stop.spread().readySeconds() / Z80;
    double ready = seconds(start, stop.readyAt());
    if (spread == 0 && !stop.readyAt().isAfter(now)) {
      return there;
    }
    return later(there, new Moments(ready, spread * spread));
  }

  private double service(PlannedStop stop) {
    Integer p80 = stop.spread() == null ? null : stop.spread().serviceP80Seconds();
    return p80 == null || stop.serviceSeconds() <= 0
        ? serviceRatio
        : Math.max(1, (double) p80 / stop.serviceSeconds());
  }

  /** Mean and variance of a log-normal time with that median and that ratio of p80 to median. */
  private static Moments logNormal(double median, double ratio) {
    if (median <= 0) {
      return new Moments(0, 0);
    }
    double sigma = Math.log(ratio) / Z80;
    double grown = Math.exp(sigma * sigma);
    return new Moments(median * Math.sqrt(grown), median * median * grown * (grown - 1));
  }

  /** The later of two independent normal times. */
  private static Moments later(Moments a, Moments b) {
    double apart = Math.sqrt(a.variance() + b.variance());
    if (apart < 1e-9) {
      return a.mean() >= b.mean() ? a : b;
    }
    double alpha = (a.mean() - b.mean()) / apart;
    double density = Math.exp(-alpha * alpha / 2) / Math.sqrt(2 * Math.PI);
    double below = below(alpha);
    double mean = a.mean() * below + b.mean() * (1 - below) + apart * density;
    double square =
        (a.mean() * a.mean() + a.variance()) * below
            + (b.mean() * b.mean() + b.variance()) * (1 - below)
            + (a.mean() + b.mean()) * apart * density;
    return new Moments(mean, Math.max(0, square - mean * mean));
  }

  /** The standard normal's distribution, to 8 digits (Abramowitz and Stegun 26.2.17). */
  private static double below(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double tail =
        Math.exp(-x * x / 2)
            / Math.sqrt(2 * Math.PI)
            * t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return x >= 0 ? 1 - tail : tail;
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }
}
