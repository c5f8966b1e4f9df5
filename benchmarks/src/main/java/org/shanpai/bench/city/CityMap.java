package org.shanpai.bench.city;

import java.util.Set;
import java.util.SplittableRandom;

/**
 * Districts, stores and customers of a made-up city; draws orders and riders.
 *
 * <p>Numbers (operations.md, calibration of the simulated city): stores in clusters of 2 × 2 km,
 * mall 45 %, street 40 %, warehouse 15 %; road distance log-normal, median 1.4 km, p90 2.8 km;
 * riders 16 ± 2 km/h; preparation log-normal with σ 0.45; handover 1 to 8 minutes by kind of door.
 */
final class CityMap {

  /** City epoch ms at which snapshots are taken: a weekday, noon. */
  static final long NOON = 1_700_000_000_000L;

  /** Plans are made for this speed, m/s (18 km/h); riders are slower, never faster. */
  static final double PLANNED_SPEED = 5.0;

  /** Road metres to straight metres. */
  static final double DETOUR = 1.3;

  static final double SECONDS_PER_METRE = DETOUR / PLANNED_SPEED;
  static final double DISTRICT_SPACING = 3_000;

  private static final int STORES = 30;
  private static final double MEDIAN_METRES = 1_400;
  private static final double METRES_SIGMA = 0.541;
  private static final double SHORTEST_METRES = 300;
  private static final double LONGEST_METRES = 6_000;
  private static final double PREPARATION_SIGMA = 0.45;
  private static final double P80 = 0.8416;
  private static final double[] DOOR_MINUTES = {1, 3, 4, 5, 8};
  private static final double[] DOOR_SHARE = {0.10, 0.30, 0.15, 0.35, 0.10};
  private static final double HANDOVER_P80_MINUTES = 6;
  private static final long MINUTE = 60_000;

  /** A store: place and median minutes of preparation. */
  record Store(int place, double medianMinutes) {}

  private final SplittableRandom random;
  private final PlaceBook places;
  private final double[] centreX;
  private final double[] centreY;
  private final Store[][] stores;
  private final double[] orderShare;
  private final double[] riderShare;
  private int orders;
  private int riders;

  CityMap(SplittableRandom random, PlaceBook places, int districts) {
    this.random = random;
    this.places = places;
    centreX = new double[districts];
    centreY = new double[districts];
    stores = new Store[districts][STORES];
    orderShare = new double[districts];
    riderShare = new double[districts];
    int columns = (int) Math.ceil(Math.sqrt(districts));
    for (int d = 0; d < districts; d++) {
      centreX[d] = (d % columns + 0.5) * DISTRICT_SPACING + 300 * random.nextGaussian();
      centreY[d] = (d / columns + 0.5) * DISTRICT_SPACING + 300 * random.nextGaussian();
      orderShare[d] = Math.exp(0.35 * random.nextGaussian());
      // Riders gather where orders are, though never quite as many.
      riderShare[d] = Math.sqrt(orderShare[d]) * Math.exp(0.15 * random.nextGaussian());
      fillStores(d);
    }
  }

  private void fillStores(int district) {
    double[] mallX = new double[2];
    double[] mallY = new double[2];
    for (int m = 0; m < 2; m++) {
      mallX[m] = centreX[district] + 500 * random.nextGaussian();
      mallY[m] = centreY[district] + 500 * random.nextGaussian();
    }
    for (int s = 0; s < STORES; s++) {
      double kind = random.nextDouble();
      if (kind < 0.45) {
        int mall = random.nextInt(2);
        stores[district][s] =
            new Store(
                places.add(
                    mallX[mall] + 40 * random.nextGaussian(),
                    mallY[mall] + 40 * random.nextGaussian()),
                kitchen());
      } else if (kind < 0.85) {
        stores[district][s] = new Store(around(district, 600), kitchen());
      } else {
        stores[district][s] = new Store(around(district, 900), 4);
      }
    }
  }

  private double kitchen() {
    double kind = random.nextDouble();
    return kind < 0.25 ? 7 : kind < 0.65 ? 10 : 15;
  }

