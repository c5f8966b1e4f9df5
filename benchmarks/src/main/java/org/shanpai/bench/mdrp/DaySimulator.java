package org.shanpai.bench.mdrp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Runs one day of an instance under the rules of its base variant, and refuses every assignment
 * that breaks one of them.
 *
 * <ul>
 *   <li>A wave every so many ticks, from the first placement or shift on; the dispatcher is asked
 *       only while an order is open.
 *   <li>Only couriers on duty and not under way get an assignment; they then leave at once, and get
 *       nothing new until it ends.
 *   <li>Arrival; the pickup is at max(all orders ready, arrival + ½ service) and they leave ½
 *       service later; a drop-off is at arrival + ½ service and they leave ½ service later.
 *   <li>No pickup after the shift's end; drop-offs may be later. Couriers wait where they last
 *       were.
 *   <li>The day ends when every order is assigned or the last shift has ended. What is open then is
 *       never delivered.
 * </ul>
 */
public final class DaySimulator {

  /**
   * A day that was run.
   *
   * @param waveNanos how long the dispatcher took for each wave it was asked for
   */
  public record Day(Solution solution, long[] waveNanos) {}

  private final Instance instance;
  private final Instance.Parameters parameters;
  private final int waveEvery;
  private final LongSupplier nanoClock;
  private final IntConsumer progress;

  private final DayFacts facts;
  private final Solution solution;
  private final int[] freeAt;
  private final int[] freePlace;
  private final int[] ordersAssigned;
  private final boolean[] assigned;
  private int unassigned;
  private int now;

  private DaySimulator(
      Instance instance, int waveEvery, LongSupplier nanoClock, IntConsumer progress) {
    this.instance = instance;
    this.parameters = instance.parameters();
    this.waveEvery = waveEvery;
    this.nanoClock = nanoClock;
    this.progress = progress;
    this.facts = new DayFacts(instance, waveEvery);
    this.solution = new Solution(instance.orders());
    this.freeAt = new int[instance.couriers()];
    this.freePlace = new int[instance.couriers()];
    this.ordersAssigned = new int[instance.couriers()];
    for (int courier = 0; courier < freeAt.length; courier++) {
      freeAt[courier] = instance.onTime(courier);
      freePlace[courier] = instance.courierPlace(courier);
    }
    this.assigned = new boolean[instance.orders()];
    this.unassigned = instance.orders();
  }

  /**
   * Runs the day.
   *
   * @param waveEvery ticks between waves, above 0
   * @param nanoClock what waves are timed with
   * @param progress told the ticks of the day that have passed, wave after wave
   * @throws RuleBroken when the dispatcher asks for what the rules forbid
   */
  public static Day run(
      Instance instance,
      Dispatcher dispatcher,
      long seed,
      int waveEvery,
      LongSupplier nanoClock,
      IntConsumer progress) {
    if (waveEvery <= 0) {
      throw new IllegalArgumentException("ticks between waves must be above 0: " + waveEvery);
    }
    return new DaySimulator(instance, waveEvery, nanoClock, progress).day(dispatcher, seed);
  }

  /** Ticks from the first wave to the last shift's end. */
  public static int lengthOf(Instance instance) {
    return lastOff(instance) - dayStart(instance);
  }

  static int dayStart(Instance instance) {
    int start = instance.orders() == 0 ? 0 : instance.placed(0);
    for (int courier = 0; courier < instance.couriers(); courier++) {
      start = Math.min(start, instance.onTime(courier));
    }
    return start;
  }

  static int lastOff(Instance instance) {
    int last = dayStart(instance);
    for (int courier = 0; courier < instance.couriers(); courier++) {
      last = Math.max(last, instance.offTime(courier));
    }
    return last;
  }

  private Day day(Dispatcher dispatcher, long seed) {
    long[] waveNanos = new long[1024];
    int waves = 0;
    int start = dayStart(instance);
    int end = lastOff(instance);
    now = start;
    facts.advanceTo(start);
    dispatcher.begin(facts, seed);
    for (; now <= end && unassigned > 0; now += waveEvery) {
      facts.advanceTo(now);
      int[] open = openOrders();
      if (open.length > 0) {
        WaveView view = new WaveView(now, open, couriers());
        long before = nanoClock.getAsLong();
        List<Assignment> decided = dispatcher.wave(view);
        if (waves == waveNanos.length) {
          waveNanos = Arrays.copyOf(waveNanos, 2 * waves);
        }
        waveNanos[waves++] = nanoClock.getAsLong() - before;
        for (Assignment assignment : decided) {
          execute(dispatcher, assignment);
        }
      }
      progress.accept(now - start);
    }
    progress.accept(end - start);
    return new Day(solution, Arrays.copyOf(waveNanos, waves));
  }

