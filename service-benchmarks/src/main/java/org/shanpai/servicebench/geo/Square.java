package org.shanpai.servicebench.geo;

import java.util.SplittableRandom;
import org.shanpai.contracts.GeoPoint;

/**
 * A square city.
 *
 * @param corner the south-western one
 */
public record Square(GeoPoint corner, double sideMetres) {

  private static final double METRES_PER_DEGREE = 6_371_008.8 * Math.PI / 180;

  /** So big, with Shanghai's People's Square in its middle. */
  public static Square of(double sideMetres) {
    double north = sideMetres / 2 / METRES_PER_DEGREE;
    return new Square(
        new GeoPoint(31.2304 - north, 121.4737 - north / Math.cos(Math.toRadians(31.2304))),
        sideMetres);
  }

  /** The place so many metres from the corner. */
  public GeoPoint at(double eastMetres, double northMetres) {
    double middle = corner.lat() + sideMetres / 2 / METRES_PER_DEGREE;
    return new GeoPoint(
        corner.lat() + northMetres / METRES_PER_DEGREE,
        corner.lon() + eastMetres / (METRES_PER_DEGREE * Math.cos(Math.toRadians(middle))));
  }

  /** A place by chance, each as likely. */
  public GeoPoint place(SplittableRandom random) {
    return at(random.nextDouble() * sideMetres, random.nextDouble() * sideMetres);
  }
}