  private int around(int district, double metres) {
    return places.add(
        centreX[district] + metres * random.nextGaussian(),
        centreY[district] + metres * random.nextGaussian());
  }

  int districtOfOrders() {
    return draw(orderShare);
  }

  int districtOfRiders() {
    return draw(riderShare);
  }

  private int draw(double[] share) {
    double sum = 0;
    for (double one : share) {
      sum += one;
    }
    double left = random.nextDouble() * sum;
    for (int i = 0; i < share.length; i++) {
      left -= share[i];
      if (left < 0) {
        return i;
      }
    }
    return share.length - 1;
  }

  /** A store of the district; the first ones sell most. */
  Store store(int district) {
    double r = random.nextDouble();
    return stores[district][(int) (Math.pow(r, 1.6) * STORES)];
  }

  /** The store of the district nearest to a place, the place's own store among them. */
  Store storeNear(int district, int place) {
    Store nearest = stores[district][0];
    for (int tries = 0; tries < 5; tries++) {
      Store other = store(district);
      if (places.seconds(place, other.place(), 1) < places.seconds(place, nearest.place(), 1)) {
        nearest = other;
      }
    }
    return nearest;
  }

  /** An order at any bearing. */
  OrderFacts order(Store store, long placedMillis) {
    return order(store, placedMillis, 2 * Math.PI * random.nextDouble());
  }

  /** An order whose door lies at a bearing (radians) from the store. */
  OrderFacts order(Store store, long placedMillis, double bearing) {
    double metres =
        Math.max(
            SHORTEST_METRES,
            Math.min(
                LONGEST_METRES, MEDIAN_METRES * Math.exp(METRES_SIGMA * random.nextGaussian())));
    int door =
        places.add(
            places.x(store.place()) + metres / DETOUR * Math.cos(bearing),
            places.y(store.place()) + metres / DETOUR * Math.sin(bearing));
    double preparation =
        store.medianMinutes() * Math.exp(PREPARATION_SIGMA * random.nextGaussian());
    double quoted =
        store.medianMinutes() * Math.exp(PREPARATION_SIGMA * P80)
            + metres / 250
            + HANDOVER_P80_MINUTES
            + 5;
    double handover = DOOR_MINUTES[draw(DOOR_SHARE)] * (0.7 + 0.6 * random.nextDouble());
    return new OrderFacts(
        "order-" + orders++,
        store.place(),
        door,
        placedMillis,
        placedMillis + Math.round(preparation * MINUTE),
        placedMillis + Math.round(Math.max(30, quoted) * MINUTE),
        30 + random.nextInt(60),
        (int) Math.round(handover * 60),
        random.nextInt(4) == 0 ? 2 : 1,
        (int) Math.min(15_000, 900 * Math.exp(0.8 * random.nextGaussian())),
        random.nextInt(8) == 0 ? 60 * (25 + random.nextInt(20)) : 0,
        random.nextInt(25) == 0,
        random.nextInt(12) == 0 ? Set.of("COLD_BOX") : Set.of());
  }

  RiderFacts rider(int district, long nowMillis) {
    double kmh = 16 + 2 * random.nextGaussian();
    double factor = Math.max(0.7, Math.min(1, kmh / 3.6 / PLANNED_SPEED));
    double hours = 0.5 + 7.5 * random.nextDouble();
    return new RiderFacts(
        "rider-" + riders++,
        around(district, 900),
        8,
        25_000,
        nowMillis,
        random.nextInt(10) == 0 ? nowMillis + (10 + random.nextInt(110)) * MINUTE : 0,
        random.nextInt(20) == 0 ? nowMillis + (20 + random.nextInt(100)) * MINUTE : 0,
        // Twentieths: as fine as speeds are known.
        Math.round(factor * 20) / 20.0,
        random.nextInt(20_000, 100_001),
        random.nextInt(10) < 6 ? Set.of("COLD_BOX") : Set.of(),
        hours,
        Math.floor(hours * 4.5 * Math.exp(0.3 * random.nextGaussian())));
  }
}
