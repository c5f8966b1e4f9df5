package org.shanpai.bench.mdrp;

import java.util.List;

/**
 * Decides under the rules of the live variant: couriers carry orders of several restaurants, and
 * get new instructions under way. A new one is made for each day.
 */
public interface LiveDispatcher {

  /** One visit of a route: to take an order at its restaurant, or to hand it over at its door. */
  record Visit(int order, boolean pickup) {}

  /**
   * From now on the courier makes these visits, in this sequence, in place of all that were to
   * come. Goods aboard stay aboard and have to be in it; an order not yet taken that is in nobody's
   * route any more is open again.
   */
  record Route(int courier, List<Visit> visits) {
    public Route {
      visits = List.copyOf(visits);
    }
  }

  /**
   * A courier as a wave finds them. Times are {@link Ticks}.
   *
   * @param courier number of the courier
   * @param onTime the shift begins
   * @param offTime no pickup after this
   * @param freeAt from when they can take any direction: the end of the service under way, the
   *     shift's beginning, or now
   * @param x where they then are, metres east; also between two places
   * @param y metres north
   * @param route visits not yet begun, in sequence; one they are on the way to included
   * @param aboard orders that were taken and not handed over
   * @param ordersAssigned orders taken, or to be taken, by them today
   */
  record Rider(
      int courier,
      int onTime,
      int offTime,
      int freeAt,
      double x,
      double y,
      List<Visit> route,
      List<Integer> aboard,
      int ordersAssigned) {}

  /**
   * What is to be decided in one wave.
   *
   * @param now the present
   * @param openOrders orders placed and in nobody's route
   * @param couriers all couriers by number
   */
  record View(int now, int[] openOrders, List<Rider> couriers) {}

  /** Short name, lower case. */
  String name();

  /** Called once before the first wave; as {@link Dispatcher#begin}. */
  void begin(DayFacts facts, long seed);

  /**
   * Decides one wave. Called only when there are open orders.
   *
   * @return a new route for every courier whose route changes
   */
  List<Route> wave(View view);
}
