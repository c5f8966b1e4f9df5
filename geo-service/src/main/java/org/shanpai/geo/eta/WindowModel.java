package org.shanpai.geo.eta;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How wide windows must be so that the stated share of deliveries falls into them: split conformal
 * prediction on what came of the newest windows.
 *
 * <ul>
 *   <li>A score is the delay divided by a scale that grows with the time ahead, so that windows far
 *       ahead are wider.
 *   <li>Scores come from the same stage, area and half hour when there are enough of them, else
 *       from the stage and half hour, else from the stage; little data is filled up with what was
 *       assumed.
 *   <li>Where the newest windows of a stage missed more often, or less often, than chance explains,
 *       as much is asked of the next ones in return.
 * </ul>
 *
 * Immutable; the same outcomes give the same windows.
 */
public final class WindowModel {

  private static final int ENOUGH = 60;
  private static final int ASSUMED = 20;
  private static final int NEWEST = 300;
  private static final int LEAST_NEWEST = 50;
  private static final double LEAST_COVERAGE = 0.5;
  private static final double MOST_COVERAGE = 0.98;

  // Until anything came of windows: delays are spread by so many scales.
  private static final double ASSUMED_SPREAD = 0.7;

  private static final double SCALE_SECONDS = 60;
  private static final double SCALE_SHARE = 0.25;

  private record Key(Stage stage, String areaId, int slot) {}

  private final Map<Key, double[]> scores = new HashMap<>();
  private final Map<Stage, Double> asked = new EnumMap<>(Stage.class);
  private final double coverage;

  /**
   * @param coverage stated, 0.5–0.98
   * @param newestFirst what came of windows
   */
  public WindowModel(double coverage, List<Outcome> newestFirst) {
    if (!(coverage >= LEAST_COVERAGE && coverage <= MOST_COVERAGE)) {
      throw new IllegalArgumentException(
          "shanpai.geo.eta.coverage must be within 0.5..0.98 but is " + coverage);
    }
    this.coverage = coverage;
    Map<Key, List<Double>> lists = new HashMap<>();
    Map<Stage, int[]> newest = new EnumMap<>(Stage.class);
    for (Outcome outcome : newestFirst) {
      add(lists, new Key(outcome.stage(), outcome.areaId(), outcome.slot()), outcome.score());
      add(lists, new Key(outcome.stage(), null, outcome.slot()), outcome.score());
      add(lists, new Key(outcome.stage(), null, -1), outcome.score());
      int[] count = newest.computeIfAbsent(outcome.stage(), stage -> new int[2]);
      if (count[0] < NEWEST) {
        count[0]++;
        count[1] += outcome.inside() ? 1 : 0;
      }
    }
    lists.forEach(
        (key, list) -> {
          double[] sorted = list.stream().mapToDouble(Double::doubleValue).toArray();
          Arrays.sort(sorted);
          scores.put(key, sorted);
        });
    newest.forEach((stage, count) -> asked.put(stage, asked(count[1], count[0])));
  }

  private static void add(Map<Key, List<Double>> lists, Key key, double score) {
    lists.computeIfAbsent(key, one -> new ArrayList<>()).add(score);
  }

  private double asked(int inside, int windows) {
    if (windows < LEAST_NEWEST || !shifted(inside, windows, coverage, 2)) {
      return coverage;
    }
    double missing = coverage - (double) inside / windows;
    return Math.max(LEAST_COVERAGE, Math.min(MOST_COVERAGE, coverage + missing));
  }

  /**
   * Whether so many windows met differ from the stated share by more than chance explains.
   *
   * @param deviations how many standard deviations chance is granted
   */
  static boolean shifted(long inside, long windows, double coverage, double deviations) {
    return windows > 0
        && Math.abs((double) inside / windows - coverage)
            > deviations * Math.sqrt(coverage * (1 - coverage) / windows);
  }

