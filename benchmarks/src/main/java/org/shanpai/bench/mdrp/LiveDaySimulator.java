package org.shanpai.bench.mdrp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.shanpai.bench.mdrp.LiveDispatcher.Route;
import org.shanpai.bench.mdrp.LiveDispatcher.View;
import org.shanpai.bench.mdrp.LiveDispatcher.Visit;

/**
 * Runs one day under the rules of the live variant: as {@link DaySimulator}, but a courier may
 * carry orders of several restaurants, get more on the way and be sent another way.
 *
 * <ul>
 *   <li>A service once begun is finished. A courier who rides, waits at a restaurant or stands idle
 *       can be sent elsewhere at once; between two places they are where the share of the leg's
 *       time that has passed has brought them, and the new leg is rounded up to whole minutes.
 *   <li>Orders taken at one restaurant one right after the other are handed over together: the
 *       pickup is at max(all of them ready, arrival + ½ service).
 *   <li>No pickup after the shift's end, checked when a route is given.
 *   <li>Each order is in one route at a time; goods aboard never change couriers.
 * </ul>
 *
 * <p>Published evaluators know no such variant; the measures are the same.
 */
public final class LiveDaySimulator {

  private final Instance instance;
  private final DayFacts facts;
  private final Solution solution;
  private final LiveRider[] riders;

  /** Whose route each order is or was in; an order once taken stays theirs. */
  private final int[] inRouteOf;

  private final boolean[] taken;
  private int now;

  private LiveDaySimulator(Instance instance, int waveEvery) {
    this.instance = instance;
    this.facts = new DayFacts(instance, waveEvery);
    this.solution = new Solution(instance.orders());
    this.riders = new LiveRider[instance.couriers()];
    for (int courier = 0; courier < riders.length; courier++) {
      riders[courier] = new LiveRider(instance, courier, solution);
    }
    this.inRouteOf = new int[instance.orders()];
    Arrays.fill(inRouteOf, Solution.NONE);
    this.taken = new boolean[instance.orders()];
  }

  /**
   * Runs the day; parameters as {@link DaySimulator#run}.
   *
   * @throws RuleBroken when the dispatcher asks for what the rules forbid
   */
  public static DaySimulator.Day run(
      Instance instance,
      LiveDispatcher dispatcher,
      long seed,
      int waveEvery,
      LongSupplier nanoClock,
      IntConsumer progress) {
    if (waveEvery <= 0) {
      throw new IllegalArgumentException("ticks between waves must be above 0: " + waveEvery);
    }
    return new LiveDaySimulator(instance, waveEvery)
        .day(dispatcher, seed, waveEvery, nanoClock, progress);
  }

  private DaySimulator.Day day(
      LiveDispatcher dispatcher,
      long seed,
      int waveEvery,
      LongSupplier nanoClock,
      IntConsumer progress) {
    List<Long> waveNanos = new ArrayList<>();
    int start = DaySimulator.dayStart(instance);
    int end = DaySimulator.lastOff(instance);
    now = start;
    facts.advanceTo(start);
    dispatcher.begin(facts, seed);
    for (; now <= end; now += waveEvery) {
      facts.advanceTo(now);
      for (LiveRider rider : riders) {
        rider.rideUntil(now, taken);
      }
      int[] open = openOrders();
      if (open.length > 0) {
        View view = new View(now, open, couriers());
        long before = nanoClock.getAsLong();
        List<Route> routes = dispatcher.wave(view);
        waveNanos.add(nanoClock.getAsLong() - before);
        accept(dispatcher, routes);
      } else if (facts.placedOrders() == instance.orders()) {
        break;
      }
      progress.accept(now - start);
    }
    for (LiveRider rider : riders) {
      rider.rideUntil(Integer.MAX_VALUE, taken);
    }
    progress.accept(end - start);
    return new DaySimulator.Day(solution, waveNanos.stream().mapToLong(Long::longValue).toArray());
  }

  private int[] openOrders() {
    int[] open = new int[facts.placedOrders()];
    int count = 0;
    for (int order = 0; order < open.length; order++) {
      if (inRouteOf[order] == Solution.NONE) {
        open[count++] = order;
      }
    }
    return Arrays.copyOf(open, count);
  }

  private List<LiveDispatcher.Rider> couriers() {
    List<LiveDispatcher.Rider> views = new ArrayList<>(riders.length);
    for (LiveRider rider : riders) {
      views.add(rider.view(now));
    }
    return views;
  }

  private void accept(LiveDispatcher dispatcher, List<Route> routes) {
    boolean[] changed = new boolean[riders.length];
    for (Route route : routes) {
      int courier = route.courier();
      if (courier < 0 || courier >= riders.length) {
        throw broken(dispatcher, "there is no courier number %d", courier);
      }
      if (changed[courier]) {
        throw broken(dispatcher, "courier %s has two routes", instance.courierName(courier));
      }
      changed[courier] = true;
      if (now < instance.onTime(courier)) {
        throw broken(dispatcher, "courier %s is off duty", instance.courierName(courier));
      }
    }
    for (int order = 0; order < facts.placedOrders(); order++) {
      if (inRouteOf[order] != Solution.NONE && changed[inRouteOf[order]] && !taken[order]) {
        inRouteOf[order] = Solution.NONE;
      }
    }
    for (Route route : routes) {
      check(dispatcher, route);
      riders[route.courier()].turnTo(route.visits(), now);
    }
  }

  /** Refuses a route that cannot be ridden, and notes whose its orders are. */
  private void check(LiveDispatcher dispatcher, Route route) {
    int courier = route.courier();
    LiveRider rider = riders[courier];
    String name = instance.courierName(courier);
    List<Integer> aboard = new ArrayList<>(rider.aboard());
    for (Visit visit : route.visits()) {
      int order = visit.order();
      if (order < 0 || order >= facts.placedOrders()) {
        throw broken(dispatcher, "order number %d is not placed yet", order);
      }
      if (!visit.pickup()) {
        if (!aboard.remove((Integer) order)) {
          throw broken(
              dispatcher,
              "courier %s would hand over order %s without having it",
              name,
              instance.orderName(order));
        }
        continue;
      }
      if (inRouteOf[order] != Solution.NONE) {
        throw broken(
            dispatcher,
            "order %s is taken, or in another route, already",
            instance.orderName(order));
      }
      inRouteOf[order] = courier;
      aboard.add(order);
    }
    if (!aboard.isEmpty()) {
      throw broken(
          dispatcher,
          "courier %s would keep order %s for ever",
          name,
          instance.orderName(aboard.get(0)));
    }
    int last = rider.lastPickup(route.visits(), now);
    if (last > instance.offTime(courier)) {
      throw broken(
          dispatcher,
          "courier %s would pick up at %s, after going off at %s",
          name,
          Ticks.text(last),
          Ticks.text(instance.offTime(courier)));
    }
  }

  private RuleBroken broken(LiveDispatcher dispatcher, String what, Object... values) {
    return new RuleBroken(
        "%s, minute %s, %s: %s"
            .formatted(
                instance.name(), Ticks.text(now), dispatcher.name(), what.formatted(values)));
  }
}
