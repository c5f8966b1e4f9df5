package org.shanpai.bench.city;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.shanpai.bench.mdrp.Instance;
import org.shanpai.bench.mdrp.Ticks;

/**
 * What happens in an area over some hours, whatever is decided: orders by time of placement, and
 * who is on duty.
 *
 * @param name for the record
 * @param startMillis city epoch ms at which it begins
 * @param orders by time of placement
 * @param riders all who are on duty at some time
 * @param places where all that is; riders' places are moved by the {@link AreaStream}
 * @param secondsPerMetre pace of travel
 * @param declinedPercent offers declined, of a hundred
 */
public record AreaDay(
    String name,
    long startMillis,
    List<OrderFacts> orders,
    List<RiderFacts> riders,
    PlaceBook places,
    double secondsPerMetre,
    int declinedPercent) {

  private static final long MINUTE = 60_000;
  private static final int DECLINED_PERCENT = 13;
  private static final int NO_LIMIT = 1_000;

  /**
   * A made-up area at lunch.
   *
   * @param minutes how long orders come in
   * @param ordersPerMinute mean of a Poisson stream; 10 is the core of an area at its peak
   * @param riders on duty, 130 is a station
   */
  public static AreaDay lunch(long seed, int minutes, double ordersPerMinute, int riders) {
    SplittableRandom random = new SplittableRandom(seed);
    PlaceBook places = new PlaceBook();
    CityMap map = new CityMap(random.split(), places, 1);
    List<OrderFacts> orders = new ArrayList<>();
    double at = 0;
    while (true) {
      at += -Math.log(1 - random.nextDouble()) / ordersPerMinute;
      if (at >= minutes) {
        break;
      }
      orders.add(map.order(map.store(0), CityMap.NOON + Math.round(at * MINUTE)));
    }
    List<RiderFacts> people = new ArrayList<>();
    for (int r = 0; r < riders; r++) {
      people.add(map.rider(0, CityMap.NOON));
    }
    return new AreaDay(
        "lunch-" + seed,
        CityMap.NOON,
        orders,
        people,
        places,
        CityMap.SECONDS_PER_METRE,
        DECLINED_PERCENT);
  }

  /** A day of the Grubhub set. Nothing limits boxes there and nobody declines. */
  public static AreaDay of(Instance day) {
    PlaceBook places = new PlaceBook();
    for (int place = 0; place < day.places(); place++) {
      places.add(day.x(place), day.y(place));
    }
    Instance.Parameters parameters = day.parameters();
    List<OrderFacts> orders = new ArrayList<>();
    for (int o = 0; o < day.orders(); o++) {
      long placed = millis(day.placed(o));
      orders.add(
          new OrderFacts(
              day.orderName(o),
              day.restaurantPlace(day.restaurant(o)),
              day.orderPlace(o),
              placed,
              millis(day.ready(o)),
              placed + span(parameters.target()),
              (int) (span(2 * parameters.halfPickup()) / 1000),
              (int) (span(2 * parameters.halfDropoff()) / 1000),
              1,
              0,
              0,
              false,
              java.util.Set.of()));
    }
    List<RiderFacts> riders = new ArrayList<>();
    long first = Long.MAX_VALUE;
    for (int c = 0; c < day.couriers(); c++) {
      first = Math.min(first, millis(day.onTime(c)));
      riders.add(
          new RiderFacts(
              day.courierName(c),
              places.add(day.x(day.courierPlace(c)), day.y(day.courierPlace(c))),
              NO_LIMIT,
              Integer.MAX_VALUE,
              millis(day.onTime(c)),
              millis(day.offTime(c)),
              0,
              1,
              100_000,
              java.util.Set.of(),
              0,
              0));
    }
    return new AreaDay(
        day.name(), first, orders, riders, places, 60 / parameters.metresPerMinute(), 0);
  }

  private static long millis(int ticks) {
    return CityMap.NOON + span(ticks);
  }

  private static long span(int ticks) {
    return ticks * (MINUTE / Ticks.PER_MINUTE);
  }
}
