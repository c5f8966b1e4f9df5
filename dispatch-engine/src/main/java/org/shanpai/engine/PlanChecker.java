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
 * after the shift's end, bad data) is not held against the plan, but may not get worse.
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
        continue;
      }
      new Ride(wave, courier, route, jobs, offeredTo, wrong).check();
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
        Courier courier = couriers.get(offer.courierId());
        if (courier == null || !courier.acceptsOffers()) {
          wrong.add("job " + job.id() + " is offered to one who takes none");
        } else {
          if (job.excludedCouriers().contains(courier.id())) {
            wrong.add("job " + job.id() + " is offered to an excluded courier");
          }
          if (!courier.equipment().containsAll(job.needs())) {
            wrong.add("job " + job.id() + " needs equipment " + courier.id() + " lacks");
          }
        }
        place(plan, offer, job, wrong);
      }
    }
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
    private final List<String> wrong;

    Ride(
        Wave wave,
        Courier courier,
        List<Stop> route,
        Map<String, Job> jobs,
        Map<String, String> offeredTo,
        List<String> wrong) {
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
        if (!left.remove(stop)) {
          say("lost its committed " + stop.kind() + " of " + stop.jobId());
        }
      }
      Map<String, Integer> fresh = new HashMap<>();
      for (Stop stop : left) {
        fresh.merge(stop.jobId(), 1, Integer::sum);
        if (!courier.id().equals(offeredTo.get(stop.jobId()))) {
          say("has a stop of " + stop.jobId() + ", which was not offered to it");
        }
      }
      offeredTo.forEach(
          (job, to) -> {
            if (to.equals(courier.id()) && fresh.getOrDefault(job, 0) != 2) {
              say("does not have both stops of " + job);
            }
          });
    }

    private void ride() {
      Set<String> committedPickups = new HashSet<>();
      Set<String> aboard = new HashSet<>();
      int aboardUnits = 0;
      for (Stop stop : courier.route()) {
        if (stop.kind() == StopKind.PICKUP) {
          committedPickups.add(stop.jobId());
        } else if (!committedPickups.contains(stop.jobId())) {
          aboard.add(stop.jobId());
          aboardUnits += stop.loadUnits();
        }
      }
      Map<String, long[]> before = asCommitted(aboardUnits);
      int load = Math.max(courier.loadUnits(), aboardUnits);
      long t = Math.max(wave.nowMillis(), courier.freeAtMillis());
      int at = courier.place();
      long shiftEnd = courier.shiftEndMillis() == 0 ? Long.MAX_VALUE : courier.shiftEndMillis();
      String direct = null;
      for (Stop stop : route) {
        long leg = legMillis(at, stop.place());
        if (leg < 0) {
          say("has no way to " + stop.kind() + " of " + stop.jobId());
          return;
        }
        t = Math.max(t + leg, stop.earliestMillis());
        if (direct != null && !stop.jobId().equals(direct)) {
          say("carries something beside direct job " + direct);
        }
        if (stop.kind() == StopKind.PICKUP) {
          if (!aboard.add(stop.jobId())) {
            say("picks up " + stop.jobId() + " twice");
          }
          load += stop.loadUnits();
          boolean open = !committedPickups.contains(stop.jobId());
          long[] was = before.getOrDefault(stop.jobId(), new long[] {0, 0});
          if (load > Math.max(courier.capacityUnits(), open ? 0 : was[0])) {
            say("has %d units aboard after %s".formatted(load, stop.jobId()));
          }
          // Grace on committed stops: the search rounds each of their legs up.
          if (t > (open ? shiftEnd : Math.max(shiftEnd, was[1] + 2000L * route.size()))) {
            say("picks up " + stop.jobId() + " after the shift's end");
          }
          if (open && jobs.get(stop.jobId()) != null && jobs.get(stop.jobId()).direct()) {
            direct = stop.jobId();
            if (aboard.size() > 1) {
              say("takes direct job " + direct + " with goods aboard");
            }
          }
        } else {
          if (!aboard.remove(stop.jobId())) {
            say("hands over " + stop.jobId() + " before taking it");
          }
          load = Math.max(0, load - stop.loadUnits());
          direct = null;
        }
        t += stop.serviceSeconds() * 1000L;
        at = stop.place();
      }
      if (!aboard.isEmpty()) {
        say("never hands over " + aboard);
      }
    }

    /** Load after and start of each committed pickup when nothing is changed. */
    private Map<String, long[]> asCommitted(int aboardUnits) {
      Map<String, long[]> by = new HashMap<>();
      int load = Math.max(courier.loadUnits(), aboardUnits);
      long t = Math.max(wave.nowMillis(), courier.freeAtMillis());
      int at = courier.place();
      for (Stop stop : courier.route()) {
        t = Math.max(t + Math.max(0, legMillis(at, stop.place())), stop.earliestMillis());
        if (stop.kind() == StopKind.PICKUP) {
          load += stop.loadUnits();
          by.put(stop.jobId(), new long[] {load, t});
        } else {
          load = Math.max(0, load - stop.loadUnits());
        }
        t += stop.serviceSeconds() * 1000L;
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
