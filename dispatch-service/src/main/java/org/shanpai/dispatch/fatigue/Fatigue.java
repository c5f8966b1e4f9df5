package org.shanpai.dispatch.fatigue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Stream;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.RiderWorkState.FatigueState;

/**
 * What a rider's working hours mean at one moment. A limit that is reached is in force: at four
 * hours to the second there is no offer.
 *
 * @param worked today
 * @param streakSince since when without a rest; null after one
 * @param finishBy when a route with anything new in it has to be finished at the latest: the first
 *     limit there would be if work went on without a break; null where one is reached already
 * @param next which limit that is; null as above
 * @param offersFrom when offers are made again if nothing is done until then; null where they are
 *     made, where a word of the rider is needed, or while work goes on
 */
public record Fatigue(
    FatigueState state,
    Duration worked,
    Instant streakSince,
    Instant finishBy,
    FatigueState next,
    Instant offersFrom) {

  /**
   * The business day of a moment.
   *
   * @param start its midnight
   * @param end the next one
   */
  public record Day(LocalDate date, Instant start, Instant end) {

    /** The city's business day at that city time. */
    public static Day of(City city, Instant now) {
      LocalDate date = city.businessDate(now);
      return new Day(
          date,
          date.atStartOfDay(city.zone()).toInstant(),
          date.plusDays(1).atStartOfDay(city.zone()).toInstant());
    }
  }

  /**
   * @param confirmed the day for which the rider said that they go on; null for none
   */
  public static Fatigue at(
      WorkHours hours, LocalDate confirmed, Instant now, Day day, FatigueRules rules) {
    Duration worked = hours.worked(now, day.date(), day.start());
    boolean streakOver = hours.rested(now, rules.rest());
    Instant streakSince = streakOver ? null : hours.streakSince();
    Instant streakEnds = (streakSince == null ? now : streakSince).plus(rules.streak());
    boolean nightOver = hours.rested(now, rules.nightRest());
    Instant shiftSince = nightOver || hours.shiftSince() == null ? now : hours.shiftSince();
    Instant nightDue = shiftSince.plus(rules.window()).minus(rules.nightRest());
    Instant dayEnds = now.plus(rules.day()).minus(worked);
    boolean said = day.date().equals(confirmed);
    Instant confirmDue = said ? null : now.plus(rules.confirm()).minus(worked);

    boolean busy = hours.busySince() != null;
    if (!dayEnds.isAfter(now)) {
      return new Fatigue(FatigueState.DAY_OVER, worked, streakSince, null, null, day.end());
    }
    if (!nightDue.isAfter(now)) {
      Instant from = busy ? null : hours.workedUntil().plus(rules.nightRest());
      return new Fatigue(FatigueState.NIGHT_REST, worked, streakSince, null, null, from);
    }
    if (confirmDue != null && !confirmDue.isAfter(now)) {
      return new Fatigue(FatigueState.CONFIRM, worked, streakSince, null, null, null);
    }
    if (!streakEnds.isAfter(now)) {
      Instant from = busy ? null : hours.workedUntil().plus(rules.rest());
      return new Fatigue(FatigueState.REST, worked, streakSince, null, null, from);
    }
    Instant first =
        Stream.of(streakEnds, nightDue, dayEnds, confirmDue)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .orElseThrow();
    FatigueState next =
        first.equals(dayEnds)
            ? FatigueState.DAY_OVER
            : first.equals(nightDue)
                ? FatigueState.NIGHT_REST
                : first.equals(confirmDue) ? FatigueState.CONFIRM : FatigueState.REST;
    return new Fatigue(FatigueState.FIT, worked, streakSince, first, next, null);
  }

  /** Whether new work may be offered. */
  public boolean fit() {
    return state == FatigueState.FIT;
  }

  /**
   * Whether the rider may say that they go on: once they are asked, and shortly before. No offer
   * reaches past the limit, so that who stands minutes before it with empty hands would get none
   * and never come to be asked.
   */
  public boolean mayConfirm(FatigueRules rules) {
    return state == FatigueState.CONFIRM
        || worked.plus(rules.confirmLead()).compareTo(rules.confirm()) >= 0;
  }

  /** Whether a route that ends then crosses no limit. */
  public boolean allows(Instant routeEnd) {
    return fit() && !routeEnd.isAfter(finishBy);
  }

  /**
   * When this changes by itself: a limit is reached by work under way, a rest or the day is over.
   * Null when only something that is done changes it.
   */
  public Instant changesAt(WorkHours hours, Day day) {
    if (fit()) {
      // Who has nothing in hand comes no nearer to a limit by waiting.
      return hours.busySince() == null ? null : finishBy;
    }
    if (offersFrom != null) {
      return offersFrom;
    }
    return state == FatigueState.CONFIRM || state == FatigueState.DAY_OVER ? day.end() : null;
  }
}
