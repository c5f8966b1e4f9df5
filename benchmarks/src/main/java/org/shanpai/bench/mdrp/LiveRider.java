package org.shanpai.bench.mdrp;

import java.util.ArrayList;
import java.util.List;
import org.shanpai.bench.mdrp.LiveDispatcher.Visit;

/** One courier of the live variant: rides, waits and serves along a route that may change. */
final class LiveRider {

  private static final int NOWHERE = -1;

  private final Instance instance;
  private final int courier;
  private final Solution solution;
  private final int halfPickup;
  private final int halfDropoff;

  private final List<Integer> aboard = new ArrayList<>();
  private List<Visit> route = new ArrayList<>();
  private int ordersTaken;

  /** From when they stand at the place below, able to move. */
  private int standsFrom;

  /** Where they stand, or {@link #NOWHERE} between two places. */
  private int place;

  private double x;
  private double y;

  /** Where they ride to, or {@link #NOWHERE} when they do not ride. */
  private int headedTo = NOWHERE;

  private int legDeparture;
  private int legArrival;

  LiveRider(Instance instance, int courier, Solution solution) {
    this.instance = instance;
    this.courier = courier;
    this.solution = solution;
    this.halfPickup = instance.parameters().halfPickup();
    this.halfDropoff = instance.parameters().halfDropoff();
    this.standsFrom = instance.onTime(courier);
    stand(instance.courierPlace(courier));
  }

  List<Integer> aboard() {
    return aboard;
  }

  private void stand(int where) {
    place = where;
    x = instance.x(where);
    y = instance.y(where);
    headedTo = NOWHERE;
  }

  private int placeOf(Visit visit) {
    return visit.pickup()
        ? instance.restaurantPlace(instance.restaurant(visit.order()))
        : instance.orderPlace(visit.order());
  }

  /** Where they are at a tick of the leg under way. */
  private double along(double from, double to, int tick) {
    return legArrival == legDeparture
        ? to
        : from + (to - from) * (tick - legDeparture) / (legArrival - legDeparture);
  }

  LiveDispatcher.Rider view(int now) {
    boolean rides = headedTo != NOWHERE;
    int toTake = (int) route.stream().filter(Visit::pickup).count();
    return new LiveDispatcher.Rider(
        courier,
        instance.onTime(courier),
        instance.offTime(courier),
        rides ? now : Math.max(now, standsFrom),
        rides ? along(x, instance.x(headedTo), now) : x,
        rides ? along(y, instance.y(headedTo), now) : y,
        List.copyOf(route),
        List.copyOf(aboard),
        ordersTaken + toTake);
  }

  /** Does all that begins before a tick. */
  void rideUntil(int tick, boolean[] taken) {
    while (!route.isEmpty()) {
      int target = placeOf(route.get(0));
      if (headedTo == NOWHERE && place != target) {
        if (standsFrom >= tick) {
          return;
        }
        setOut(target, standsFrom);
      }
      if (headedTo != NOWHERE) {
        if (legArrival > tick) {
          return;
        }
        standsFrom = legArrival;
        stand(target);
      }
      if (beginOfService(route, 0, standsFrom) >= tick) {
        return;
      }
      serve(taken);
    }
  }

  private void setOut(int target, int when) {
    legDeparture = when;
    legArrival =
        when
            + (place == NOWHERE
                ? instance.travelFrom(x, y, target)
                : instance.travel(place, target));
    headedTo = target;
    if (place != NOWHERE) {
      solution.add(new Solution.Move(courier, when, place, target));
    }
  }

  /** Index after the last of the orders that are handed over together with the one at an index. */
  private int endOfVisit(List<Visit> visits, int from) {
    int end = from + 1;
    if (visits.get(from).pickup()) {
      int where = placeOf(visits.get(from));
      while (end < visits.size() && visits.get(end).pickup() && placeOf(visits.get(end)) == where) {
        end++;
      }
    }
    return end;
  }

  private int beginOfService(List<Visit> visits, int from, int arrival) {
    int begin = arrival;
    if (visits.get(from).pickup()) {
      for (int i = from; i < endOfVisit(visits, from); i++) {
        begin = Math.max(begin, instance.ready(visits.get(i).order()) - halfPickup);
      }
    }
    return begin;
  }

  private void serve(boolean[] taken) {
    int begin = beginOfService(route, 0, standsFrom);
    int end = endOfVisit(route, 0);
    if (route.get(0).pickup()) {
      int[] orders = new int[end];
      for (int i = 0; i < end; i++) {
        orders[i] = route.get(i).order();
        taken[orders[i]] = true;
        aboard.add(orders[i]);
        solution.pickUp(orders[i], begin + halfPickup);
      }
      ordersTaken += end;
      solution.add(new Solution.Trip(courier, begin, begin + halfPickup, orders));
      standsFrom = begin + 2 * halfPickup;
    } else {
      int order = route.get(0).order();
      aboard.remove((Integer) order);
      solution.deliver(order, courier, solution.pickup(order), begin + halfDropoff);
      standsFrom = begin + 2 * halfDropoff;
    }
    route.subList(0, end).clear();
  }

  /** The tick of the last pickup of a route given now; the smallest there is without one. */
  int lastPickup(List<Visit> visits, int now) {
    int last = Integer.MIN_VALUE;
    LiveDispatcher.Rider from = view(now);
    int time = from.freeAt();
    int at = headedTo == NOWHERE ? place : NOWHERE;
    for (int i = 0; i < visits.size(); ) {
      int target = placeOf(visits.get(i));
      if (i == 0 && headedTo == target) {
        time = legArrival;
      } else if (at != target) {
        time +=
            at == NOWHERE
                ? instance.travelFrom(from.x(), from.y(), target)
                : instance.travel(at, target);
      }
      at = target;
      int begin = beginOfService(visits, i, time);
      boolean pickup = visits.get(i).pickup();
      if (pickup) {
        last = begin + halfPickup;
      }
      time = begin + 2 * (pickup ? halfPickup : halfDropoff);
      i = endOfVisit(visits, i);
    }
    return last;
  }

  /** Follows another route from now on; a leg that leads where the new route begins goes on. */
  void turnTo(List<Visit> visits, int now) {
    boolean sameWay =
        headedTo != NOWHERE && !visits.isEmpty() && placeOf(visits.get(0)) == headedTo;
    if (headedTo != NOWHERE && !sameWay) {
      LiveDispatcher.Rider here = view(now);
      x = here.x();
      y = here.y();
      place = NOWHERE;
      headedTo = NOWHERE;
      standsFrom = now;
    } else if (headedTo == NOWHERE) {
      // Nothing that has not begun can begin in the past.
      standsFrom = Math.max(standsFrom, now);
    }
    route = new ArrayList<>(visits);
  }
}
