package org.shanpai.dispatch.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;

/**
 * How busy an area is (运力饱和度).
 *
 * @param openJobs that wait for a rider now; pre-booked ones from their release on
 * @param ridersOnline in or near the area, whether they take offers just now or not
 * @param load rider-minutes that the open jobs need within the horizon ÷ those available in it;
 *     above 0.85 tight, above 1 overloaded, never above {@link #MOST}
 * @param acceptP50Seconds from placing an order, or its release, to a rider's yes: half of those of
 *     the last hour took no longer; null without samples
 * @param acceptP80Seconds the same for four of five
 * @param samples how many that was learned from
 */
public record AreaLoad(
    AreaId areaId,
    int openJobs,
    int ridersOnline,
    double load,
    Integer acceptP50Seconds,
    Integer acceptP80Seconds,
    int samples) {

  /** What is said when there is work and nobody to do it. */
  public static final double MOST = 99;

  /** Straight line to street, and planning speed. */
  private static final double SECONDS_PER_STRAIGHT_METRE = 1.4 / (15 / 3.6);

  /**
   * A job that waits for a rider.
   *
   * @param readyAt before which nobody can leave with the goods
   * @param releaseAt before which it is not dispatched; null for at once
   */
  record Waiting(GeoPoint pickup, GeoPoint dropoff, Instant readyAt, Instant releaseAt) {}

  /**
   * A rider in reach.
   *
   * @param freeAt when what they have in hand is done; null when that is nothing
   * @param jobs in hand
   * @param takesOffers online, not paused
   */
  record Hand(Instant freeAt, int jobs, boolean takesOffers) {}

  /**
   * What is known of the stops of a job that nobody has planned yet.
   *
   * @param approach of the rider who will take it
   * @param stops at counter and door together
   */
  record Usual(Duration horizon, Duration approach, Duration stops) {}

  /**
   * The quotient. Riders carry several jobs at once: what a job needs is shared by as many as are
   * carried together here now.
   */
  static double load(List<Waiting> waiting, List<Hand> hands, Usual usual, Instant now) {
    Instant end = now.plus(usual.horizon());
    double needed = 0;
    for (Waiting job : waiting) {
      needed += seconds(job, usual, now, end);
    }
    needed /= together(hands);
    double available = 0;
    for (Hand hand : hands) {
      if (hand.takesOffers()) {
        Instant from = hand.freeAt() == null || hand.freeAt().isBefore(now) ? now : hand.freeAt();
        available += Math.max(0, Duration.between(from, end).toSeconds());
      }
    }
    if (needed == 0) {
      return 0;
    }
    return available == 0 ? MOST : Math.min(MOST, needed / available);
  }

  /** Jobs carried at once by who carries any; 1 at least. */
  private static double together(List<Hand> hands) {
    return Math.max(
        1, hands.stream().mapToInt(Hand::jobs).filter(jobs -> jobs > 0).average().orElse(1));
  }

  private static long seconds(Waiting job, Usual usual, Instant now, Instant end) {
    Instant leaves = job.readyAt().minus(usual.approach());
    Instant from = leaves.isAfter(now) ? leaves : now;
    if (job.releaseAt() != null && job.releaseAt().isAfter(from)) {
      from = job.releaseAt();
    }
    long ride = Math.round(job.pickup().metresTo(job.dropoff()) * SECONDS_PER_STRAIGHT_METRE);
    long whole = usual.approach().plus(usual.stops()).toSeconds() + ride;
    return Math.max(0, Math.min(whole, Duration.between(from, end).toSeconds()));
  }
}
