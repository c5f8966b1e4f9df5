package org.shanpai.dispatch.fatigue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When a rider worked: the union of the times from acceptance to completion, summed up so that the
 * limits can be read from it at any later moment, without the single jobs.
 *
 * @param busySince since when there has been something in hand without a gap; null when there is
 *     nothing
 * @param workedUntil when the last of it ended; null when there is something in hand, or never was
 * @param streakSince the first work after the last short rest; null when there was none
 * @param shiftSince the first work after the last long rest; null when there was none
 * @param day for which {@code closed} was counted
 * @param closed worked that day, but for what is under way
 */
public record WorkHours(
    Instant busySince,
    Instant workedUntil,
    Instant streakSince,
    Instant shiftSince,
    LocalDate day,
    Duration closed) {

  /** Nothing ever done. */
  public static final WorkHours NONE = new WorkHours(null, null, null, null, null, Duration.ZERO);

  /**
   * One job in hand.
   *
   * @param from accepted, or released where that came later
   * @param to completed; null while in hand
   */
  public record Span(Instant from, Instant to) {}

  /**
   * Sums up. The order of the spans plays no part.
   *
   * @param spans of the last day and a half at least
   * @param dayStart midnight of that day
   */
  public static WorkHours of(
      List<Span> spans, LocalDate day, Instant dayStart, FatigueRules rules) {
    List<Span> stretches = union(spans);
    if (stretches.isEmpty()) {
      return new WorkHours(null, null, null, null, day, Duration.ZERO);
    }
    Span last = stretches.get(stretches.size() - 1);
    Duration closed = Duration.ZERO;
    for (Span one : stretches) {
      if (one.to() != null && one.to().isAfter(dayStart)) {
        Instant from = one.from().isBefore(dayStart) ? dayStart : one.from();
        closed = closed.plus(Duration.between(from, one.to()));
      }
    }
    return new WorkHours(
        last.to() == null ? last.from() : null,
        last.to(),
        begun(stretches, rules.rest()),
        begun(stretches, rules.nightRest()),
        day,
        closed);
  }

  /** Stretches with something in hand all the time, oldest first; what touches is one. */
  private static List<Span> union(List<Span> spans) {
    List<Span> sorted = new ArrayList<>(spans);
    sorted.removeIf(span -> span.to() != null && !span.to().isAfter(span.from()));
    sorted.sort(Comparator.comparing(Span::from));
    List<Span> united = new ArrayList<>();
    for (Span span : sorted) {
      Span before = united.isEmpty() ? null : united.get(united.size() - 1);
      if (before == null || (before.to() != null && before.to().isBefore(span.from()))) {
        united.add(span);
      } else if (before.to() != null && (span.to() == null || span.to().isAfter(before.to()))) {
        united.set(united.size() - 1, new Span(before.from(), span.to()));
      }
    }
    return united;
  }

  /** The beginning of the last stretch that no gap of that length interrupts. */
  private static Instant begun(List<Span> stretches, Duration gap) {
    int first = stretches.size() - 1;
    while (first > 0
        && Duration.between(stretches.get(first - 1).to(), stretches.get(first).from())
                .compareTo(gap)
            < 0) {
      first--;
    }
    return stretches.get(first).from();
  }

  /** Worked today, what is under way included. */
  Duration worked(Instant now, LocalDate today, Instant dayStart) {
    Duration sum = today.equals(day) ? closed : Duration.ZERO;
    if (busySince == null) {
      return sum;
    }
    Instant from = busySince.isBefore(dayStart) ? dayStart : busySince;
    return now.isAfter(from) ? sum.plus(Duration.between(from, now)) : sum;
  }

  /** Whether there has been a gap of that length up to now, or there never was any work. */
  boolean rested(Instant now, Duration gap) {
    return busySince == null && (workedUntil == null || !workedUntil.plus(gap).isAfter(now));
  }
}
