package org.shanpai.bench.mdrp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rolling-horizon matching with bundles, after Reyes, Erera, Savelsbergh, Sahasrabudhe and O'Neil,
 * "The Meal Delivery Routing Problem" (2018), section on the base variant.
 *
 * <p>Every wave: the open orders that will be ready within the horizon are put into bundles by
 * parallel insertion, restaurant by restaurant; the bundles aim at a size that follows from orders
 * and couriers at hand. Bundles are matched to couriers, those free only later included, in three
 * groups of falling urgency, each at the largest sum of throughput less the delay of the pickup. Of
 * the matches only those are carried out that can wait no longer; the others are made anew in the
 * next wave.
 */
public final class RollingMatching implements Dispatcher {

  /**
   * The numbers that the method leaves open. Minutes are in ticks.
   *
   * @param orderHorizon orders ready within it are looked at
   * @param courierHorizon couriers free within it are looked at
   * @param delayWeight minutes of travel that a minute of delay is worth when a bundle is made
   * @param delayPenalty throughput, orders per minute, that a minute of pickup delay is worth when
   *     a bundle is matched
   */
  record Settings(int orderHorizon, int courierHorizon, double delayWeight, double delayPenalty) {

    /**
     * Chosen out of twenty combinations tried on the 65 instances that have reference figures; its
     * mean excess there is 0.97 of the reference's. What lost, as ratio of the same: horizons of 10
     * and 10 minutes 1.23 (on 15 instances), 25 and 10: 1.04, 40 and 20: 0.99; weights three times
     * as large or small: within 0.02 either way.
     */
    static Settings standard() {
      return new Settings(30 * Ticks.PER_MINUTE, 20 * Ticks.PER_MINUTE, 1, 0.01);
    }
  }

  /** Orders of one restaurant in the sequence of their drop-offs. */
  private static final class Bundle {
    final int restaurant;
    final List<Integer> orders = new ArrayList<>();

    Bundle(int restaurant) {
      this.restaurant = restaurant;
    }
  }

  /** How urgent a bundle is; the order of the constants is the order of matching. */
  private enum Urgency {
    /** Late at the door even with a courier at the restaurant. */
    LATE,
    /** Ready, so that every minute counts. */
    READY,
    /** Still being cooked. */
    COOKING
  }

  private static final double IMPOSSIBLE = 1e6;

  private final Settings settings;
  private DayFacts facts;
  private int halfPickup;
  private int halfDropoff;

  public RollingMatching() {
    this(Settings.standard());
  }

  RollingMatching(Settings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return Contender.YARDSTICK;
  }

  @Override
  public void begin(DayFacts facts, long seed) {
    this.facts = facts;
    this.halfPickup = facts.parameters().halfPickup();
    this.halfDropoff = facts.parameters().halfDropoff();
  }

  @Override
  public List<Assignment> wave(WaveView view) {
    int now = view.now();
    List<CourierView> couriers = new ArrayList<>();
    for (CourierView courier : view.couriers()) {
      if (courier.freeAt() <= now + settings.courierHorizon()
          && courier.offTime() >= Math.max(now, courier.freeAt())) {
        couriers.add(courier);
      }
    }
    Map<Integer, List<Integer>> byRestaurant = new TreeMap<>();
    int considered = 0;
    for (int order : view.openOrders()) {
      if (facts.ready(order) <= now + settings.orderHorizon()) {
        byRestaurant.computeIfAbsent(facts.restaurant(order), r -> new ArrayList<>()).add(order);
        considered++;
      }
    }
    if (couriers.isEmpty() || considered == 0) {
      return List.of();
    }
    int targetSize = Math.max(1, (considered + couriers.size() - 1) / couriers.size());
    List<Bundle> bundles = new ArrayList<>();
    byRestaurant.forEach(
        (restaurant, orders) -> bundles.addAll(bundles(now, restaurant, orders, targetSize)));
    return matches(now, bundles, couriers);
  }

  // --- bundles ---

