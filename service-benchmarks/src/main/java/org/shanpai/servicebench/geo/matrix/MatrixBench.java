package org.shanpai.servicebench.geo.matrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.shanpai.bench.report.Progress;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.travel.DetourTravelTimes;
import org.shanpai.geo.travel.TravelTimeMatrix;
import org.shanpai.geo.travel.Way;
import org.shanpai.geo.travel.streets.StreetGraph;
import org.shanpai.geo.travel.streets.StreetSettings;
import org.shanpai.geo.travel.streets.StreetTravelTimes;
import org.shanpai.osm.Town;
import org.shanpai.servicebench.RuleBroken;
import org.shanpai.servicebench.geo.Part;
import org.shanpai.servicebench.measure.Repetitions;

/**
 * A matrix of travel times on the streets of a made-up city, beside GraphHopper's own search over
 * the same contraction hierarchy, pair by pair; both on one thread. Every round has doors of its
 * own, so that nothing is answered from the cache. Cells are compared with ways found pair by pair.
 */
public final class MatrixBench implements Part {

  private static final double PLAN_SPEED_KMH = 15;
  private static final double DETOUR_FACTOR = 1.3;
  private static final int GRAPH_SECONDS = 60;
  private static final int WARM_UP_ROUNDS = 15;
  private static final int WARM_UP_ROUTES = 200;

  // Both round: the matrix adds whole milliseconds street by street.
  private static final int TOLERANCE_SECONDS = 1;

  /**
   * How it is measured.
   *
   * @param folder for the street file
   * @param crossings of the city
   * @param size origins, and as many destinations
   * @param acrossMetres diameter of the circle in which the doors of one matrix are
   * @param routes pairs that are worked out one by one in a round; the time of all is scaled up
   * @param checks cells compared in a round
   */
  public record Setup(
      Path folder,
      int crossings,
      int size,
      double acrossMetres,
      int routes,
      int checks,
      int repetitions,
      long seed) {}

  private record Settings(Optional<Path> file) implements StreetSettings {
    @Override
    public Optional<Path> cacheFolder() {
      return Optional.empty();
    }

    @Override
    public double doorMetres() {
      return 150;
    }

    @Override
    public double offMetres() {
      return 1_000;
    }

    @Override
    public int leastStreets() {
      return 200;
    }

    @Override
    public long keptCrossings() {
      return 3_000_000;
    }
  }

  private record Doors(List<GeoPoint> origins, List<GeoPoint> destinations) {}

  private final Setup setup;

  public MatrixBench(Setup setup) {
    this.setup = setup;
  }

  @Override
  public String name() {
    return "matrix";
  }

  @Override
  public int seconds() {
    return GRAPH_SECONDS + setup.repetitions() * 2;
  }

  @Override
  public void measure(ObjectNode report, Progress progress) {
    progress.doing("drawing a city of %,d crossings".formatted(setup.crossings()));
    Town town = Town.make(setup.seed(), setup.crossings());
    StreetGraph graph =
        StreetGraph.read(new Settings(Optional.of(file(town))), PLAN_SPEED_KMH, progress::doing);
    DetourTravelTimes model = new DetourTravelTimes(DETOUR_FACTOR, PLAN_SPEED_KMH);
    StreetTravelTimes streets = new StreetTravelTimes(graph, model, model);
    Random random = new Random(setup.seed());
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      Doors doors = doors(town, random);
      streets.between(doors.origins(), doors.destinations(), 1);
      oneByOneMillis(graph, doors, WARM_UP_ROUTES, random);
    }
    progress.add(GRAPH_SECONDS);

