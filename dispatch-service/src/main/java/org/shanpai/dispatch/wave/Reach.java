package org.shanpai.dispatch.wave;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.dispatch.area.AreaShape;
import org.shanpai.dispatch.fatigue.Fatigue;
import org.shanpai.dispatch.fatigue.FatigueRules;
import org.shanpai.dispatch.geo.Geo;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.pool.PoolRules;
import org.shanpai.dispatch.pool.Pools;
import org.shanpai.dispatch.work.PlannedStop;
import org.shanpai.dispatch.work.RiderWork;
import org.shanpai.dispatch.work.Whereabouts;

/**
 * Who is near enough to an area to serve it, by the rules of each rider's pool.
 *
 * @param neighbours whether riders from farther away are wanted for some job
 * @param day business day of now
 * @param fatigue how long riders may work
 * @param phones which phones are fit for offers
 */
record Reach(
    AreaShape shape,
    Map<String, PoolRules> rules,
    boolean neighbours,
    Instant now,
    Fatigue.Day day,
    FatigueRules fatigue,
    Whereabouts.Rules phones) {

  /**
   * The riders who may serve the area, in the order of their work rows.
   *
   * @param freshFrom a position before this counts for nothing
   */
  List<Situation.Near> near(
      List<Geo.Seen> seen, List<RiderWork> works, List<Job> held, Instant freshFrom) {
    Map<String, Geo.Seen> fresh =
        seen.stream()
            .filter(s -> !s.at().isBefore(freshFrom))
            .collect(Collectors.toMap(Geo.Seen::riderId, s -> s, (first, again) -> first));
    Map<String, List<Job>> byRider = held.stream().collect(Collectors.groupingBy(Job::riderId));
    return works.stream()
        .filter(work -> fresh.containsKey(work.riderId()))
        .map(
            work ->
                near(
                    work,
                    Whereabouts.of(fresh.get(work.riderId()), work, phones, now),
                    byRider.getOrDefault(work.riderId(), List.of())))
        .filter(near -> near != null)
        .toList();
  }

  private Situation.Near near(RiderWork work, Whereabouts where, List<Job> held) {
    GeoPoint place = where.place();
    PoolRules mine = rules.getOrDefault(work.pool(), rules.get(Pools.CROWDSOURCED));
    double away = Math.min(shape.metresOutside(place), shape.metresOutside(nextFree(work, place)));
    boolean far = away > mine.reachMetres();
    if (far && !(neighbours && away <= mine.neighbourReachMetres())) {
      return null;
    }
    int cap = mine.carryCap(work.newcomer(day.date(), mine.newcomerDays()));
    return new Situation.Near(
        work, place, held, mine, cap - held.size(), workEnds(work), far, where.noOffers());
  }

  /** By when anything new has to be finished; now, where nothing new may be begun. */
  private Instant workEnds(RiderWork work) {
    Fatigue tired = work.fatigue(now, day, fatigue);
    return tired.fit() ? tired.finishBy() : now;
  }

  private static GeoPoint nextFree(RiderWork work, GeoPoint place) {
    List<PlannedStop> stops = work.route().stops();
    return stops.isEmpty() ? place : stops.get(stops.size() - 1).place();
  }
}
