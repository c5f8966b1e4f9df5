package org.shanpai.servicebench.intake;

import org.shanpai.contracts.GeoPoint;
import org.shanpai.servicebench.geo.Square;

/**
 * The merchants who hand orders in, each with one store; evenly over the city.
 *
 * @param count merchants
 */
record Shops(int count) {

  static final Square CITY = new Square(new GeoPoint(31.1, 121.4), 10_000);

  /** The id of a merchant, all of one length. */
  String merchantId(int shop) {
    return "m-bench-%04d".formatted(shop);
  }

  String storeId(int shop) {
    return "s-bench-%04d".formatted(shop);
  }

  /** Where its store is, at least 2 km inside the city. */
  GeoPoint place(int shop) {
    int side = (int) Math.ceil(Math.sqrt(count));
    double step = (CITY.sideMetres() - 4_000) / Math.max(1, side - 1);
    return CITY.at(2_000 + shop % side * step, 2_000 + Math.floorDiv(shop, side) * step);
  }
}
