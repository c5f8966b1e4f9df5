package org.shanpai.bench.city;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.shanpai.engine.Courier;
import org.shanpai.engine.Job;
import org.shanpai.engine.JobDecision;
import org.shanpai.engine.Plan;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Stop;
import org.shanpai.engine.StopKind;
import org.shanpai.engine.Wave;

/**
 * The waves of one area, one after the other: riders ride what they were given, open orders come
 * and go, offers are accepted or declined by a seeded draw. Not thread-safe.
 */
public final class AreaStream {

  private final AreaDay day;
  private final SplittableRandom chance;
  private final List<Rider> riders = new ArrayList<>();
  private final Map<String, OrderFacts> open = new LinkedHashMap<>();
  private final Map<String, Set<String>> declinedBy = new HashMap<>();
  private int nextOrder;
  private int accepted;
  private long now;

  /** Begins at the day's start with nothing open. */
  public AreaStream(AreaDay day, long seed) {
    this.day = day;
    this.chance = new SplittableRandom(seed);
    this.now = day.startMillis();
    day.riders().forEach(facts -> riders.add(new Rider(facts)));
  }

  /** Moves time on and gives the wave of that moment. */
  public Wave waveAfter(long millis, long seed, SolveLimit limit) {
    now += millis;
    while (nextOrder < day.orders().size() && day.orders().get(nextOrder).placedMillis() <= now) {
      OrderFacts order = day.orders().get(nextOrder++);
      open.put(order.id(), order);
    }
    List<Courier> couriers = new ArrayList<>();
    for (Rider rider : riders) {
      rider.rideUntil(now);
      if (rider.onDuty(now)) {
        couriers.add(rider.courier(now));
      }
    }
    List<Job> jobs = new ArrayList<>();
    for (OrderFacts order : open.values()) {
      jobs.add(EngineRecords.job(order, declinedBy.getOrDefault(order.id(), Set.of())));
    }
    return EngineRecords.wave(
        "%s@%d".formatted(day.name(), (now - day.startMillis()) / 60_000),
        now,
        seed,
        jobs,
        couriers,
        day.places().times(day.secondsPerMetre()),
        limit);
  }

  /** Asks the riders; those who accept follow the plan from now on. */
  public void carryOut(Plan plan) {
    Map<String, List<JobDecision.Offer>> byRider = new LinkedHashMap<>();
    for (JobDecision decision : plan.decisions()) {
      if (decision instanceof JobDecision.Offer offer) {
        byRider.computeIfAbsent(offer.courierId(), key -> new ArrayList<>()).add(offer);
      }
    }
    for (Rider rider : riders) {
      List<Stop> planned = plan.routes().get(rider.facts.id());
      if (planned == null) {
        continue;
      }
      List<JobDecision.Offer> offers = byRider.getOrDefault(rider.facts.id(), List.of());
      if (!offers.isEmpty() && chance.nextInt(100) < day.declinedPercent()) {
        for (JobDecision.Offer offer : offers) {
          declinedBy.computeIfAbsent(offer.jobId(), key -> new HashSet<>()).add(rider.facts.id());
        }
        continue;
      }
      for (JobDecision.Offer offer : offers) {
        open.remove(offer.jobId());
        accepted++;
      }
      rider.follow(planned);
    }
  }

  /** Orders that found a rider so far. */
  public int accepted() {
    return accepted;
  }

  /** City epoch ms of the last wave. */
  public long nowMillis() {
    return now;
  }

  /** Whether every order has come in and found a rider. */
  public boolean over() {
    return nextOrder == day.orders().size() && open.isEmpty();
  }

  private final class Rider {
    private final RiderFacts facts;
    private List<Stop> route = List.of();
    private long freeAt;
    private boolean underWay;

    Rider(RiderFacts facts) {
      this.facts = facts;
      this.freeAt = facts.onMillis();
    }

    boolean onDuty(long at) {
      return facts.onMillis() <= at
          && (facts.offMillis() == 0 || at <= facts.offMillis() || !route.isEmpty());
    }

    void follow(List<Stop> planned) {
      route = List.copyOf(planned);
    }

    /** Does what fits until then; on the way, the rider is somewhere along the straight line. */
    void rideUntil(long until) {
      PlaceBook places = day.places();
      List<Stop> left = new ArrayList<>(route);
      underWay = false;
      while (!left.isEmpty()) {
        Stop stop = left.get(0);
        long leg =
            Math.round(
                1000
                    * places.seconds(facts.place(), stop.place(), day.secondsPerMetre())
                    / facts.speedFactor());
        long arrival = freeAt + leg;
        long end = Math.max(arrival, stop.earliestMillis()) + stop.serviceSeconds() * 1000L;
        if (end > until) {
          underWay = true;
          double part = leg == 0 ? 1 : Math.min(1, (double) (until - freeAt) / leg);
          if (part > 0) {
            stand(
                places.x(facts.place()) + part * (places.x(stop.place()) - places.x(facts.place())),
                places.y(facts.place())
                    + part * (places.y(stop.place()) - places.y(facts.place())));
            freeAt = Math.min(until, arrival);
          }
          break;
        }
        stand(places.x(stop.place()), places.y(stop.place()));
        freeAt = end;
        left.remove(0);
        if (stop.kind() == StopKind.PICKUP) {
          left.replaceAll(
              other ->
                  other.jobId().equals(stop.jobId()) ? EngineRecords.taken(other, end) : other);
        }
      }
      if (left.isEmpty()) {
        freeAt = Math.max(freeAt, until);
      }
      route = List.copyOf(left);
    }

    private void stand(double x, double y) {
      day.places().move(facts.place(), x, y);
    }

    Courier courier(long at) {
      Set<String> toPick = new HashSet<>();
      int load = 0;
      for (Stop stop : route) {
        if (stop.kind() == StopKind.PICKUP) {
          toPick.add(stop.jobId());
        } else if (!toPick.contains(stop.jobId())) {
          load += stop.loadUnits();
        }
      }
      return EngineRecords.courier(
          facts, facts.place(), Math.max(freeAt, 0), load, route, underWay ? 1 : 0, true);
    }
  }
}
