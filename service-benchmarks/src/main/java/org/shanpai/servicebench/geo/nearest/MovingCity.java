package org.shanpai.servicebench.geo.nearest;

import java.util.SplittableRandom;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.servicebench.geo.Square;

/** So many riders somewhere in a square city, each a little further with every move. */
final class MovingCity {

  /** How far a rider comes in the five seconds between two readings: up to 25 km/h. */
  private static final double LONGEST_MOVE_METRES = 35;

  private final Square square;
  private final SplittableRandom random;
  private final double[] east;
  private final double[] north;

  MovingCity(int riders, Square square, long seed) {
    this.square = square;
    this.random = new SplittableRandom(seed);
    this.east = new double[riders];
    this.north = new double[riders];
    for (int i = 0; i < riders; i++) {
      east[i] = random.nextDouble() * square.sideMetres();
      north[i] = random.nextDouble() * square.sideMetres();
    }
  }

  int riders() {
    return east.length;
  }

  GeoPoint place(int rider) {
    return square.at(east[rider], north[rider]);
  }

  /** Moves a rider; where it is then. */
  GeoPoint move(int rider) {
    east[rider] = moved(east[rider]);
    north[rider] = moved(north[rider]);
    return place(rider);
  }

  private double moved(double metres) {
    double next = metres + (random.nextDouble() - 0.5) * 2 * LONGEST_MOVE_METRES;
    return Math.max(0, Math.min(square.sideMetres(), next));
  }
}