    double[] matrix = new double[setup.repetitions()];
    double[] cached = new double[setup.repetitions()];
    double[] singly = new double[setup.repetitions()];
    int different = 0;
    for (int i = 0; i < matrix.length; i++) {
      progress.doing("matrix, round %d of %d".formatted(i + 1, matrix.length));
      Doors doors = doors(town, random);
      long from = System.nanoTime();
      TravelTimeMatrix answer = streets.between(doors.origins(), doors.destinations(), 1);
      long done = System.nanoTime();
      streets.between(doors.origins(), doors.destinations(), 1);
      cached[i] = (System.nanoTime() - done) / 1e6;
      matrix[i] = (done - from) / 1e6;
      singly[i] = oneByOneMillis(graph, doors, setup.routes(), random);
      different += check(streets, doors, answer, random);
      progress.add(2);
    }
    tell(
        report,
        graph,
        new Repetitions(matrix),
        new Repetitions(cached),
        new Repetitions(singly),
        different);
  }

  private Path file(Town town) {
    try {
      Files.createDirectories(setup.folder());
      Path file = setup.folder().resolve("city.osm.pbf");
      town.file().write(file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Doors in a circle somewhere in the city. */
  private Doors doors(Town town, Random random) {
    List<GeoPoint> near = new ArrayList<>();
    GeoPoint middle = town.door(random);
    while (near.size() < setup.size() * 2) {
      GeoPoint door = town.door(random);
      if (door.metresTo(middle) <= setup.acrossMetres() / 2) {
        near.add(door);
      }
    }
    return new Doors(near.subList(0, setup.size()), near.subList(setup.size(), near.size()));
  }

  /** Milliseconds for all pairs, from a sample of them. */
  private double oneByOneMillis(StreetGraph graph, Doors doors, int routes, Random random) {
    int[] origins = random.ints(routes, 0, setup.size()).toArray();
    int[] destinations = random.ints(routes, 0, setup.size()).toArray();
    double sum = 0;
    long from = System.nanoTime();
    for (int i = 0; i < origins.length; i++) {
      double seconds =
          graph.secondsOneByOne(
              doors.origins().get(origins[i]), doors.destinations().get(destinations[i]));
      sum += Double.isNaN(seconds) ? 0 : seconds;
    }
    double millis = (System.nanoTime() - from) / 1e6;
    if (!(sum > 0)) {
      throw new RuleBroken("No pair of %d has a way.".formatted(origins.length));
    }
    return millis * setup.size() * setup.size() / routes;
  }

  /** How many cells differ by the rounding. */
  private int check(
      StreetTravelTimes streets, Doors doors, TravelTimeMatrix answer, Random random) {
    int different = 0;
    for (int i = 0; i < setup.checks(); i++) {
      int row = random.nextInt(setup.size());
      int column = random.nextInt(setup.size());
      Way way = streets.way(doors.origins().get(row), doors.destinations().get(column), 1);
      int single = way == null ? TravelTimeMatrix.NO_WAY : way.seconds();
      int cell = answer.seconds(row, column);
      boolean oneHasNoWay =
          (single == TravelTimeMatrix.NO_WAY) != (cell == TravelTimeMatrix.NO_WAY);
      if (oneHasNoWay || Math.abs(single - cell) > TOLERANCE_SECONDS) {
        throw new RuleBroken(
            "From %s to %s the matrix has %d s and the single way %d s."
                .formatted(
                    doors.origins().get(row), doors.destinations().get(column), cell, single));
      }
      different += single == cell ? 0 : 1;
    }
    return different;
  }

  private void tell(
      ObjectNode report,
      StreetGraph graph,
      Repetitions matrix,
      Repetitions cached,
      Repetitions singly,
      int different) {
    Repetitions speedup = singly.over(matrix);
    report.put("matrixSpeedup", Math.round(speedup.median() * 10) / 10.0);
    ObjectNode own = report.putObject(name());
    own.put(
        "what", "travel times of every origin to every destination, nothing cached, one thread");
    own.put("origins", setup.size());
    own.put("destinations", setup.size());
    own.put("doorsInCircleAcrossMetres", setup.acrossMetres());
    own.put("crossings", graph.crossings());
    own.put("streets", graph.streets());
    own.put("repetitions", setup.repetitions());
    matrix.addTo(own, "matrixMs", 2);
    cached.addTo(own, "cachedMatrixMs", 2);
    own.put(
        "rival",
        "GraphHopper's contraction hierarchy search, pair by pair, both ends snapped each time; %d of %d pairs, scaled up"
            .formatted(setup.routes(), setup.size() * setup.size()));
    singly.addTo(own, "oneByOneMs", 0);
    own.put(
        "oneByOnePerSecond",
        ReportFile.rounded(setup.size() * setup.size() / (singly.median() / 1000), 0));
    speedup.addTo(own, "speedup", 1);
    own.put("cellsChecked", setup.checks() * setup.repetitions());
    own.put("cellsOffByOneSecond", different);
  }
}