  /** Seconds by which a delay is measured, for a delivery planned so far ahead. */
  public static double scaleSeconds(Instant madeAt, Instant plannedAt) {
    return SCALE_SECONDS
        + SCALE_SHARE * Math.max(0, Duration.between(madeAt, plannedAt).toMillis() / 1_000.0);
  }

  /**
   * @param areaId null: any
   * @param slot half hour of the day, 0–47
   */
  public ArrivalWindow window(
      Stage stage, String areaId, int slot, Instant madeAt, Instant plannedAt) {
    double[] own = scores(stage, areaId, slot);
    double scale = scaleSeconds(madeAt, plannedAt);
    double share = asked.getOrDefault(stage, coverage);
    Instant earliest = plus(plannedAt, scale * quantile(own, (1 - share) / 2));
    Instant latest = plus(plannedAt, scale * quantile(own, (1 + share) / 2));
    // Nothing arrives before it was asked about.
    earliest = earliest.isBefore(madeAt) ? madeAt : earliest;
    return new ArrivalWindow(
        plannedAt,
        earliest,
        latest.isBefore(earliest) ? earliest : latest,
        coverage,
        samples(stage, own));
  }

  /**
   * Seconds after the planned time by which that share of deliveries is done.
   *
   * @param aheadSeconds how far ahead the planned time lies
   */
  public double delaySeconds(
      Stage stage, String areaId, int slot, double aheadSeconds, double share) {
    return (SCALE_SECONDS + SCALE_SHARE * aheadSeconds)
        * quantile(scores(stage, areaId, slot), share);
  }

  /** Finished deliveries known for the stage. */
  public int samples(Stage stage) {
    double[] all = scores.get(new Key(stage, null, -1));
    return all == null ? 0 : all.length;
  }

  private int samples(Stage stage, double[] used) {
    return samples(stage) == 0 ? 0 : Math.min(used.length, samples(stage));
  }

  private double[] scores(Stage stage, String areaId, int slot) {
    double[] exact = areaId == null ? null : scores.get(new Key(stage, areaId, slot));
    if (exact != null && exact.length >= ENOUGH) {
      return exact;
    }
    double[] hour = scores.get(new Key(stage, null, slot));
    if (hour != null && hour.length >= ENOUGH) {
      return hour;
    }
    double[] all = scores.get(new Key(stage, null, -1));
    return all != null && all.length >= ENOUGH ? all : filledUp(all);
  }

  /** Evenly spaced quantiles of what is assumed stand in for what is missing. */
  private static double[] filledUp(double[] known) {
    double[] own = known == null ? new double[0] : known;
    double[] filled = Arrays.copyOf(own, own.length + ASSUMED);
    for (int i = 0; i < ASSUMED; i++) {
      filled[own.length + i] = ASSUMED_SPREAD * normalQuantile((i + 0.5) / ASSUMED);
    }
    Arrays.sort(filled);
    return filled;
  }

  /** The order statistic that makes the coverage hold for the next one, not for these. */
  static double quantile(double[] sorted, double q) {
    double place = q * (sorted.length + 1);
    int index = q < 0.5 ? (int) Math.floor(place) : (int) Math.ceil(place);
    return sorted[Math.max(1, Math.min(sorted.length, index)) - 1];
  }

  /** By bisection; the share by Abramowitz and Stegun 7.1.26, good to 1.5e-7. */
  private static double normalQuantile(double p) {
    double low = -6;
    double high = 6;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (normalShare(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static double normalShare(double x) {
    double z = Math.abs(x) / Math.sqrt(2);
    double t = 1 / (1 + 0.3275911 * z);
    double erf =
        1
            - (((((1.061405429 * t - 1.453152027) * t) + 1.421413741) * t - 0.284496736) * t
                    + 0.254829592)
                * t
                * Math.exp(-z * z);
    return x < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
  }

  private static Instant plus(Instant at, double seconds) {
    return at.plusMillis(Math.round(seconds * 1_000));
  }
}
