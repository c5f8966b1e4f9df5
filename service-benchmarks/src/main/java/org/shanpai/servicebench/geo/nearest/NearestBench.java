package org.shanpai.servicebench.geo.nearest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.shanpai.bench.report.Progress;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.position.Fix;
import org.shanpai.geo.position.NearFix;
import org.shanpai.geo.position.RiderIndex;
import org.shanpai.servicebench.RuleBroken;
import org.shanpai.servicebench.geo.GeoRival;
import org.shanpai.servicebench.geo.Part;
import org.shanpai.servicebench.geo.Square;
import org.shanpai.servicebench.measure.Latencies;
import org.shanpai.servicebench.measure.Repetitions;
import org.shanpai.servicebench.redis.Pipeline;
import org.shanpai.servicebench.redis.RoundTrips;

/**
 * The nearest riders of a place while all riders move: the index in geo-service's memory, asked
 * from one thread, beside Redis GEOSEARCH over one key, which also runs on one thread and gets the
 * same moves. Answers are compared with a look at every rider first.
 */
public final class NearestBench implements Part {

  static final int NEAREST = 20;
  static final int RADIUS_METRES = 3_000;
  static final int NARROW_METRES = 1_000;
  private static final double SECONDS_BETWEEN_READINGS = 5;
  private static final int CHECKS = 200;
  private static final int CONNECTIONS = 4;
  private static final int DEPTH = 16;
  private static final int CENTRES = 20_000;
  private static final int MOST_LATENCIES = 4_000_000;

  /**
   * How it is measured.
   *
   * @param folder for Redis
   * @param riders who move
   * @param sideMetres of the square city
   * @param round how long is asked in a repetition, of each
   */
  public record Setup(
      Path folder, int riders, double sideMetres, Duration round, int repetitions, long seed) {}

  private final Setup setup;
  private final Square square;

  public NearestBench(Setup setup) {
    this.setup = setup;
    this.square = Square.of(setup.sideMetres());
  }

  @Override
  public String name() {
    return "nearest";
  }

  @Override
  public int seconds() {
    return 4 + setup.repetitions() * (int) (setup.round().toSeconds() * 3 + 1);
  }

  @Override
  public void measure(ObjectNode report, Progress progress) {
    progress.doing("nearest riders: checking the answers");
    RiderIndex index = new RiderIndex();
    MovingCity city = new MovingCity(setup.riders(), square, setup.seed());
    for (int rider = 0; rider < city.riders(); rider++) {
      index.put(fix(rider, city.place(rider)));
    }
    check(index, city);
    try (GeoRival rival = new GeoRival(setup.folder());
        RoundTrips trips = new RoundTrips(rival.address())) {
      MovingCity rivalCity = new MovingCity(setup.riders(), square, setup.seed());
      trips.send(
          IntStream.range(0, rivalCity.riders())
              .mapToObj(rider -> GeoRival.geoadd(rider, rivalCity.place(rider)))
              .toList());
      // Both compilers have seen what is measured before it counts.
      ask(index, city, new Latencies(1));
      progress.add(4);
      measure(report, progress, index, city, rival, rivalCity, trips);
    }
  }