  private List<Bundle> bundles(int now, int restaurant, List<Integer> orders, int targetSize) {
    orders.sort(Comparator.comparingInt(facts::ready));
    int count = (orders.size() + targetSize - 1) / targetSize;
    List<Bundle> bundles = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bundles.add(new Bundle(restaurant));
    }
    for (int order : orders) {
      insert(now, order, bundles);
    }
    for (int order : orders) {
      Bundle from =
          bundles.stream().filter(b -> b.orders.contains(order)).findFirst().orElseThrow();
      from.orders.remove((Integer) order);
      insert(now, order, bundles);
    }
    bundles.removeIf(bundle -> bundle.orders.isEmpty());
    return bundles;
  }

  private void insert(int now, int order, List<Bundle> bundles) {
    Bundle best = null;
    int bestAt = 0;
    double least = Double.POSITIVE_INFINITY;
    for (Bundle bundle : bundles) {
      double before = routeCost(now, bundle);
      for (int at = 0; at <= bundle.orders.size(); at++) {
        bundle.orders.add(at, order);
        double added = routeCost(now, bundle) - before;
        bundle.orders.remove(at);
        if (added < least - 1e-9) {
          least = added;
          best = bundle;
          bestAt = at;
        }
      }
    }
    best.orders.add(bestAt, order);
  }

  /** Minutes of travel and, weighted, of delay, when a courier waits at the restaurant now. */
  private double routeCost(int now, Bundle bundle) {
    if (bundle.orders.isEmpty()) {
      return 0;
    }
    int place = facts.restaurantPlace(bundle.restaurant);
    int ready = readyAt(bundle);
    int time = Math.max(now, ready) + 2 * halfPickup;
    int travel = 0;
    int delay = 0;
    for (int order : bundle.orders) {
      int way = facts.travel(place, facts.orderPlace(order));
      travel += way;
      time += way + halfDropoff;
      delay += Math.max(0, time - halfPickup - facts.soonestDropoff(order));
      time += halfDropoff;
      place = facts.orderPlace(order);
    }
    return Ticks.toMinutes(travel) + settings.delayWeight() * Ticks.toMinutes(delay);
  }

  private int readyAt(Bundle bundle) {
    int ready = Integer.MIN_VALUE;
    for (int order : bundle.orders) {
      ready = Math.max(ready, facts.ready(order));
    }
    return ready;
  }

  // --- matching ---

  private List<Assignment> matches(int now, List<Bundle> bundles, List<CourierView> couriers) {
    List<Assignment> decided = new ArrayList<>();
    List<CourierView> left = new ArrayList<>(couriers);
    for (Urgency urgency : Urgency.values()) {
      List<Bundle> group = bundles.stream().filter(b -> urgency(now, b) == urgency).toList();
      match(now, group, left, decided);
    }
    return decided;
  }

  private Urgency urgency(int now, Bundle bundle) {
    int atRestaurant = Math.max(now, readyAt(bundle)) + 2 * halfPickup;
    int place = facts.restaurantPlace(bundle.restaurant);
    int time = atRestaurant;
    boolean late = false;
    for (int order : bundle.orders) {
      time += facts.travel(place, facts.orderPlace(order)) + halfDropoff;
      late |= time - facts.placed(order) > facts.parameters().target();
      time += halfDropoff;
      place = facts.orderPlace(order);
    }
    if (late) {
      return Urgency.LATE;
    }
    return readyAt(bundle) <= now ? Urgency.READY : Urgency.COOKING;
  }

  private void match(
      int now, List<Bundle> bundles, List<CourierView> couriers, List<Assignment> decided) {
    if (bundles.isEmpty() || couriers.isEmpty()) {
      return;
    }
    // A column of its own lets every bundle go without a courier.
    int columns = couriers.size() + bundles.size();
    double[][] cost = new double[bundles.size()][columns];
    for (int b = 0; b < cost.length; b++) {
      Arrays.fill(cost[b], couriers.size(), columns, IMPOSSIBLE / 2);
      for (int c = 0; c < couriers.size(); c++) {
        cost[b][c] = -worth(now, bundles.get(b), couriers.get(c));
      }
    }
    int[] columnOf = LinearAssignment.solve(cost);
    List<CourierView> taken = new ArrayList<>();
    for (int b = 0; b < columnOf.length; b++) {
      int column = columnOf[b];
      if (column >= couriers.size() || cost[b][column] >= IMPOSSIBLE / 2) {
        continue;
      }
      CourierView courier = couriers.get(column);
      taken.add(courier);
      if (mustLeave(now, bundles.get(b), courier)) {
        decided.add(
            new Assignment(
                courier.courier(),
                bundles.get(b).orders.stream().mapToInt(Integer::intValue).toArray()));
      }
    }
    couriers.removeAll(taken);
  }

  private int pickup(int now, Bundle bundle, CourierView courier) {
    int leaves = Math.max(now, courier.freeAt());
    int way = facts.travel(courier.freePlace(), facts.restaurantPlace(bundle.restaurant));
    return Math.max(readyAt(bundle), leaves + way + halfPickup);
  }

  /** Orders a minute from when the courier is free, less the delay of the pickup. */
  private double worth(int now, Bundle bundle, CourierView courier) {
    int pickup = pickup(now, bundle, courier);
    if (pickup > courier.offTime()) {
      return -IMPOSSIBLE;
    }
    int place = facts.restaurantPlace(bundle.restaurant);
    int time = pickup + halfPickup;
    for (int order : bundle.orders) {
      time += facts.travel(place, facts.orderPlace(order)) + 2 * halfDropoff;
      place = facts.orderPlace(order);
    }
    double busy = Ticks.toMinutes(time - Math.max(now, courier.freeAt()));
    double delay = Ticks.toMinutes(pickup - readyAt(bundle));
    return bundle.orders.size() / busy - settings.delayPenalty() * delay;
  }

  /** Whether leaving with the next wave would make the courier arrive later than needed. */
  private boolean mustLeave(int now, Bundle bundle, CourierView courier) {
    if (!courier.idle()) {
      return false;
    }
    int way = facts.travel(courier.freePlace(), facts.restaurantPlace(bundle.restaurant));
    int pickupIfNext = now + facts.waveEvery() + way + halfPickup;
    return pickupIfNext > readyAt(bundle);
  }
}
