package org.shanpai.dispatch.fatigue;

import java.time.Instant;
import org.shanpai.chassis.problem.Problem;

/** What is said to somebody who wants to work on and may not. */
public final class TooTired {

  private TooTired() {}

  /**
   * @throws Problem 409 {@code rest-needed}, {@code confirm-needed} or {@code day-limit} where
   *     nothing new may be begun
   */
  public static void refuse(Fatigue fatigue) {
    switch (fatigue.state()) {
      case FIT -> {}
      case REST ->
          throw Problem.conflict(
              "rest-needed",
              "You have worked as long as one may at a stretch; take a rest before the next job"
                  + until(fatigue)
                  + ".");
      case NIGHT_REST ->
          throw Problem.conflict(
              "rest-needed",
              "You have had no long rest in the last day; the next job comes after one"
                  + until(fatigue)
                  + ".");
      case CONFIRM ->
          throw Problem.conflict(
              "confirm-needed",
              "You have worked for "
                  + fatigue.worked().toHours()
                  + " h today; say that you go on.");
      case DAY_OVER ->
          throw Problem.conflict(
              "day-limit",
              "You have worked for "
                  + fatigue.worked().toHours()
                  + " h today, as long as one may; ride again"
                  + until(fatigue)
                  + ".");
    }
  }

  /**
   * @throws Problem as {@link #refuse(Fatigue)}; {@code rest-needed} where a route that ends then
   *     would cross a limit
   */
  public static void refuse(Fatigue fatigue, Instant routeEnd) {
    refuse(fatigue);
    if (!fatigue.allows(routeEnd)) {
      throw Problem.conflict(
          "rest-needed",
          "It would take until "
              + routeEnd
              + ", past the limit of your working time at "
              + fatigue.finishBy()
              + ".");
    }
  }

  private static String until(Fatigue fatigue) {
    return fatigue.offersFrom() == null ? "" : ", from " + fatigue.offersFrom();
  }
}
