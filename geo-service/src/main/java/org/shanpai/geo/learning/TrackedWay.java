package org.shanpai.geo.learning;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.shanpai.geo.position.Sighting;

/**
 * How a ride went, from the readings on its way. Says nothing unless they lie so close together
 * that no corner is cut by much.
 */
final class TrackedWay {

  private static final int LEAST_TRUST = 60;
  private static final double WORST_ACCURACY_METRES = 30;
  private static final long LONGEST_GAP_MILLIS = 20_000;

  // Standing still, readings dance about the spot.
  private static final double LEAST_STEP_METRES = 12;

  private static final long TOP_SPAN_MILLIS = 30_000;

  private TrackedWay() {}

  private record Passed(long at, double metres) {}

  /**
   * @param readings from departure to arrival, oldest first
   * @return null when the rider was not seen well enough
   */
  static RiddenWays.Ridden of(Leg leg, List<Sighting> readings) {
    long departed = leg.departedAt().toEpochMilli();
    long arrived = departed + Math.round(leg.seconds() * 1_000);
    long last = departed;
    Sighting kept = null;
    double metres = 0;
    double top = 0;
    Deque<Passed> passed = new ArrayDeque<>();
    for (Sighting reading : readings) {
      if (reading.trust() < LEAST_TRUST
          || reading.accuracyMetres() > WORST_ACCURACY_METRES
          || reading.at() < departed
          || reading.at() > arrived) {
        continue;
      }
      if (reading.at() - last > LONGEST_GAP_MILLIS) {
        return null;
      }
      last = reading.at();
      double step = (kept == null ? leg.from() : kept.place()).metresTo(reading.place());
      if (kept == null || step >= LEAST_STEP_METRES) {
        metres += step;
        kept = reading;
      }
      passed.addLast(new Passed(reading.at(), metres));
      // The newest reading at least half a minute back.
      while (passed.size() > 2 && reading.at() - second(passed).at() >= TOP_SPAN_MILLIS) {
        passed.removeFirst();
      }
      Passed first = passed.getFirst();
      long span = reading.at() - first.at();
      if (span >= TOP_SPAN_MILLIS) {
        top = Math.max(top, (metres - first.metres()) / span * 3_600);
      }
    }
    if (kept == null || arrived - last > LONGEST_GAP_MILLIS) {
      return null;
    }
    return new RiddenWays.Ridden(metres + kept.place().metresTo(leg.to()), top);
  }

  private static Passed second(Deque<Passed> passed) {
    var each = passed.iterator();
    each.next();
    return each.next();
  }
}
