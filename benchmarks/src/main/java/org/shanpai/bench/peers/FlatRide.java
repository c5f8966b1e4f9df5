package org.shanpai.bench.peers;

import org.shanpai.engine.EngineWeights;

/**
 * Rides a route of any stops in any order and says how many rules it breaks and what it costs. The
 * measure by which all solvers are judged, and the objective of those that take one. Shares no line
 * with the engine. Holds scratch space: one per thread.
 */
final class FlatRide {

  private static final long CONVEX_UP_TO = 14_400;
  private static final int HOPELESS_LEG = 6 * 3600;

  private final FlatWave wave;
  private final int[] visited;
  private final int[] leftStore;
  private int visit;
  private int broken;
  private long cost;
  private int end;

  FlatRide(FlatWave wave) {
    this.wave = wave;
    this.visited = new int[wave.stops];
    this.leftStore = new int[wave.stops];
  }

  /** Rules broken by the last ride; 0 = it may be ridden. */
  int broken() {
    return broken;
  }

  /** Cost of the last ride, mc. */
  long cost() {
    return cost;
  }

  /** Second at which the last ride ends. */
  int end() {
    return end;
  }

  /** Rides the whole array. */
  boolean ride(int courier, int[] route) {
    return ride(courier, route, route.length);
  }

  /** Rides the first stops of the array; true when no rule is broken. */
  boolean ride(int courier, int[] route, int length) {
    FlatWave w = wave;
    EngineWeights price = w.weights;
    int mark = ++visit;
    int wrong = 0;
    int t = w.startTime[courier];
    int at = w.startPlace[courier];
    int load = w.startUnits[courier];
    int heavy = w.startGrams[courier];
    int aboard = w.startAboard[courier];
    int onlyNext = -1;
    int fresh = 0;
    long rode = 0;
    long stood = 0;
    long carried = 0;
    long shelved = 0;
    long late = 0;
    for (int i = 0; i < length; i++) {
      int s = route[i];
      boolean open = w.owner[s] < 0;
      if (onlyNext >= 0 && s != onlyNext) {
        wrong++;
      }
      if (!open && w.owner[s] != courier) {
        wrong += 2;
      }
      int leg = w.leg(courier, at, w.place[s]);
      if (leg < 0) {
        wrong++;
        leg = HOPELESS_LEG;
      }
      rode += leg;
      t += leg;
      at = w.place[s];
      if (t < w.earliest[s]) {
        if (aboard > 0 || !open) {
          stood += w.earliest[s] - t;
        }
        t = w.earliest[s];
      }
      if (w.pickup[s]) {
        load += w.units[s];
        heavy += w.grams[s];
        if (open) {
          fresh++;
          wrong += load > w.unitCapacity[courier] ? 1 : 0;
          wrong += heavy > w.gramCapacity[courier] ? 1 : 0;
          wrong += t > w.shiftEnd[courier] ? 1 : 0;
          wrong += w.allowed(s >> 1, courier) ? 0 : 1;
          if (w.direct[s]) {
            wrong += aboard > 0 ? 1 : 0;
            onlyNext = w.partner[s];
          }
        } else {
          wrong += load > w.unitsLimit[s] ? 1 : 0;
          wrong += heavy > w.gramsLimit[s] ? 1 : 0;
          wrong += t > w.latestStart[s] ? 1 : 0;
        }
        aboard++;
        visited[s] = mark;
        shelved += t - Math.max(0, w.earliest[s]);
        t += w.service[s];
        leftStore[s] = t;
        carried -= t;
      } else {
        onlyNext = -1;
        int taken = w.partner[s];
        load = Math.max(0, load - w.units[s]);
        heavy = Math.max(0, heavy - w.grams[s]);
        t += w.service[s];
        if (taken >= 0 && visited[taken] != mark) {
          wrong += 2;
        } else {
          aboard--;
          int underWay = taken < 0 ? t : t - leftStore[taken];
          wrong += underWay > w.carryLimit[s] ? 1 : 0;
        }
        carried += t;
        late += lateness(price, t, w.due[s]);
      }
    }
    wrong += Math.abs(aboard);
    wrong += fresh > 0 && t > w.dutyEnd[courier] ? 1 : 0;
    long sum =
        late
            + rode * price.travelPerSecond()
            + stood * price.waitPerSecond()
            + carried * price.carryPerSecond()
            + shelved * price.shelfPerSecond()
            + fresh * w.equityPerJob[courier];
    long micros = w.levelMicros[courier];
    int[] before = w.committed[courier];
    boolean turned = before.length > 0 && (length == 0 || route[0] != before[0]);
    broken = wrong;
    end = t;
    cost =
        sum
            + sum / 1_000_000 * micros
            + sum % 1_000_000 * micros / 1_000_000
            + (turned ? price.disturbance() : 0);
    return wrong == 0;
  }

  /** Price of handing over at a second when it was due at another. */
  static long lateness(EngineWeights price, int finished, int due) {
    if (due >= FlatWave.NEVER) {
      return 0;
    }
    long late = (long) finished - due;
    long risk = late + price.safetySeconds();
    if (risk <= 0) {
      return 0;
    }
    long bent = Math.min(risk, CONVEX_UP_TO);
    long square = bent * bent + 2 * bent * (risk - bent);
    return square * price.lateConvexPerMinute() / 60 + Math.max(0, late) * price.latePerSecond();
  }
}
