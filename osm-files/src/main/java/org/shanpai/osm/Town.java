package org.shanpai.osm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.shanpai.contracts.GeoPoint;

/**
 * A made-up town of any size, for tests and benchmarks: crossings about 110 m apart, bent streets
 * of which some are missing, avenues, one-way streets of which some let bicycles back, footways,
 * locked gates and yards behind them. The same seed makes the same town.
 *
 * @param file the streets, ready to be written
 * @param crossings where streets meet, row by row from the south-west
 */
public record Town(OsmFile file, List<GeoPoint> crossings) {

  public static final GeoPoint MIDDLE = new GeoPoint(31.2304, 121.4737);

  private static final double BLOCK_METRES = 110;
  private static final double MISSING = 0.10;
  private static final double ONE_WAY = 0.22;
  private static final double DOOR_METRES = 45;

  /**
   * Draws a town.
   *
   * @param crossings about how many, 4 or more; a city of ten million has about 100,000
   */
  public static Town make(long seed, int crossings) {
    if (crossings < 4) {
      throw new IllegalArgumentException("A town needs 4 crossings or more, not " + crossings);
    }
    return new Drawing(seed, (int) Math.round(Math.sqrt(crossings))).town();
  }

  /** A door beside a random crossing. */
  public GeoPoint door(Random random) {
    return crossings
        .get(random.nextInt(crossings.size()))
        .offsetMetres(
            DOOR_METRES * (2 * random.nextDouble() - 1),
            DOOR_METRES * (2 * random.nextDouble() - 1));
  }

  private static final class Drawing {
    private final Random random;
    private final int side;
    private final OsmFile file = new OsmFile();
    private final List<GeoPoint> places = new ArrayList<>();
    private final long[] numbers;

    Drawing(long seed, int side) {
      this.random = new Random(seed);
      this.side = side;
      this.numbers = new long[side * side];
    }

    Town town() {
      double half = side * BLOCK_METRES / 2;
      for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
          double north = row * BLOCK_METRES - half;
          double east = column * BLOCK_METRES - half;
          GeoPoint place =
              MIDDLE.offsetMetres(
                  north + 30 * Math.sin(east / 700) + 12 * random.nextGaussian(),
                  east + 30 * Math.sin(north / 900) + 12 * random.nextGaussian());
          numbers[places.size()] = file.point(place);
          places.add(place);
        }
      }
      for (int line = 0; line < side; line++) {
        streets(line, true);
        streets(line, false);
      }
      yards();
      return new Town(file, List.copyOf(places));
    }

    /** The street along one row or column, in pieces of a few blocks. */
    private void streets(int line, boolean alongRow) {
      boolean avenue = line % 9 == 4;
      int at = 0;
      while (at < side - 1) {
        int blocks = Math.min(side - 1 - at, 2 + random.nextInt(6));
        Map<String, String> tags = tags(line, avenue);
        List<Long> along = new ArrayList<>(List.of(number(line, at, alongRow)));
        for (int i = at + 1; i <= at + blocks; i++) {
          if (!avenue && random.nextDouble() < MISSING) {
            street(along, tags);
            along = new ArrayList<>();
          } else if (random.nextDouble() < 0.3) {
            along.add(bend(line, i, alongRow));
          }
          along.add(number(line, i, alongRow));
        }
        street(along, tags);
        at += blocks;
      }
    }

    private void street(List<Long> along, Map<String, String> tags) {
      if (along.size() > 1) {
        file.way(along, tags);
      }
    }

    private Map<String, String> tags(int line, boolean avenue) {
      Map<String, String> tags = new HashMap<>();
      double kind = random.nextDouble();
      tags.put(
          "highway",
          avenue
              ? "secondary"
              : line % 3 == 1
                  ? "tertiary"
                  : kind < 0.08 ? "footway" : kind < 0.18 ? "service" : "residential");
      if (avenue || random.nextDouble() >= ONE_WAY) {
        return tags;
      }
      tags.put("oneway", random.nextDouble() < 0.1 ? "-1" : "yes");
      if (random.nextDouble() < 0.35) {
        tags.put("oneway:bicycle", "no");
      }
      return tags;
    }

    private long number(int line, int at, boolean alongRow) {
      return numbers[alongRow ? line * side + at : at * side + line];
    }

    /** A bend between a crossing and the one before it. */
    private long bend(int line, int at, boolean alongRow) {
      GeoPoint from = places.get(alongRow ? line * side + at - 1 : (at - 1) * side + line);
      GeoPoint to = places.get(alongRow ? line * side + at : at * side + line);
      GeoPoint middle =
          new GeoPoint((from.lat() + to.lat()) / 2, (from.lon() + to.lon()) / 2)
              .offsetMetres(14 * random.nextGaussian(), 14 * random.nextGaussian());
      return file.point(middle);
    }

    /** Dead ends behind gates, a third of them locked. */
    private void yards() {
      for (int i = 0; i < places.size() / 12; i++) {
        int at = random.nextInt(places.size());
        GeoPoint place = places.get(at);
        double north = 20 + 25 * random.nextDouble();
        double east = 20 + 25 * random.nextDouble();
        Map<String, String> gate =
            random.nextInt(3) == 0
                ? Map.of("barrier", "gate", "access", "no")
                : Map.of("barrier", "gate");
        file.way(
            List.of(
                numbers[at],
                file.point(place.offsetMetres(north / 3, east / 3), gate),
                file.point(place.offsetMetres(north, east))),
            Map.of("highway", "service"));
      }
    }
  }
}
