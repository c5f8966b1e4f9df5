package org.shanpai.geo.travel.streets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.osm.Town;

/** The matrix against GraphHopper's own search, pair by pair, in towns with everything in them. */
class ManyToManyTest {

  @TempDir Path folder;

  /** Metres may be rounded to decimetres at both ends, milliseconds on every link. */
  private static final double ROUNDING_SECONDS = 0.15;

  private double[][] matrix(StreetGraph graph, List<GeoPoint> from, List<GeoPoint> to) {
    Spot[] rows = from.stream().map(graph::spot).toArray(Spot[]::new);
    Spot[] columns = to.stream().map(graph::spot).toArray(Spot[]::new);
    double[][] seconds = new double[rows.length][columns.length];
    graph.ways(
        rows,
        columns,
        (row, millis, metres) -> {
          for (int column = 0; column < columns.length; column++) {
            seconds[row][column] =
                millis[column] >= UpwardSearch.FURTHEST_MILLIS
                    ? Double.NaN
                    : millis[column] / 1000.0;
          }
        });
    return seconds;
  }

  @Test
  void everyCellIsTheWayThatIsFoundForThePairAlone() throws IOException {
    int noWay = 0;
    int sameStreet = 0;
    for (long seed = 1; seed <= 6; seed++) {
      Town town = Town.make(seed, 150 * (int) seed);
      Path file = folder.resolve(seed + ".pbf");
      town.file().write(file);
      StreetGraph graph = MadeStreets.read(file);
      Random random = new Random(seed);
      List<GeoPoint> places = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        GeoPoint door = town.door(random);
        places.add(door);
        // A neighbour some steps down the same street, and a place on a crossing.
        places.add(door.offsetMetres(12 * random.nextGaussian(), 12 * random.nextGaussian()));
        places.add(town.crossings().get(random.nextInt(town.crossings().size())));
      }
      double[][] seconds = matrix(graph, places, places);
      for (int i = 0; i < places.size(); i++) {
        for (int j = 0; j < places.size(); j++) {
          double alone = graph.secondsOneByOne(places.get(i), places.get(j));
          noWay += Double.isNaN(alone) ? 1 : 0;
          sameStreet +=
              i != j && graph.spot(places.get(i)).street() == graph.spot(places.get(j)).street()
                  ? 1
                  : 0;
          if (Double.isNaN(alone)) {
            assertThat(seconds[i][j]).as("town %d, %d to %d", seed, i, j).isNaN();
          } else {
            assertThat(seconds[i][j])
                .as("town %d, %s to %s", seed, places.get(i), places.get(j))
                .isBetween(alone - ROUNDING_SECONDS, alone + ROUNDING_SECONDS);
          }
        }
      }
    }
    // The towns hold the hard cases.
    assertThat(noWay).isPositive();
    assertThat(sameStreet).isGreaterThan(100);
  }

  @Test
  void metresAreThoseOfTheWay() throws IOException {
    Town town = Town.make(11, 900);
    Path file = folder.resolve("town.pbf");
    town.file().write(file);
    StreetGraph graph = MadeStreets.read(file, 200, 3_000_000);
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      GeoPoint from = town.door(random);
      GeoPoint to = town.door(random);
      StreetGraph.StreetWay way = graph.way(from, to);
      assertThat(way).isNotNull();
      double[] metres = new double[1];
      graph.ways(
          new Spot[] {graph.spot(from)},
          new Spot[] {graph.spot(to)},
          (row, millis, lengths) -> metres[0] = lengths[0]);
      // Another way may take the same time to the millisecond; never by more than a few metres.
      assertThat(metres[0]).isCloseTo(way.metres(), org.assertj.core.data.Offset.offset(3.0));
      double drawn = 0;
      for (int p = 1; p < way.points().size(); p++) {
        drawn += way.points().get(p - 1).metresTo(way.points().get(p));
      }
      assertThat(drawn).isCloseTo(way.metres(), org.assertj.core.data.Offset.offset(5.0));
    }
  }

  @Test
  void whatIsKeptChangesNothingAndIsBounded() throws IOException {
    Town town = Town.make(5, 1_600);
    Path file = folder.resolve("town.pbf");
    town.file().write(file);
    StreetGraph keeping = MadeStreets.read(file, 200, 40_000);
    StreetGraph forgetting = MadeStreets.read(file, 200, 0);
    Random random = new Random(5);
    List<GeoPoint> stays = doors(town, random, 60);
    for (int wave = 0; wave < 8; wave++) {
      List<GeoPoint> places = new ArrayList<>(stays);
      places.addAll(doors(town, random, 15));
      assertThat(matrix(keeping, places, places)).isDeepEqualTo(matrix(forgetting, places, places));
    }
    assertThat(keeping.hits()).isGreaterThan(7 * 2 * 55);
    assertThat(keeping.kept()).isLessThanOrEqualTo(40_000);
    assertThat(forgetting.hits()).isZero();
    assertThat(forgetting.kept()).isZero();
  }

  @Test
  void aMatrixCostsAFewSearchesNotOneAPair() throws IOException {
    Town town = Town.make(9, 10_000);
    Path file = folder.resolve("town.pbf");
    town.file().write(file);
    StreetGraph graph = MadeStreets.read(file, 200, 0);
    Random random = new Random(9);
    // The first rounds warm both up.
    double best = 0;
    for (int round = 0; round < 5; round++) {
      List<GeoPoint> from = doors(town, random, 100);
      List<GeoPoint> to = doors(town, random, 100);
      long begin = System.nanoTime();
      matrix(graph, from, to);
      double together = System.nanoTime() - begin;
      begin = System.nanoTime();
      for (int i = 0; i < 200; i++) {
        graph.secondsOneByOne(from.get(i % 100), to.get(i / 2));
      }
      double alone = (System.nanoTime() - begin) / 200.0 * 100 * 100;
      best = Math.max(best, alone / together);
    }
    assertThat(best).isGreaterThan(20);
  }

  private static List<GeoPoint> doors(Town town, Random random, int count) {
    List<GeoPoint> doors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      doors.add(town.door(random));
    }
    return doors;
  }
}
