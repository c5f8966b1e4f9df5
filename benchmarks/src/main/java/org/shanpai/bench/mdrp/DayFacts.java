package org.shanpai.bench.mdrp;

/**
 * What a dispatcher may know at the present moment of the simulated day: restaurants, shifts and
 * parameters from the start, an order from its placement on.
 *
 * <p>Asking for anything of an order not yet placed, its place and travel times included, throws
 * {@link FutureRead}. The number of orders to come is not told. Times are {@link Ticks}; places are
 * those of {@link Instance}.
 *
 * <p>One for each simulated day; not for use by several threads while a wave is not under way.
 */
public final class DayFacts {

  /** A dispatcher asked about an order before its placement. */
  public static final class FutureRead extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FutureRead(int order) {
      super("order number %d is not placed yet".formatted(order));
    }
  }

  private final Instance instance;
  private final int waveEvery;
  private int now = Integer.MIN_VALUE;
  private int placedCount;

  DayFacts(Instance instance, int waveEvery) {
    this.instance = instance;
    this.waveEvery = waveEvery;
  }

  /** Moves the present; only the simulator does. */
  void advanceTo(int tick) {
    now = tick;
    while (placedCount < instance.orders() && instance.placed(placedCount) <= now) {
      placedCount++;
    }
  }

  private int known(int order) {
    if (order < 0 || order >= placedCount) {
      throw new FutureRead(order);
    }
    return order;
  }

  private int knownPlace(int place) {
    int order = instance.orderAt(place);
    if (order >= placedCount) {
      throw new FutureRead(order);
    }
    return place;
  }

  /** Name of the instance, for logs. */
  public String name() {
    return instance.name();
  }

  /** Ticks from one wave to the next. */
  public int waveEvery() {
    return waveEvery;
  }

  public Instance.Parameters parameters() {
    return instance.parameters();
  }

  public int restaurants() {
    return instance.restaurants();
  }

  public int couriers() {
    return instance.couriers();
  }

  /** Orders placed so far; they are numbered 0 to this, exclusive. */
  public int placedOrders() {
    return placedCount;
  }

  public int restaurantPlace(int restaurant) {
    return instance.restaurantPlace(restaurant);
  }

  /** Where a courier is when the shift begins. */
  public int courierPlace(int courier) {
    return instance.courierPlace(courier);
  }

  public int onTime(int courier) {
    return instance.onTime(courier);
  }

  /** No pickup after this. */
  public int offTime(int courier) {
    return instance.offTime(courier);
  }

  public int orderPlace(int order) {
    return instance.orderPlace(known(order));
  }

  public int placed(int order) {
    return instance.placed(known(order));
  }

  public int ready(int order) {
    return instance.ready(known(order));
  }

  public int restaurant(int order) {
    return instance.restaurant(known(order));
  }

  /** The soonest an order could be at its door, with a courier waiting at the restaurant's. */
  public int soonestDropoff(int order) {
    return instance.soonestDropoff(known(order));
  }

  /** Metres east of the instance's origin. */
  public double x(int place) {
    return instance.x(knownPlace(place));
  }

  /** Metres north of the instance's origin. */
  public double y(int place) {
    return instance.y(knownPlace(place));
  }

  /** Ticks from one place to another. */
  public int travel(int from, int to) {
    return instance.travel(knownPlace(from), knownPlace(to));
  }

  /** Ticks from any point, metres east and north, to a place. */
  public int travelFrom(double fromX, double fromY, int to) {
    return instance.travelFrom(fromX, fromY, knownPlace(to));
  }
}
