package org.shanpai.city.streets;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws a city of 6 × 6 km: bent streets every 180 m with some missing, two avenues across, and a
 * river with two bridges. The same seed gives the same city.
 */
public final class StreetMaker {

  public static final double HALF_METRES = 3_000;

  private static final double BLOCK_METRES = 180;
  private static final double RIVER_HALF_METRES = 70;
  private static final double[] BRIDGES = {-720, 1_080};

  /** Around this place lies a park without streets. */
  private static final Spot PARK = new Spot(-1_450, -1_300);

  private static final double PARK_METRES = 230;

  /** Streets keep so far from the park's middle; no block between two of them reaches into it. */
  private static final double NO_STREET_METRES = 320;

  private static final int PARK_CORNERS = 12;

  private StreetMaker() {}

  /** How far east the river's middle is at that height. */
  public static double riverEast(double north) {
    return 1_650 + 260 * Math.sin(north / 1_250);
  }

  public static boolean beyondRiver(Spot spot) {
    return spot.east() > riverEast(spot.north());
  }

  public static boolean inRiver(Spot spot) {
    return Math.abs(spot.east() - riverEast(spot.north())) < RIVER_HALF_METRES;
  }

  /** The park's border, counter-clockwise. */
  public static List<Spot> park() {
    List<Spot> border = new ArrayList<>();
    for (int i = 0; i < PARK_CORNERS; i++) {
      double angle = 2 * Math.PI * i / PARK_CORNERS;
      border.add(PARK.moved(PARK_METRES * Math.cos(angle), PARK_METRES * Math.sin(angle)));
    }
    return border;
  }

  private static boolean nearPark(Spot spot) {
    return PARK.to(spot) < NO_STREET_METRES;
  }

  public static StreetMap city(long seed) {
    Random random = new Random(seed);
    StreetMap.Builder builder = new StreetMap.Builder();
    int count = (int) (2 * HALF_METRES / BLOCK_METRES) + 1;
    int[][] grid = new int[count][count];
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < count; column++) {
        double east = -HALF_METRES + column * BLOCK_METRES;
        double north = -HALF_METRES + row * BLOCK_METRES;
        Spot spot =
            new Spot(
                east + 45 * Math.sin(north / 700) + 18 * random.nextGaussian(),
                north + 55 * Math.sin(east / 900) + 18 * random.nextGaussian());
        grid[row][column] = inRiver(spot) || nearPark(spot) ? -1 : builder.crossing(spot);
      }
    }
    for (int i = 0; i < count; i++) {
      List<Integer> row = new ArrayList<>();
      List<Integer> column = new ArrayList<>();
      for (int j = 0; j < count; j++) {
        row.add(grid[i][j]);
        column.add(grid[j][i]);
      }
      draw(builder, i % 4 == 0 ? Street.MAIN : Street.SIDE, row, i % 4 == 0 ? 0 : 0.10, random);
      draw(builder, i % 4 == 1 ? Street.MAIN : Street.SIDE, column, i % 4 == 1 ? 0 : 0.10, random);
    }
    // Two avenues cut corners, north-west to south-east and south-west to north-east.
    List<Integer> falling = new ArrayList<>();
    List<Integer> rising = new ArrayList<>();
    for (int i = 4; i < count - 8; i++) {
      falling.add(grid[count - 1 - i][i]);
      rising.add(grid[i][i]);
    }
    draw(builder, Street.AVENUE, falling, 0, random);
    draw(builder, Street.AVENUE, rising, 0, random);
    for (double north : BRIDGES) {
      int row = (int) Math.round((north + HALF_METRES) / BLOCK_METRES);
      bridge(builder, grid[row]);
    }
    return builder.build(StreetMaker::beyondRiver);
  }

  /** A line of crossings becomes streets, broken where the river or a block is in the way. */
  private static void draw(
      StreetMap.Builder builder, String highway, List<Integer> line, double gaps, Random random) {
    List<Integer> street = new ArrayList<>();
    for (int crossing : line) {
      boolean ends =
          crossing < 0
              || random.nextDouble() < gaps
              || (!street.isEmpty()
                  && beyondRiver(builder.at(crossing))
                      != beyondRiver(builder.at(street.get(street.size() - 1))));
      if (ends) {
        builder.street(highway, street);
        street = new ArrayList<>();
      }
      if (crossing >= 0) {
        street.add(crossing);
      }
    }
    builder.street(highway, street);
  }

  private static void bridge(StreetMap.Builder builder, int[] row) {
    int near = -1;
    for (int crossing : row) {
      if (crossing >= 0 && beyondRiver(builder.at(crossing))) {
        builder.street(Street.MAIN, List.of(near, crossing));
        return;
      }
      near = crossing >= 0 ? crossing : near;
    }
  }
}