  private int[] openOrders() {
    int[] open = new int[facts.placedOrders()];
    int count = 0;
    for (int order = 0; order < open.length; order++) {
      if (!assigned[order]) {
        open[count++] = order;
      }
    }
    return Arrays.copyOf(open, count);
  }

  private boolean idle(int courier) {
    return freeAt[courier] <= now && now <= instance.offTime(courier);
  }

  private List<CourierView> couriers() {
    List<CourierView> views = new ArrayList<>(freeAt.length);
    for (int courier = 0; courier < freeAt.length; courier++) {
      views.add(
          new CourierView(
              courier,
              instance.onTime(courier),
              instance.offTime(courier),
              freeAt[courier],
              freePlace[courier],
              idle(courier),
              ordersAssigned[courier]));
    }
    return views;
  }

  private void execute(Dispatcher dispatcher, Assignment assignment) {
    int courier = assignment.courier();
    int[] orders = assignment.orders().clone();
    int restaurant = check(dispatcher, courier, orders);
    int place = instance.restaurantPlace(restaurant);
    int ready = Integer.MIN_VALUE;
    for (int order : orders) {
      ready = Math.max(ready, instance.ready(order));
    }
    int arrival = now + instance.travel(freePlace[courier], place);
    int pickup = Math.max(ready, arrival + parameters.halfPickup());
    if (pickup > instance.offTime(courier)) {
      throw broken(
          dispatcher,
          "courier %s would pick up at %s, after going off at %s",
          instance.courierName(courier),
          Ticks.text(pickup),
          Ticks.text(instance.offTime(courier)));
    }
    solution.add(new Solution.Trip(courier, now, pickup, orders));
    solution.add(new Solution.Move(courier, now, freePlace[courier], place));
    int leaves = pickup + parameters.halfPickup();
    for (int order : orders) {
      int door = instance.orderPlace(order);
      solution.add(new Solution.Move(courier, leaves, place, door));
      int dropoff = leaves + instance.travel(place, door) + parameters.halfDropoff();
      solution.deliver(order, courier, pickup, dropoff);
      assigned[order] = true;
      unassigned--;
      place = door;
      leaves = dropoff + parameters.halfDropoff();
    }
    freeAt[courier] = leaves;
    freePlace[courier] = place;
    ordersAssigned[courier] += orders.length;
  }

  /** The restaurant of a bundle that may be given to the courier now. */
  private int check(Dispatcher dispatcher, int courier, int[] orders) {
    if (courier < 0 || courier >= freeAt.length) {
      throw broken(dispatcher, "there is no courier number %d", courier);
    }
    String name = instance.courierName(courier);
    if (now < instance.onTime(courier) || now > instance.offTime(courier)) {
      throw broken(dispatcher, "courier %s is off duty", name);
    }
    if (now < freeAt[courier]) {
      throw broken(
          dispatcher, "courier %s is under way until %s", name, Ticks.text(freeAt[courier]));
    }
    if (orders.length == 0) {
      throw broken(dispatcher, "the assignment of courier %s has no orders", name);
    }
    for (int i = 0; i < orders.length; i++) {
      int order = orders[i];
      if (order < 0 || order >= facts.placedOrders()) {
        throw broken(dispatcher, "order number %d is not placed yet", order);
      }
      if (assigned[order]) {
        throw broken(dispatcher, "order %s is assigned already", instance.orderName(order));
      }
      for (int j = 0; j < i; j++) {
        if (orders[j] == order) {
          throw broken(dispatcher, "order %s is twice in a bundle", instance.orderName(order));
        }
      }
      if (instance.restaurant(order) != instance.restaurant(orders[0])) {
        throw broken(
            dispatcher,
            "orders %s and %s are not from one restaurant",
            instance.orderName(orders[0]),
            instance.orderName(order));
      }
    }
    return instance.restaurant(orders[0]);
  }

  private RuleBroken broken(Dispatcher dispatcher, String what, Object... values) {
    return new RuleBroken(
        "%s, minute %s, %s: %s"
            .formatted(
                instance.name(), Ticks.text(now), dispatcher.name(), what.formatted(values)));
  }
}
