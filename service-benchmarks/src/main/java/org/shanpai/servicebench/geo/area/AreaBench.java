package org.shanpai.servicebench.geo.area;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.shanpai.bench.report.Progress;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.polygon.BandedPolygon;
import org.shanpai.geo.polygon.PolygonGrid;
import org.shanpai.servicebench.RuleBroken;
import org.shanpai.servicebench.geo.Part;
import org.shanpai.servicebench.geo.Square;
import org.shanpai.servicebench.geo.area.Districts.District;
import org.shanpai.servicebench.measure.Repetitions;

/**
 * The area of a place among thousands: the grid over polygons that geo-service asks for areas and
 * zones, beside JTS asked polygon by polygon, both on one thread. Where areas overlap both look for
 * the smallest; the rival stops at the first that holds the place too. Answers are compared first.
 */
public final class AreaBench implements Part {

  private static final int PLACES = 1 << 16;
  private static final int CHECKS = 2_000;
  private static final int BETWEEN_LOOKS = 64;

  /**
   * How it is measured.
   *
   * @param sideMetres of the square city
   * @param round how long is asked in a repetition, of each
   */
  public record Setup(
      int polygons, double sideMetres, Duration round, int repetitions, long seed) {}

  private final Setup setup;

  public AreaBench(Setup setup) {
    this.setup = setup;
  }

  @Override
  public String name() {
    return "areas";
  }

  @Override
  public int seconds() {
    return 4 + setup.repetitions() * (int) Math.max(1, setup.round().toSeconds() * 2);
  }

  @Override
  public void measure(ObjectNode report, Progress progress) {
    progress.doing("areas: checking the answers");
    Square square = Square.of(setup.sideMetres());
    List<District> districts = Districts.make(setup.polygons(), square, setup.seed());
    // The smallest first, as in the service's map of areas: the first that holds a place is it.
    Polygon[] polygons =
        districts.stream()
            .map(AreaBench::polygon)
            .sorted(Comparator.comparingDouble(Polygon::getArea))
            .toArray(Polygon[]::new);
    PolygonGrid grid = new PolygonGrid(Stream.of(polygons).map(BandedPolygon::new).toList());
    GeometryFactory geometry = new GeometryFactory();
    ToIntFunction<GeoPoint> linear = place -> linear(polygons, geometry, place);
    ToIntFunction<GeoPoint> ours = place -> grid.first(place.lat(), place.lon());

    SplittableRandom random = new SplittableRandom(setup.seed() + 1);
    GeoPoint[] places = new GeoPoint[PLACES];
    for (int i = 0; i < places.length; i++) {
      places[i] = square.place(random);
    }
    double inside = check(places, ours, linear);
    // The compilers have seen both before it counts.
    perSecond(places, ours);
    perSecond(places, linear);
    progress.add(4);

    double[] rate = new double[setup.repetitions()];
    double[] cpuRate = new double[setup.repetitions()];
    double[] rivalRate = new double[setup.repetitions()];
    for (int i = 0; i < rate.length; i++) {
      progress.doing("areas, round %d of %d".formatted(i + 1, rate.length));
      Rate round = perSecond(places, ours);
      rate[i] = round.wall();
      cpuRate[i] = round.cpu();
      rivalRate[i] = perSecond(places, linear).wall();
      progress.add((seconds() - 4) / rate.length);
    }
    Repetitions perSecond = new Repetitions(rate);
    Repetitions rival = new Repetitions(rivalRate);
    report.put("areaLookupsPerSecond", Math.round(perSecond.median()));
    ObjectNode own = report.putObject(name());
    own.put("what", "the smallest area that holds a place, one thread");
    own.put("polygons", setup.polygons());
    own.put("corners", districts.stream().mapToInt(AreaBench::corners).sum());
    own.put("withHole", districts.stream().filter(d -> !d.holes().isEmpty()).count());
    own.put("shareOfPlacesInside", Math.round(inside * 1000) / 1000.0);
    own.put("roundSeconds", setup.round().toMillis() / 1000.0);
    own.put("repetitions", setup.repetitions());
    perSecond.addTo(own, "perSecond", 0);
    new Repetitions(cpuRate).addTo(own, "perCpuSecond", 0);
    own.put("rival", "JTS covers, polygon by polygon, the smallest first");
    rival.addTo(own, "rivalPerSecond", 0);
    perSecond.over(rival).addTo(own, "ofRival", 1);
    own.put("answersChecked", CHECKS);
  }

  /** The share of places in any area. */
  private static double check(
      GeoPoint[] places, ToIntFunction<GeoPoint> ours, ToIntFunction<GeoPoint> linear) {
    int inside = 0;
    for (int i = 0; i < CHECKS; i++) {
      int found = ours.applyAsInt(places[i]);
      int truth = linear.applyAsInt(places[i]);
      if (found != truth) {
        throw new RuleBroken(
            "The grid has %s in polygon %d, JTS in %d.".formatted(places[i], found, truth));
      }
      inside += truth >= 0 ? 1 : 0;
    }
    return (double) inside / CHECKS;
  }

  /** Lookups a second of the clock, and of the CPU that the thread got. */
  private record Rate(double wall, double cpu) {}

  private Rate perSecond(GeoPoint[] places, ToIntFunction<GeoPoint> lookup) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long cpuFrom = threads.getCurrentThreadCpuTime();
    long from = System.nanoTime();
    long until = from + setup.round().toNanos();
    long asked = 0;
    long inside = 0;
    int next = 0;
    do {
      for (int i = 0; i < BETWEEN_LOOKS; i++) {
        inside += lookup.applyAsInt(places[next]) >= 0 ? 1 : 0;
        next = next + 1 & PLACES - 1;
      }
      asked += BETWEEN_LOOKS;
    } while (System.nanoTime() < until);
    if (inside == 0) {
      throw new RuleBroken("None of %d places is in any area.".formatted(asked));
    }
    double wall = asked * 1e9 / (System.nanoTime() - from);
    return new Rate(wall, asked * 1e9 / (threads.getCurrentThreadCpuTime() - cpuFrom));
  }

  private static int linear(Polygon[] polygons, GeometryFactory geometry, GeoPoint place) {
    Point point = geometry.createPoint(new Coordinate(place.lon(), place.lat()));
    for (int i = 0; i < polygons.length; i++) {
      if (polygons[i].covers(point)) {
        return i;
      }
    }
    return PolygonGrid.NONE;
  }

  private static int corners(District district) {
    return district.shell().size() + district.holes().stream().mapToInt(List::size).sum();
  }

  static Polygon polygon(District district) {
    GeometryFactory geometry = new GeometryFactory();
    return geometry.createPolygon(
        ring(geometry, district.shell()),
        district.holes().stream().map(hole -> ring(geometry, hole)).toArray(LinearRing[]::new));
  }

  private static LinearRing ring(GeometryFactory geometry, List<GeoPoint> corners) {
    Coordinate[] ring = new Coordinate[corners.size() + 1];
    for (int i = 0; i < ring.length; i++) {
      GeoPoint corner = corners.get(i % corners.size());
      ring[i] = new Coordinate(corner.lon(), corner.lat());
    }
    return geometry.createLinearRing(ring);
  }
}
