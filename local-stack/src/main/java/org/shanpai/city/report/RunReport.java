package org.shanpai.city.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param submitted orders sent, each counted once however often it was repeated
 * @param refused submissions that the platform refused; all of them deliberately bad
 * @param acknowledged orders that the platform took
 * @param stuck acknowledged orders that had no end when the run was over
 * @param lost acknowledged orders that the platform no longer knows
 * @param doubleAssigned jobs that two riders had at once
 * @param doubleScored score or pay entries that stand twice
 * @param onTimeShare delivered by the end of the promise told at creation ÷ delivered, 0–1
 * @param clickToDoorP50Min city minutes from placement to hand-over
 * @param offerLatencyP99Ms wall milliseconds from the decision's commit to its receipt by the rider
 * @param maxLagMs longest time by which a step of the city began late, city milliseconds
 * @param wallSeconds from the start of the programs to the end of the run
 * @param peakRssMiB most memory in use by all processes together, shared pages counted once
 * @param run how it was run, and what else was counted
 */
@JsonPropertyOrder({
  "submitted",
  "refused",
  "acknowledged",
  "delivered",
  "cancelled",
  "returned",
  "stuck",
  "lost",
  "doubleAssigned",
  "doubleScored",
  "onTimeShare",
  "clickToDoorP50Min",
  "clickToDoorP90Min",
  "offerLatencyP99Ms",
  "maxLagMs",
  "wallSeconds",
  "peakRssMiB",
  "run",
  "failures"
})
public record RunReport(
    int submitted,
    int refused,
    int acknowledged,
    int delivered,
    int cancelled,
    int returned,
    int stuck,
    int lost,
    int doubleAssigned,
    int doubleScored,
    double onTimeShare,
    double clickToDoorP50Min,
    double clickToDoorP90Min,
    long offerLatencyP99Ms,
    long maxLagMs,
    long wallSeconds,
    long peakRssMiB,
    Run run) {

  /** City milliseconds that 99 of 100 steps may begin late at most. */
  public static final long LAG_LIMIT_MILLIS = 10_000;

  /**
   * Least share delivered in a run with faults. While programs start again customers give up, the
   * more so the slower the machine is; what is promised then is that nothing is lost, stuck or
   * doubled.
   */
  private static final double LEAST_DELIVERED_WITH_FAULTS = 0.5;

  /** Share of the riders' acceptances that may come too late only because the machine is slow. */
  public static final double LATE_ACCEPT_LIMIT = 0.02;

  /**
   * @param city scenario or name of the instance
   * @param ridersOnDuty how many there are
   * @param lagP99Ms city milliseconds
   * @param leastDelivered share that had to be delivered
   * @param ofSubmitted whether of all submitted, or of those acknowledged
   * @param firstDeliveredSeconds wall seconds from the start of the programs to the first delivery;
   *     −1 when there was none
   * @param counts what else happened, by name
   * @param repeated answers that had to be asked for again, by kind
   * @param surprises what should not be and no other figure counts
   * @param merchants what merchants used, and how they were kept word to; null before the city
   *     opened
   * @param riders what riders used, and whether score and pay are right; null in a city where
   *     nobody speaks up
   * @param geo of places and times; null when it was not asked for
   */
  public record Run(
      String city,
      int ridersOnDuty,
      double speed,
      long seed,
      boolean faults,
      boolean complete,
      long lagP99Ms,
      double leastDelivered,
      boolean ofSubmitted,
      long firstDeliveredSeconds,
      Map<String, Integer> counts,
      Map<String, Integer> repeated,
      List<String> surprises,
      MerchantFigures merchants,
      RiderFigures riders,
      GeoFigures geo) {}

  /**
   * Share of a run that must be delivered.
   *
   * @param planned for a run without faults, 0–1
   */
  public static double leastDelivered(double planned, boolean faults) {
    return faults ? Math.min(planned, LEAST_DELIVERED_WITH_FAULTS) : planned;
  }

  /** Why the run failed, each a sentence; empty when it did not. */
  @JsonProperty
  public List<String> failures() {
    List<String> failures = new ArrayList<>();
    if (!run.complete()) {
      failures.add("The run was cut short.");
    }
    none(failures, stuck, "acknowledged orders never came to an end");
    none(failures, lost, "acknowledged orders were lost");
    none(failures, doubleAssigned, "jobs were with two riders at once");
    none(failures, doubleScored, "score or pay entries stand twice");
    int whole = run.ofSubmitted() ? submitted : acknowledged;
    if (delivered < run.leastDelivered() * whole || whole == 0) {
      failures.add(
          "Only %d of %d orders were delivered; %.0f %% are required."
              .formatted(delivered, whole, 100 * run.leastDelivered()));
    }
    // After a kill five JVMs and three servers start again beside the city, on the same cores.
    if (!run.faults() && run.lagP99Ms() > LAG_LIMIT_MILLIS) {
      failures.add(
          "The machine is too slow for speed %s: 1 %% of the city's steps began more than %.1f city seconds late; choose a lower --speed."
              .formatted(trim(run.speed()), run.lagP99Ms() / 1000.0));
    }
    int late = run.counts().getOrDefault("acceptsTooLate", 0);
    int accepts = run.counts().getOrDefault("accepts", 0);
    if (!run.faults() && late > 5 && late > LATE_ACCEPT_LIMIT * (accepts + late)) {
      failures.add(
          "The machine is too slow for speed %s: %d of %d acceptances sent in time arrived too late; choose a lower --speed."
              .formatted(trim(run.speed()), late, accepts + late));
    }
    if (run.merchants() != null) {
      merchants(failures, run.merchants());
    }
    failures.addAll(run.surprises());
    return failures;
  }

  private void merchants(List<String> failures, MerchantFigures merchants) {
    none(failures, merchants.webhooksNotBelieved(), "webhooks had no good and fresh signature");
    if (!run.faults()) {
      // After a fault an endpoint is left alone for up to ten minutes.
      none(failures, merchants.endsUntold(), "orders ended and no webhook told their merchant");
      none(failures, merchants.lastWordsUntold(), "orders changed last and no webhook told it");
      int unplayed = merchants.sandboxOrders() - merchants.sandboxEnded();
      none(failures, unplayed, "sandbox orders were not played to their end");
    }
  }

  private static String trim(double speed) {
    return speed == Math.rint(speed) ? Long.toString((long) speed) : Double.toString(speed);
  }

  private static void none(List<String> failures, int count, String what) {
    if (count > 0) {
      failures.add("%d %s.".formatted(count, what));
    }
  }
}
