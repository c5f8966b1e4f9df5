package org.shanpai.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a plan against its wave from the records alone, sharing nothing with the search. The
 * engine asks it before a plan leaves; benchmarks and tests ask it again.
 *
 * <p>What was broken before the wave (a courier already over capacity, a committed pickup already
 * after the shift's end, goods carried too long, bad data) is not held against the plan, but may
 * not get worse.
 */
public final class PlanChecker {

  private PlanChecker() {}

  /** Sentences that say what is wrong; empty when the plan keeps every hard rule. */
  public static List<String> violations(Wave wave, Plan plan) {
    List<String> wrong = new ArrayList<>();
    Map<String, Job> jobs = new HashMap<>();
    wave.jobs().forEach(job -> jobs.putIfAbsent(job.id(), job));
    Map<String, Courier> couriers = new HashMap<>();
    wave.couriers().forEach(courier -> couriers.putIfAbsent(courier.id(), courier));
    Map<String, String> offeredTo = new HashMap<>();
    decisions(wave, plan, couriers, offeredTo, wrong);
    Map<String, Reassignment> moved = new HashMap<>();
    for (Reassignment move : plan.reassignments()) {
      if (moved.put(move.jobId(), move) != null) {
        wrong.add("job " + move.jobId() + " is reassigned twice");
      }
      reassignment(move, couriers, jobs, wrong);
    }
    for (String courierId : plan.routes().keySet()) {
      if (!couriers.containsKey(courierId)) {
        wrong.add("route of unknown courier " + courierId);
      }
    }
    for (Courier courier : couriers.values()) {
      List<Stop> route = plan.routes().getOrDefault(courier.id(), List.of());
      if (route.equals(courier.route())) {
        if (offeredTo.containsValue(courier.id())) {
          wrong.add("courier " + courier.id() + " has an offer but an unchanged route");
        }
        for (Reassignment move : moved.values()) {
          if (move.fromCourier().equals(courier.id()) || move.toCourier().equals(courier.id())) {
            wrong.add("courier " + courier.id() + " is reassigned but has an unchanged route");
          }
        }
        continue;
      }
      new Ride(wave, courier, route, jobs, offeredTo, moved, couriers, wrong).check();
    }
    return wrong;
  }

  private static void decisions(
      Wave wave,
      Plan plan,
      Map<String, Courier> couriers,
      Map<String, String> offeredTo,
      List<String> wrong) {
    if (plan.decisions().size() != wave.jobs().size()) {
      wrong.add("%d jobs but %d decisions".formatted(wave.jobs().size(), plan.decisions().size()));
      return;
    }
    for (int i = 0; i < wave.jobs().size(); i++) {
      Job job = wave.jobs().get(i);
      JobDecision decision = plan.decisions().get(i);
      if (!decision.jobId().equals(job.id())) {
        wrong.add("decision %d is about %s, not %s".formatted(i, decision.jobId(), job.id()));
      }
      if (decision instanceof JobDecision.Hold hold && hold.untilMillis() <= wave.nowMillis()) {
        wrong.add("job " + job.id() + " is held until a moment that has passed");
      }
      if (decision instanceof JobDecision.Offer offer) {
        if (offeredTo.put(job.id(), offer.courierId()) != null) {
          wrong.add("job " + job.id() + " is offered twice");
        }
        eligible(job, couriers.get(offer.courierId()), "offered", wrong);
        place(plan, offer, job, wrong);
      }
    }
  }

  private static void eligible(Job job, Courier courier, String how, List<String> wrong) {
    if (courier == null || !courier.acceptsOffers()) {
      wrong.add("job %s is %s to one who takes none".formatted(job.id(), how));
      return;
    }
    if (job.excludedCouriers().contains(courier.id())) {
      wrong.add("job %s is %s to an excluded courier".formatted(job.id(), how));
    }
    if (!courier.equipment().containsAll(job.needs())) {
      wrong.add("job %s needs equipment %s lacks".formatted(job.id(), courier.id()));
    }
  }

  /** Only what its courier let go, unpinned and not yet picked up, may change hands. */
  private static void reassignment(
      Reassignment move, Map<String, Courier> couriers, Map<String, Job> jobs, List<String> wrong) {
    Courier from = couriers.get(move.fromCourier());
    Job job =
        from == null
            ? null
            : from.releasable().stream()
                .filter(candidate -> candidate.id().equals(move.jobId()))
                .findFirst()
                .orElse(null);
    if (job == null) {
      wrong.add("job %s was not released by %s".formatted(move.jobId(), move.fromCourier()));
      return;
    }
    long movable =
        from.route().stream()
            .skip(Math.max(0, from.pinnedStops()))
            .filter(stop -> stop.jobId().equals(job.id()))
            .count();
    if (movable != 2) {
      wrong.add("job %s cannot be taken from %s any more".formatted(job.id(), from.id()));
    }
    if (move.toCourier().equals(move.fromCourier())) {
      wrong.add("job " + job.id() + " is reassigned to the one who has it");
    }
    if (move.gainMillicost() <= 0) {
      wrong.add("job " + job.id() + " is reassigned without a gain");
    }
    jobs.put(job.id(), job);
    eligible(job, couriers.get(move.toCourier()), "reassigned", wrong);
  }

  private static void place(Plan plan, JobDecision.Offer offer, Job job, List<String> wrong) {
    List<Stop> route = plan.routes().getOrDefault(offer.courierId(), List.of());
    boolean pickup =
        offer.pickupIndex() >= 0
            && offer.pickupIndex() < route.size()
            && route.get(offer.pickupIndex()).jobId().equals(job.id())
            && route.get(offer.pickupIndex()).kind() == StopKind.PICKUP
            && route.get(offer.pickupIndex()).place() == job.pickup();
    boolean dropoff =
        offer.dropoffIndex() > offer.pickupIndex()
            && offer.dropoffIndex() < route.size()
            && route.get(offer.dropoffIndex()).jobId().equals(job.id())
            && route.get(offer.dropoffIndex()).kind() == StopKind.DROPOFF
            && route.get(offer.dropoffIndex()).place() == job.dropoff();
    if (!pickup || !dropoff) {
      wrong.add("offer of job " + job.id() + " does not match the route");
    }
  }

  /** One changed route, ridden in milliseconds. */
  private static final class Ride {
    private final Wave wave;
    private final Courier courier;
    private final List<Stop> route;
    private final Map<String, Job> jobs;
    private final Map<String, String> offeredTo;
    private final Map<String, Reassignment> moved;
    private final Map<String, Courier> couriers;
    private final List<String> wrong;

    Ride(
        Wave wave,
        Courier courier,
        List<Stop> route,
        Map<String, Job> jobs,
        Map<String, String> offeredTo,
        Map<String, Reassignment> moved,
        Map<String, Courier> couriers,
        List<String> wrong) {
      this.moved = moved;
      this.couriers = couriers;
      this.wave = wave;
      this.courier = courier;
      this.route = route;
      this.jobs = jobs;
      this.offeredTo = offeredTo;
      this.wrong = wrong;
    }

    void check() {
      if (route.size() < courier.pinnedStops()
          || !route
              .subList(0, courier.pinnedStops())
              .equals(courier.route().subList(0, courier.pinnedStops()))) {
        say("the pinned stops changed");
        return;
      }
      sameWork();
      ride();
    }

    private void sameWork() {
      List<Stop> left = new ArrayList<>(route);
      for (Stop stop : courier.route()) {
        Reassignment move = moved.get(stop.jobId());
        boolean gone = move != null && move.fromCourier().equals(courier.id());
        if (!left.remove(stop) && !gone) {
          say("lost its committed " + stop.kind() + " of " + stop.jobId());
        }
      }
      Map<String, Integer> fresh = new HashMap<>();
      for (Stop stop : left) {
        fresh.merge(stop.jobId(), 1, Integer::sum);
        if (!courier.id().equals(offeredTo.get(stop.jobId())) && !takenOver(stop)) {
          say("has a stop of " + stop.jobId() + ", which was not offered to it");
        }
      }
      moved.forEach(
          (job, move) -> {
            if (move.fromCourier().equals(courier.id())
                && route.stream().anyMatch(stop -> stop.jobId().equals(job))) {
              say("still has " + job + ", which went to another");
            }
            if (move.toCourier().equals(courier.id()) && fresh.getOrDefault(job, 0) != 2) {
              say("does not have both stops of " + job);
            }
          });
      offeredTo.forEach(
          (job, to) -> {
            if (to.equals(courier.id()) && fresh.getOrDefault(job, 0) != 2) {
              say("does not have both stops of " + job);
            }
          });
    }

    private boolean takenOver(Stop stop) {
      Reassignment move = moved.get(stop.jobId());
      return move != null
          && move.toCourier().equals(courier.id())
          && couriers.containsKey(move.fromCourier())
          && couriers.get(move.fromCourier()).route().contains(stop);
    }

    private void ride() {
      Set<String> committedPickups = new HashSet<>();
      Set<String> aboard = new HashSet<>();
      int aboardUnits = 0;
      int grams = 0;
      for (Stop stop : courier.route()) {
        if (stop.kind() == StopKind.PICKUP) {
          committedPickups.add(stop.jobId());
        } else if (!committedPickups.contains(stop.jobId())) {
          aboard.add(stop.jobId());
          aboardUnits += stop.loadUnits();
          grams += stop.weightGrams();
        }
      }
      Map<String, Before> before = asCommitted(aboardUnits, grams);
      Map<String, Long> taken = new HashMap<>();
      int load = Math.max(courier.loadUnits(), aboardUnits);
      long t = Math.max(wave.nowMillis(), courier.freeAtMillis());
      // Plans count in whole seconds and round each leg up; what is a duration may gain by that.
      long rounding = 2_000;
      int at = courier.place();
      long shiftEnd = courier.shiftEndMillis() == 0 ? Long.MAX_VALUE : courier.shiftEndMillis();
      String direct = null;
      boolean anythingNew = false;
      Stop last = null;
      long visit = 0;
      for (Stop stop : route) {
        long leg = legMillis(at, stop.place());
        if (leg < 0) {
          say("has no way to " + stop.kind() + " of " + stop.jobId());
          return;
        }
        rounding += 2_000 + leg / 1_000;
        boolean sameVisit =
            last != null
                && last.kind() == StopKind.PICKUP
                && stop.kind() == StopKind.PICKUP
                && last.place() == stop.place();
        if (wave.rules().wholeTrips()
            && stop.kind() == StopKind.PICKUP
            && !aboard.isEmpty()
            && !sameVisit) {
          say("picks up " + stop.jobId() + " in the middle of a trip");
        }
        long arrived = t + leg;
        boolean shares = sameVisit && wave.rules().sharedPickup();
        t = Math.max(shares ? visit : arrived, stop.earliestMillis());
        visit = t;
        last = stop;
        if (direct != null && !stop.jobId().equals(direct)) {
          say("carries something beside direct job " + direct);
        }
        boolean mine = before.containsKey(stop.jobId());
        Before was = mine ? before.get(stop.jobId()) : Before.NEW;
        if (stop.kind() == StopKind.PICKUP) {
          if (!aboard.add(stop.jobId())) {
            say("picks up " + stop.jobId() + " twice");
          }
          load += stop.loadUnits();
          grams += stop.weightGrams();
          anythingNew |= !mine;
          if (load > Math.max(courier.capacityUnits(), was.load)) {
            say("has %d units aboard after %s".formatted(load, stop.jobId()));
          }
          if (grams > Math.max(courier.capacityGrams(), was.grams)) {
            say("has %d g aboard after %s".formatted(grams, stop.jobId()));
          }
          // Grace on committed stops: the search rounds each of their legs up.
          if (t > (mine ? Math.max(shiftEnd, was.begin + rounding) : shiftEnd)) {
            say("picks up " + stop.jobId() + " after the shift's end");
          }
          if (!mine && jobs.get(stop.jobId()) != null && jobs.get(stop.jobId()).direct()) {
            direct = stop.jobId();
            if (aboard.size() > 1) {
              say("takes direct job " + direct + " with goods aboard");
            }
          }
          taken.put(
              stop.jobId(), Math.max(t + stop.serviceSeconds() * 1000L, shares ? arrived : 0));
        } else {
          if (!aboard.remove(stop.jobId())) {
            say("hands over " + stop.jobId() + " before taking it");
          }
          load = Math.max(0, load - stop.loadUnits());
          grams = Math.max(0, grams - stop.weightGrams());
          direct = null;
          long carried = t + stop.serviceSeconds() * 1000L - takenAt(taken, stop);
          long allowed = longestCarryMillis(stop, mine);
          if (carried > Math.max(allowed, was.carried) + rounding) {
            say("carries %s for %d s".formatted(stop.jobId(), carried / 1000));
          }
        }
        t = Math.max(t + stop.serviceSeconds() * 1000L, shares ? arrived : 0);
        at = stop.place();
      }
      if (!aboard.isEmpty()) {
        say("never hands over " + aboard);
      }
      if (anythingNew && courier.dutyEndMillis() != 0 && t > courier.dutyEndMillis()) {
        say("gets new work that ends after the hours on duty");
      }
    }

    private long takenAt(Map<String, Long> taken, Stop dropoff) {
      long aboard = dropoff.takenMillis() == 0 ? wave.nowMillis() : dropoff.takenMillis();
      return taken.getOrDefault(dropoff.jobId(), aboard);
    }

    /** For a job that is new to this courier, its own limit; otherwise what the stop says. */
    private long longestCarryMillis(Stop stop, boolean mine) {
      Job job = mine ? null : jobs.get(stop.jobId());
      int seconds = job == null ? stop.longestCarrySeconds() : job.longestCarrySeconds();
      return seconds == 0 ? Long.MAX_VALUE / 4 : seconds * 1000L;
    }

    /** How a committed job would be ridden when nothing is changed. */
    private static final class Before {
      static final Before NEW = new Before();

      private int load;
      private int grams;
      private long begin;
      private long carried;
    }

    private Map<String, Before> asCommitted(int aboardUnits, int aboardGrams) {
      Map<String, Before> by = new HashMap<>();
      Map<String, Long> taken = new HashMap<>();
      int load = Math.max(courier.loadUnits(), aboardUnits);
      int grams = aboardGrams;
      long t = Math.max(wave.nowMillis(), courier.freeAtMillis());
      int at = courier.place();
      for (Stop stop : courier.route()) {
        t = Math.max(t + Math.max(0, legMillis(at, stop.place())), stop.earliestMillis());
        Before job = by.computeIfAbsent(stop.jobId(), id -> new Before());
        long end = t + stop.serviceSeconds() * 1000L;
        if (stop.kind() == StopKind.PICKUP) {
          load += stop.loadUnits();
          grams += stop.weightGrams();
          job.load = load;
          job.grams = grams;
          job.begin = t;
          taken.put(stop.jobId(), end);
        } else {
          load = Math.max(0, load - stop.loadUnits());
          grams = Math.max(0, grams - stop.weightGrams());
          job.carried = end - takenAt(taken, stop);
        }
        t = end;
        at = stop.place();
      }
      return by;
    }

    private long legMillis(int from, int to) {
      int seconds = wave.times().seconds(from, to);
      if (seconds == TravelTimes.UNREACHABLE) {
        return -1;
      }
      double speed = Math.max(0.2, Math.min(1.0, courier.speedFactor()));
      return speed == 1.0 ? seconds * 1000L : (long) (seconds * 1000L / speed);
    }

    private void say(String what) {
      wrong.add("courier " + courier.id() + " " + what);
    }
  }
}
