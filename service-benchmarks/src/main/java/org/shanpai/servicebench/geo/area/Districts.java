package org.shanpai.servicebench.geo.area;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.servicebench.geo.Square;

/**
 * Made-up districts that all but fill a square: one in each field of a grid, with 20–60 corners and
 * a ragged border that reaches into its neighbours' fields here and there. One in five has a hole,
 * as around a lake.
 */
final class Districts {

  private static final int LEAST_CORNERS = 20;
  private static final int MOST_CORNERS = 60;
  private static final int HOLE_CORNERS = 12;
  private static final int ONE_IN_WITH_HOLE = 5;

  /**
   * A district.
   *
   * @param shell counter-clockwise, not closed
   * @param holes clockwise, not closed
   */
  record District(List<GeoPoint> shell, List<List<GeoPoint>> holes) {}

  private Districts() {}

  /** So many districts. */
  static List<District> make(int count, Square square, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int aSide = (int) Math.ceil(Math.sqrt(count));
    double pitch = square.sideMetres() / aSide;
    List<District> districts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      double east = (i % aSide + 0.5 + (random.nextDouble() - 0.5) * 0.1) * pitch;
      double north = (i / aSide + 0.5 + (random.nextDouble() - 0.5) * 0.1) * pitch;
      int corners = LEAST_CORNERS + random.nextInt(MOST_CORNERS - LEAST_CORNERS + 1);
      List<GeoPoint> shell = star(square, east, north, corners, pitch, 0.42, 0.58, false, random);
      List<List<GeoPoint>> holes =
          random.nextInt(ONE_IN_WITH_HOLE) == 0
              ? List.of(star(square, east, north, HOLE_CORNERS, pitch, 0.08, 0.16, true, random))
              : List.of();
      districts.add(new District(shell, holes));
    }
    return districts;
  }

  /**
   * Corners around a middle, at distances between those shares of the pitch: never crosses itself.
   */
  private static List<GeoPoint> star(
      Square square,
      double east,
      double north,
      int corners,
      double pitch,
      double least,
      double most,
      boolean clockwise,
      SplittableRandom random) {
    List<GeoPoint> ring = new ArrayList<>(corners);
    double distance = pitch * (least + most) / 2;
    for (int i = 0; i < corners; i++) {
      double angle = (clockwise ? -1 : 1) * 2 * Math.PI * (i + random.nextDouble() * 0.8) / corners;
      // Neighbouring corners are at similar distances, as on a real border.
      distance += (random.nextDouble() - 0.5) * pitch * (most - least) * 0.6;
      distance = Math.max(pitch * least, Math.min(pitch * most, distance));
      ring.add(square.at(east + distance * Math.cos(angle), north + distance * Math.sin(angle)));
    }
    return ring;
  }
}
