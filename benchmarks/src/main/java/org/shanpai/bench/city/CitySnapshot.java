package org.shanpai.bench.city;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.shanpai.engine.Courier;
import org.shanpai.engine.Job;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Stop;
import org.shanpai.engine.StopKind;
import org.shanpai.engine.Wave;

/**
 * One moment of a made-up city at lunch, as a wave: open orders, and riders most of whom carry some
 * already, with the stop under way pinned. The same seed and size give the same wave.
 */
public final class CitySnapshot {

  /** Share of riders by orders in hand, 0 to 8: mean 2.4, as between rush and quiet. */
  private static final double[] IN_HAND = {0.14, 0.19, 0.22, 0.19, 0.13, 0.08, 0.03, 0.015, 0.005};

  private static final double ABOARD_SHARE = 0.45;
  private static final double MEAN_OPEN_MINUTES = 2.5;
  private static final double LONGEST_OPEN_MINUTES = 12;
  private static final int DECLINED_PERCENT = 13;
  private static final int TAKING_NONE_PERCENT = 5;
  private static final long MINUTE = 60_000;

  private final SplittableRandom random;
  private final PlaceBook places = new PlaceBook();
  private final CityMap map;
  private final long now = CityMap.NOON;

  private CitySnapshot(long seed, int districts) {
    this.random = new SplittableRandom(seed);
    this.map = new CityMap(random.split(), places, districts);
  }

  /** Makes the wave. */
  public static Wave wave(long seed, CitySize size, SolveLimit limit) {
    return new CitySnapshot(seed, size.districts()).make(seed, size, limit);
  }

  private Wave make(long seed, CitySize size, SolveLimit limit) {
    List<Courier> couriers = new ArrayList<>();
    for (int r = 0; r < size.riders(); r++) {
      couriers.add(rider());
    }
    List<Job> jobs = new ArrayList<>();
    for (int j = 0; j < size.jobs(); j++) {
      double open =
          Math.min(LONGEST_OPEN_MINUTES, -MEAN_OPEN_MINUTES * Math.log(1 - random.nextDouble()));
      OrderFacts order =
          map.order(map.store(map.districtOfOrders()), now - Math.round(open * MINUTE));
      boolean declined = random.nextInt(100) < DECLINED_PERCENT;
      jobs.add(
          EngineRecords.job(
              order,
              declined ? Set.of(couriers.get(random.nextInt(couriers.size())).id()) : Set.of()));
    }
    return EngineRecords.wave(
        "city-%d-%dx%d".formatted(seed, size.jobs(), size.riders()),
        now,
        seed,
        jobs,
        couriers,
        places.times(CityMap.SECONDS_PER_METRE),
        limit);
  }

  private Courier rider() {
    int district = map.districtOfRiders();
    RiderFacts rider = map.rider(district, now);
    List<OrderFacts> inHand = inHand(district, rider);
    List<Stop> todo = new ArrayList<>();
    int load = 0;
    for (OrderFacts order : inHand) {
      if (random.nextDouble() < ABOARD_SHARE) {
        load += order.units();
        todo.add(EngineRecords.dropoff(order, now - random.nextInt(600_000)));
      } else {
        todo.add(EngineRecords.pickup(order));
      }
    }
    boolean atWork = !inHand.isEmpty() && random.nextInt(5) == 0;
    long freeAt = atWork ? now + random.nextInt(120_000) : now;
    List<Stop> route = inOrder(rider, freeAt, todo, inHand);
    int pinned = route.isEmpty() || atWork ? 0 : 1;
    return EngineRecords.courier(
        rider,
        rider.place(),
        freeAt,
        load,
        route,
        pinned,
        random.nextInt(100) >= TAKING_NONE_PERCENT);
  }

  /** Orders of one rider: stores close to each other, doors in about the same direction. */
  private List<OrderFacts> inHand(int district, RiderFacts rider) {
    List<OrderFacts> orders = new ArrayList<>();
    int wanted = 0;
    for (double left = random.nextDouble(); wanted < 8 && left >= IN_HAND[wanted]; wanted++) {
      left -= IN_HAND[wanted];
    }
    CityMap.Store first = map.storeNear(district, rider.place());
    double bearing = 2 * Math.PI * random.nextDouble();
    int units = 0;
    for (int k = 0; k < wanted; k++) {
      CityMap.Store store = k == 0 ? first : map.storeNear(district, first.place());
      OrderFacts order =
          map.order(
              store, now - (4 + random.nextInt(14)) * MINUTE, bearing + random.nextGaussian());
      // Direct orders go alone and would not be in a bundle.
      if (order.direct() || !rider.equipment().containsAll(order.needs())) {
        continue;
      }
      units += order.units();
      if (units > rider.capacityUnits()) {
        break;
      }
      orders.add(order);
    }
    return orders;
  }

  /**
   * The order a rider would take: always what can be done soonest. Promises are set as they turn
   * out in service: minutes after the planned end, a few before.
   */
  private List<Stop> inOrder(
      RiderFacts rider, long freeAt, List<Stop> todo, List<OrderFacts> orders) {
    List<Stop> route = new ArrayList<>();
    int at = rider.place();
    long t = freeAt;
    while (!todo.isEmpty()) {
      Stop soonest = null;
      long soonestEnd = Long.MAX_VALUE;
      for (Stop stop : todo) {
        long end = end(rider, at, t, stop);
        if (end < soonestEnd) {
          soonest = stop;
          soonestEnd = end;
        }
      }
      todo.remove(soonest);
      if (soonest.kind() == StopKind.PICKUP) {
        route.add(soonest);
        for (OrderFacts order : orders) {
          if (order.id().equals(soonest.jobId())) {
            todo.add(EngineRecords.dropoff(order, 0));
          }
        }
      } else {
        long slack = Math.round((7 + 5 * random.nextGaussian()) * MINUTE);
        route.add(EngineRecords.promised(soonest, Math.max(now + MINUTE, soonestEnd + slack)));
      }
      t = soonestEnd;
      at = soonest.place();
    }
    return route;
  }

  private long end(RiderFacts rider, int from, long t, Stop stop) {
    double leg =
        places.seconds(from, stop.place(), CityMap.SECONDS_PER_METRE) / rider.speedFactor();
    long begin = Math.max(t + Math.round(leg * 1000), stop.earliestMillis());
    return begin + stop.serviceSeconds() * 1000L;
  }
}
