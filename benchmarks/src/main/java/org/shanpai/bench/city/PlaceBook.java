package org.shanpai.bench.city;

import java.util.Arrays;
import org.shanpai.engine.TravelTimes;

/**
 * The places of a made-up city, numbered as they are noted: metres east and north of its corner.
 * Not thread-safe.
 */
public final class PlaceBook {

  private double[] x = new double[256];
  private double[] y = new double[256];
  private int size;

  /** Notes a place and gives its index. */
  public int add(double east, double north) {
    if (size == x.length) {
      x = Arrays.copyOf(x, 2 * size);
      y = Arrays.copyOf(y, 2 * size);
    }
    x[size] = east;
    y[size] = north;
    return size++;
  }

  /** Moves a place, such as where a rider is. */
  void move(int place, double east, double north) {
    x[place] = east;
    y[place] = north;
  }

  double x(int place) {
    return x[place];
  }

  double y(int place) {
    return y[place];
  }

  /** Number of places. */
  public int size() {
    return size;
  }

  /** Seconds from one place to another, rounded up as {@link TravelTimes} does. */
  int seconds(int from, int to, double secondsPerMetre) {
    double dx = x[from] - x[to];
    double dy = y[from] - y[to];
    return (int) Math.ceil(Math.sqrt(dx * dx + dy * dy) * secondsPerMetre);
  }

  /** Travel times between the places as they are now. */
  TravelTimes times(double secondsPerMetre) {
    return TravelTimes.onPlane(Arrays.copyOf(x, size), Arrays.copyOf(y, size), secondsPerMetre);
  }
}
