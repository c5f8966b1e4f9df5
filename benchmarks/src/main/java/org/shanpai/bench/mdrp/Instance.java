package org.shanpai.bench.mdrp;

import java.util.List;

/**
 * One day of meal delivery: an instance of the Grubhub set (Reyes, Erera, Savelsbergh,
 * Sahasrabudhe, O'Neil 2018).
 *
 * <ul>
 *   <li>Times: {@link Ticks}. Distances: metres, straight lines.
 *   <li>Places: one index space; restaurants come first, then where couriers start, then customers.
 *   <li>Orders: numbered by placement time, whatever their sequence in the file, so that a number
 *       tells nothing about later orders.
 * </ul>
 *
 * Immutable and safe to share. It knows the whole day: what a dispatcher may know of it comes
 * through {@link DayFacts}.
 */
public final class Instance {

  /** Up to so many places the travel times are computed once; 3,600² shorts are 26 MB. */
  private static final int MATRIX_UP_TO = 3_600;

  private static final int PENALTY_MINUTES = 120;

  /** A restaurant: name and place. */
  record Restaurant(String name, double x, double y) {}

  /** A courier: name, where they start, and the ticks at which the shift begins and ends. */
  record Shift(String name, double x, double y, int on, int off) {}

  /** An order: name, where it goes, and the ticks at which it is placed and ready. */
  record Order(String name, double x, double y, int placed, int restaurant, int ready) {}

  /**
   * What holds for the whole instance.
   *
   * @param metresPerMinute speed of every courier
   * @param halfPickup half of the service at the restaurant, ticks
   * @param halfDropoff half of the service at the customer, ticks
   * @param target click-to-door promised, ticks
   * @param payPerOrder money for an order
   * @param payPerHour least money for an hour of shift
   */
  public record Parameters(
      double metresPerMinute,
      int halfPickup,
      int halfDropoff,
      int target,
      double payPerOrder,
      double payPerHour) {}

  private final String name;
  private final Parameters parameters;
  private final List<Restaurant> restaurants;
  private final List<Shift> shifts;
  private final List<Order> orders;
  private final double[] x;
  private final double[] y;
  private final short[] minutes;

  Instance(
      String name,
      Parameters parameters,
      List<Restaurant> restaurants,
      List<Shift> shifts,
      List<Order> orders) {
    this.name = name;
    this.parameters = parameters;
    this.restaurants = List.copyOf(restaurants);
    this.shifts = List.copyOf(shifts);
    this.orders = List.copyOf(orders);
    int places = restaurants.size() + shifts.size() + orders.size();
    this.x = new double[places];
    this.y = new double[places];
    int place = 0;
    for (Restaurant restaurant : restaurants) {
      x[place] = restaurant.x();
      y[place++] = restaurant.y();
    }
    for (Shift shift : shifts) {
      x[place] = shift.x();
      y[place++] = shift.y();
    }
    for (Order order : orders) {
      x[place] = order.x();
      y[place++] = order.y();
    }
    this.minutes = places <= MATRIX_UP_TO ? matrix(places) : null;
  }

  private short[] matrix(int places) {
    short[] cells = new short[places * places];
    for (int from = 0; from < places; from++) {
      for (int to = 0; to < from; to++) {
        int time = computedMinutes(from, to);
        if (time > Short.MAX_VALUE) {
          return null;
        }
        cells[from * places + to] = (short) time;
        cells[to * places + from] = (short) time;
      }
    }
    return cells;
  }

  private int computedMinutes(int from, int to) {
    return minutesBetween(x[from], y[from], to);
  }

  private int minutesBetween(double fromX, double fromY, int to) {
    double dx = fromX - x[to];
    double dy = fromY - y[to];
    // The root of a sum of whole squares is exact where it is whole; a hypot may be one ulp above
    // it, and the ceiling would make a minute of that.
    return (int) Math.ceil(Math.sqrt(dx * dx + dy * dy) / parameters.metresPerMinute());
  }

  /** The folder's name, for example {@code 1r50t100s1p125}. */
  public String name() {
    return name;
  }

  public Parameters parameters() {
    return parameters;
  }

  public int restaurants() {
    return restaurants.size();
  }

  public int couriers() {
    return shifts.size();
  }

  public int orders() {
    return orders.size();
  }

  public int places() {
    return x.length;
  }

  public double x(int place) {
    return x[place];
  }

  public double y(int place) {
    return y[place];
  }

  public int restaurantPlace(int restaurant) {
    return restaurant;
  }

  public int courierPlace(int courier) {
    return restaurants.size() + courier;
  }

  public int orderPlace(int order) {
    return restaurants.size() + shifts.size() + order;
  }

  /** The order that goes to a place, or -1 where the place is no customer's. */
  int orderAt(int place) {
    return Math.max(-1, place - restaurants.size() - shifts.size());
  }

  /** Ticks from one place to another: whole minutes, rounded up. */
  public int travel(int from, int to) {
    return Ticks.PER_MINUTE
        * (minutes == null ? computedMinutes(from, to) : minutes[from * x.length + to]);
  }

  /** Ticks from any point, metres east and north, to a place: whole minutes, rounded up. */
  public int travelFrom(double fromX, double fromY, int to) {
    return Ticks.PER_MINUTE * minutesBetween(fromX, fromY, to);
  }

  public int onTime(int courier) {
    return shifts.get(courier).on();
  }

  public int offTime(int courier) {
    return shifts.get(courier).off();
  }

  public int placed(int order) {
    return orders.get(order).placed();
  }

  public int ready(int order) {
    return orders.get(order).ready();
  }

  public int restaurant(int order) {
    return orders.get(order).restaurant();
  }

  public String orderName(int order) {
    return orders.get(order).name();
  }

  public String courierName(int courier) {
    return shifts.get(courier).name();
  }

  /** The name that solution files have for a place. */
  String placeName(int place) {
    if (place < restaurants.size()) {
      return restaurants.get(place).name();
    }
    int order = orderAt(place);
    return order < 0 ? shifts.get(place - restaurants.size()).name() : orders.get(order).name();
  }

  /** The soonest an order could be at its door, with a courier waiting at the restaurant's. */
  public int soonestDropoff(int order) {
    return ready(order)
        + parameters.halfPickup()
        + travel(restaurantPlace(restaurant(order)), orderPlace(order))
        + parameters.halfDropoff();
  }

  /** What an undelivered order counts as, click to door, ticks. */
  public static int undeliveredCountsAs() {
    return PENALTY_MINUTES * Ticks.PER_MINUTE;
  }
}
