package org.shanpai.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A city of square blocks for hand-worked cases: place (x, y) is 60 s from each of its four
 * neighbours, so that a way takes 60 × (|dx| + |dy|) seconds.
 */
final class GridCity {

  static final long NOON = 1_700_000_000_000L;
  static final int BLOCK_SECONDS = 60;

  private final int width;
  private final int[] cells;

  GridCity(int width) {
    this.width = width;
    int n = width * width;
    cells = new int[n * n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        cells[a * n + b] =
            BLOCK_SECONDS * (Math.abs(a % width - b % width) + Math.abs(a / width - b / width));
      }
    }
  }

  int at(int x, int y) {
    return y * width + x;
  }

  GridCity noWay(int from, int to) {
    cells[from * width * width + to] = TravelTimes.UNREACHABLE;
    return this;
  }

  GridCity leg(int from, int to, int seconds) {
    cells[from * width * width + to] = seconds;
    return this;
  }

  TravelTimes times() {
    return TravelTimes.of(width * width, cells);
  }

  static long minutes(double after) {
    return NOON + Math.round(after * 60_000);
  }

  /** Ready and due in minutes from noon; one minute at the shop, two at the door, one unit. */
  static JobMaker job(String id, int pickup, int dropoff, double ready, double due) {
    return new JobMaker(id, pickup, dropoff, minutes(ready), minutes(due));
  }

  /** Free at noon, ten units, no shift end, full speed. */
  static CourierMaker courier(String id, int place) {
    return new CourierMaker(id, place);
  }

  static final class JobMaker {
    private final String id;
    int pickup;
    int dropoff;
    long ready;
    long due;
    long placed = NOON;
    int pickupService = 60;
    int dropoffService = 120;
    int units = 1;
    int grams;
    int longestCarry;
    boolean direct;
    Set<String> needs = Set.of();
    Set<String> excluded = Set.of();
    long holdUntil;

    JobMaker(String id, int pickup, int dropoff, long ready, long due) {
      this.id = id;
      this.pickup = pickup;
      this.dropoff = dropoff;
      this.ready = ready;
      this.due = due;
    }

    JobMaker units(int value) {
      units = value;
      return this;
    }

    JobMaker grams(int value) {
      grams = value;
      return this;
    }

    JobMaker longestCarry(double minutes) {
      longestCarry = (int) (minutes * 60);
      return this;
    }

    JobMaker direct() {
      direct = true;
      return this;
    }

    JobMaker needs(String... value) {
      needs = Set.of(value);
      return this;
    }

    JobMaker not(String... couriers) {
      excluded = Set.of(couriers);
      return this;
    }

    JobMaker holdUntil(double minutes) {
      holdUntil = minutes(minutes);
      return this;
    }

    Job make() {
      return new Job(
          id,
          pickup,
          dropoff,
          ready,
          due,
          placed,
          pickupService,
          dropoffService,
          units,
          grams,
          longestCarry,
          direct,
          needs,
          excluded,
          holdUntil);
    }
  }

  static final class CourierMaker {
    private final String id;
    int place;
    long freeAt = NOON;
    int capacity = 10;
    int capacityGrams = Integer.MAX_VALUE;
    int load;
    List<Stop> route = new ArrayList<>();
    int pinned;
    List<Job> releasable = new ArrayList<>();
    long shiftEnd;
    long dutyEnd;
    double speed = 1;
    int level = 100_000;
    Set<String> equipment = Set.of();
    boolean accepts = true;
    double hours = 1;
    double orders;

    CourierMaker(String id, int place) {
      this.id = id;
      this.place = place;
    }

    CourierMaker capacity(int value) {
      capacity = value;
      return this;
    }

    CourierMaker load(int value) {
      load = value;
      return this;
    }

    CourierMaker freeAt(double minutes) {
      freeAt = minutes(minutes);
      return this;
    }

    CourierMaker stops(Stop... stops) {
      route.addAll(List.of(stops));
      return this;
    }

    CourierMaker pinned(int value) {
      pinned = value;
      return this;
    }

    CourierMaker shiftEnd(double minutes) {
      shiftEnd = minutes(minutes);
      return this;
    }

    CourierMaker dutyEnd(double minutes) {
      dutyEnd = minutes(minutes);
      return this;
    }

    CourierMaker grams(int value) {
      capacityGrams = value;
      return this;
    }

    /** Commits the job at the end of the route and lets it go. */
    CourierMaker lets(JobMaker job) {
      Job made = job.make();
      releasable.add(made);
      route.addAll(stopsOf(made));
      return this;
    }

    CourierMaker speed(double value) {
      speed = value;
      return this;
    }

    CourierMaker level(int mp) {
      level = mp;
      return this;
    }

    CourierMaker has(String... value) {
      equipment = Set.of(value);
      return this;
    }

    CourierMaker resting() {
      accepts = false;
      return this;
    }

    CourierMaker earned(double perHours, double count) {
      hours = perHours;
      orders = count;
      return this;
    }

    Courier make() {
      return new Courier(
          id,
          place,
          freeAt,
          capacity,
          capacityGrams,
          load,
          route,
          pinned,
          releasable,
          shiftEnd,
          dutyEnd,
          speed,
          level,
          equipment,
          accepts,
          hours,
          orders);
    }
  }

  static Stop pickup(String job, int place, double ready) {
    return new Stop(job, StopKind.PICKUP, place, minutes(ready), 0, 60, 1, 0, 0, 0);
  }

  static Stop dropoff(String job, int place, double due) {
    return new Stop(job, StopKind.DROPOFF, place, 0, minutes(due), 120, 1, 0, 0, 0);
  }

  /** Both stops of a job as they stand on a committed route. */
  static List<Stop> stopsOf(Job job) {
    return List.of(
        new Stop(
            job.id(),
            StopKind.PICKUP,
            job.pickup(),
            job.readyMillis(),
            0,
            job.pickupServiceSeconds(),
            job.loadUnits(),
            job.weightGrams(),
            job.longestCarrySeconds(),
            0),
        new Stop(
            job.id(),
            StopKind.DROPOFF,
            job.dropoff(),
            0,
            job.promiseEndMillis(),
            job.dropoffServiceSeconds(),
            job.loadUnits(),
            job.weightGrams(),
            job.longestCarrySeconds(),
            0));
  }

  Wave wave(SolveLimit limit, List<JobMaker> jobs, List<CourierMaker> couriers) {
    return new Wave(
        "area-1",
        NOON,
        1,
        jobs.stream().map(JobMaker::make).toList(),
        couriers.stream().map(CourierMaker::make).toList(),
        times(),
        EngineWeights.live(),
        limit);
  }
}