  private void measure(
      ObjectNode report,
      Progress progress,
      RiderIndex index,
      MovingCity city,
      GeoRival rival,
      MovingCity rivalCity,
      RoundTrips trips) {
    int rounds = setup.repetitions();
    double[] ours = new double[rounds];
    double[] p50 = new double[rounds];
    double[] p99 = new double[rounds];
    double[] most = new double[rounds];
    double[] moves = new double[rounds];
    double[] theirs = new double[rounds];
    double[] narrow = new double[rounds];
    double[] theirMoves = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      progress.doing("nearest riders, round %d of %d".formatted(i + 1, rounds));
      Latencies latencies = new Latencies(MOST_LATENCIES);
      Asked asked = ask(index, city, latencies);
      ours[i] = asked.perSecond();
      moves[i] = asked.movesPerSecond();
      p50[i] = latencies.millis(0.5);
      p99[i] = latencies.millis(0.99);
      most[i] = latencies.millis(1);
      try (Mover mover =
          new Mover(
              rivalCity.riders(),
              movesPerSecond(),
              (from, count) ->
                  trips.send(
                      IntStream.range(from, from + count)
                          .mapToObj(rider -> GeoRival.geoadd(rider, rivalCity.move(rider)))
                          .toList()))) {
        theirs[i] = search(rival, RADIUS_METRES, i);
        narrow[i] = search(rival, NARROW_METRES, i);
        theirMoves[i] = mover.end();
      }
      progress.add((seconds() - 4) / rounds);
    }
    Repetitions rate = new Repetitions(ours);
    Repetitions rivalRate = new Repetitions(theirs);
    report.put("nearestP99Ms", ReportFile.rounded(new Repetitions(p99).median(), 4));
    report.put("nearestPerSecond", Math.round(rate.median()));
    report.put("redisGeosearchPerSecond", Math.round(rivalRate.median()));
    ObjectNode own = report.putObject(name());
    own.put("what", "in memory, one thread asks, another moves riders; 20 nearest within 3 km");
    own.put("riders", setup.riders());
    own.put("citySquareKm", ReportFile.rounded(square.sideMetres() * square.sideMetres() / 1e6, 1));
    own.put("nearest", NEAREST);
    own.put("radiusMetres", RADIUS_METRES);
    own.put("roundSeconds", setup.round().toMillis() / 1000.0);
    own.put("repetitions", rounds);
    rate.addTo(own, "perSecond", 0);
    new Repetitions(p50).addTo(own, "p50Ms", 4);
    new Repetitions(p99).addTo(own, "p99Ms", 4);
    new Repetitions(most).addTo(own, "mostMs", 3);
    new Repetitions(moves).addTo(own, "movesPerSecond", 0);
    own.put(
        "rival",
        "Redis GEOSEARCH BYRADIUS 3 km ASC COUNT 20, one key, the same moves; own client, %d connections, %d in a pipeline"
            .formatted(CONNECTIONS, DEPTH));
    rivalRate.addTo(own, "rivalPerSecond", 0);
    new Repetitions(narrow).addTo(own, "rivalAtOneKmPerSecond", 0);
    new Repetitions(theirMoves).addTo(own, "rivalMovesPerSecond", 0);
    rate.over(rivalRate).addTo(own, "ofRival", 1);
    rate.over(new Repetitions(narrow)).addTo(own, "ofRivalAtOneKm", 1);
    own.put("answersChecked", CHECKS);
  }

  private double movesPerSecond() {
    return setup.riders() / SECONDS_BETWEEN_READINGS;
  }

  private static Fix fix(int rider, GeoPoint place) {
    return new Fix(GeoRival.member(rider), place, 1, 100, null);
  }

  private record Asked(double perSecond, double movesPerSecond) {}

  private Asked ask(RiderIndex index, MovingCity city, Latencies latencies) {
    SplittableRandom random = new SplittableRandom(setup.seed() + 1);
    GeoPoint[] centres = new GeoPoint[CENTRES];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = square.place(random);
    }
    try (Mover mover =
        new Mover(
            city.riders(),
            movesPerSecond(),
            (from, count) -> {
              for (int rider = from; rider < from + count; rider++) {
                index.put(fix(rider, city.move(rider)));
              }
            })) {
      long from = System.nanoTime();
      long until = from + setup.round().toNanos();
      long before = from;
      int asked = 0;
      int found = 0;
      while (before < until) {
        found += index.near(centres[asked % CENTRES], RADIUS_METRES, NEAREST, 0).size();
        long now = System.nanoTime();
        latencies.add(now - before);
        before = now;
        asked++;
      }
      if (found == 0) {
        throw new RuleBroken("No rider was found near any of %d places.".formatted(asked));
      }
      return new Asked(asked * 1e9 / (before - from), mover.end());
    }
  }

  private double search(GeoRival rival, int radiusMetres, long seed) {
    SplittableRandom random = new SplittableRandom(setup.seed() + 1);
    byte[][] commands = new byte[CENTRES][];
    for (int i = 0; i < commands.length; i++) {
      commands[i] = GeoRival.geosearch(square.place(random), radiusMetres, NEAREST);
    }
    try (Pipeline pipeline =
        new Pipeline(rival.address(), CONNECTIONS, DEPTH, commands, setup.seed() + seed)) {
      return pipeline.perSecond(setup.round());
    }
  }

  /** The nearest by looking at everybody. */
  private void check(RiderIndex index, MovingCity city) {
    SplittableRandom random = new SplittableRandom(setup.seed() + 2);
    for (int i = 0; i < CHECKS; i++) {
      GeoPoint centre = square.place(random);
      List<Double> truth = new ArrayList<>();
      for (int rider = 0; rider < city.riders(); rider++) {
        double metres = centre.metresTo(city.place(rider));
        if (metres <= RADIUS_METRES) {
          truth.add(metres);
        }
      }
      truth.sort(Comparator.naturalOrder());
      List<NearFix> found = index.near(centre, RADIUS_METRES, NEAREST, 0);
      requireSame(centre, truth.subList(0, Math.min(NEAREST, truth.size())), found);
    }
  }

  /**
   * @param truth metres, ascending
   * @throws RuleBroken when the distances found are others by more than the index rounds
   */
  static void requireSame(GeoPoint centre, List<Double> truth, List<NearFix> found) {
    boolean same = found.size() == truth.size();
    for (int i = 0; same && i < found.size(); i++) {
      same = Math.abs(found.get(i).metres() - truth.get(i)) < 0.05;
    }
    if (!same) {
      throw new RuleBroken(
          "Of the %d nearest riders of %s the index found others.".formatted(truth.size(), centre));
    }
  }
}
