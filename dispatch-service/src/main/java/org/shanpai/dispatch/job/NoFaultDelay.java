package org.shanpai.dispatch.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A span of city time a rider lost through nobody's fault but the kitchen's, the gate's, the
 * customer's or the platform's.
 *
 * @param start included
 * @param end after {@code start}
 */
public record NoFaultDelay(Instant start, Instant end) {

  /**
   * Exemption E1, merchant late: from the later of the rider's arrival and the time the store had
   * promised, to the moment the goods were ready in effect.
   *
   * <p>The merchant's "ready" tap is believed only when the pickup follows within {@code tapGrace}
   * of the later of tap and arrival; else the rider waited, and the goods were ready {@code
   * handover} before the pickup.
   *
   * @param promisedReady when the store first said it would be ready; null when it said nothing
   * @param readyTap when the merchant said ready; null when it did not
   * @return empty when the kitchen cost the rider nothing
   */
  public static Optional<NoFaultDelay> merchantLate(
      Instant arrived,
      Instant pickedUp,
      Instant promisedReady,
      Instant readyTap,
      Duration tapGrace,
      Duration handover) {
    Instant from = promisedReady == null ? arrived : later(arrived, promisedReady);
    boolean believed =
        readyTap != null && !pickedUp.isAfter(later(readyTap, arrived).plus(tapGrace));
    Instant ready = believed ? readyTap : pickedUp.minus(handover);
    return ready.isAfter(from) ? Optional.of(new NoFaultDelay(from, ready)) : Optional.empty();
  }

  /**
   * City milliseconds of the union of the delays that fall into a job's time in hand: two jobs of
   * one slow kitchen make one delay.
   *
   * @param acceptedAt start of the job's time in hand; what was lost before does not count
   */
  public static long unionMillis(List<NoFaultDelay> delays, Instant acceptedAt, Instant until) {
    List<NoFaultDelay> sorted = new ArrayList<>(delays);
    sorted.sort(Comparator.comparing(NoFaultDelay::start));
    long total = 0;
    Instant covered = acceptedAt;
    for (NoFaultDelay delay : sorted) {
      Instant from = later(delay.start(), covered);
      Instant to = delay.end().isAfter(until) ? until : delay.end();
      if (to.isAfter(from)) {
        total += Duration.between(from, to).toMillis();
        covered = to;
      }
    }
    return total;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
