package org.shanpai.geo.travel.streets;

import com.graphhopper.routing.Path;
import com.graphhopper.routing.ch.CHRoutingAlgorithmFactory;
import com.graphhopper.routing.querygraph.QueryGraph;
import com.graphhopper.storage.RoutingCHGraph;
import com.graphhopper.storage.index.Snap;
import com.graphhopper.util.EdgeIteratorState;
import com.graphhopper.util.PMap;
import com.graphhopper.util.PointList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.locationtech.jts.geom.Geometry;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.zone.ZoneMap;

/**
 * The streets of a city, made ready for questions with the zones of one moment. Never changes; a
 * change of zones makes a new one. Thread-safe; takes the CPU of the calling thread.
 *
 * <p>Turn restrictions are not read: an e-bike may be pushed across a crossing.
 */
public final class StreetGraph {

  /** Kept for each thread that may ask at once; more at once make their own. */
  private static final int WORKSPACES = Runtime.getRuntime().availableProcessors();

  /** A street that may not be taken in that direction. */
  private static final int CLOSED = Integer.MAX_VALUE;

  private static final Reach NOWHERE = new Reach(new int[0], new int[0], new float[0]);

  private final BaseStreets streets;
  private final EdgeZones zones;
  private final long zoneVersion;
  private final StreetSettings settings;
  private final RoutingCHGraph contracted;
  private final Hierarchy hierarchy;
  private final Snapping snapping;

  /** By street: milliseconds along it and against it; {@link #CLOSED} where it may not be taken. */
  private final int[] along;

  private final int[] against;
  private final int[] decimetres;

  private final TwoGenerations<GeoPoint, Found> spots;
  private final TwoGenerations<Long, Reach> departures;
  private final TwoGenerations<Long, Reach> arrivals;
  private final ConcurrentLinkedDeque<Workspace> workspaces = new ConcurrentLinkedDeque<>();
  private final AtomicInteger idle = new AtomicInteger();

  /** A place without a spot is remembered too. */
  private record Found(Spot spot) {}

  private record Workspace(UpwardSearch search, Buckets buckets) {}

  private StreetGraph(
      BaseStreets streets,
      EdgeZones zones,
      long zoneVersion,
      RoutingCHGraph contracted,
      StreetSettings settings) {
    this.streets = streets;
    this.zones = zones;
    this.zoneVersion = zoneVersion;
    this.settings = settings;
    this.contracted = contracted;
    this.hierarchy = Hierarchy.of(contracted, streets.graph());
    this.snapping = new Snapping(streets, zones, settings.doorMetres(), settings.offMetres());
    int count = streets.graph().getEdges();
    this.along = new int[count];
    this.against = new int[count];
    this.decimetres = new int[count];
    ZonedWeighting weighting = new ZonedWeighting(streets.weighting(), zones);
    for (int street = 0; street < count; street++) {
      EdgeIteratorState state = streets.graph().getEdgeIteratorState(street, Integer.MIN_VALUE);
      along[street] = millis(weighting.calcEdgeWeight(state, false));
      against[street] = millis(weighting.calcEdgeWeight(state, true));
      decimetres[street] = (int) Math.round(state.getDistance() * 10);
    }
    this.spots = new TwoGenerations<>(settings.keptCrossings() / 50, found -> 1);
    this.departures = new TwoGenerations<>(settings.keptCrossings() / 2, Reach::size);
    this.arrivals = new TwoGenerations<>(settings.keptCrossings() / 2, Reach::size);
  }

  private static int millis(double seconds) {
    return Double.isInfinite(seconds) ? CLOSED : (int) Math.round(seconds * 1000);
  }

  /**
   * Reads the file of the settings, without zones. Takes seconds to minutes.
   *
   * @param planSpeedKmh on an ordinary street
   * @param stage is told what is being done
   * @throws StreetFileUnusable in one sentence
   */
  public static StreetGraph read(
      StreetSettings settings, double planSpeedKmh, Consumer<String> stage) {
    BaseStreets streets =
        new StreetImport(
                settings.file().orElseThrow(),
                settings.cacheFolder().orElse(null),
                planSpeedKmh,
                settings.leastStreets(),
                stage)
            .read();
    stage.accept("laying out the hierarchy");
    return new StreetGraph(streets, EdgeZones.NONE, 0, streets.hierarchy(), settings);
  }

  /** The same streets with other zones; itself when they change no street. */
  StreetGraph with(ZoneMap map) {
    return with(map.noGoGeometries(), map.slowParts(), map.version());
  }

  StreetGraph with(List<Geometry> noGo, List<ZoneMap.SlowPart> slow, long version) {
    EdgeZones changed = EdgeZones.of(streets, noGo, slow);
    if (changed.sameAs(zones)) {
      return this;
    }
    RoutingCHGraph other = changed.none() ? streets.hierarchy() : Contraction.of(streets, changed);
    return new StreetGraph(streets, changed, version, other, settings);
  }

  /** Of the zones that are in it; 0 before any. */
  public long zoneVersion() {
    return zoneVersion;
  }

  public int streets() {
    return streets.graph().getEdges();
  }

  public int crossings() {
    return streets.graph().getNodes();
  }

  /** Streets closed by no-go zones. */
  public int blocked() {
    return zones.blocked();
  }

  /** The same for the same file and zones: for ETags and logs. */
  public String version() {
    return streets.hash().substring(0, 12) + "-" + zoneVersion;
  }

  /** What zones multiply the seconds of a street with; infinite where they close it. */
  double zoneFactor(int street) {
    return zones.factor(street);
  }

  BaseStreets base() {
    return streets;
  }

  /** Searches found in the cache, and those that were made. */
  public long hits() {
    return departures.hits() + arrivals.hits();
  }

  /** See {@link #hits()}. */
  public long misses() {
    return departures.misses() + arrivals.misses();
  }

  /** Crossings of finished searches that are kept now. */
  public long kept() {
    return departures.size() + arrivals.size();
  }

  /** The spot of a place; null when the file does not cover it. */
  Spot spot(GeoPoint place) {
    return spots.get(place, unknown -> new Found(snapping.find(unknown))).spot();
  }

  /** Takes the ways from one origin. */
  interface RowTaker {

    /**
     * @param row of the origin
     * @param millis by destination; {@link UpwardSearch#FURTHEST_MILLIS} or more where no way is
     * @param metres likewise; both are used again for the next row
     */
    void take(int row, int[] millis, float[] metres);
  }

  /**
   * Ways along streets from every origin to every destination, row by row. Rows and columns without
   * a spot have no way.
   */
  void ways(Spot[] origins, Spot[] destinations, RowTaker taker) {
    Workspace workspace = borrow();
    try {
      List<Reach> towards = new ArrayList<>(destinations.length);
      Map<Integer, List<Integer>> columnsByStreet = new HashMap<>();
      for (int column = 0; column < destinations.length; column++) {
        Spot to = destinations[column];
        towards.add(to == null ? NOWHERE : arrival(to, workspace.search));
        if (to != null) {
          columnsByStreet.computeIfAbsent(to.street(), any -> new ArrayList<>()).add(column);
        }
      }
      workspace.buckets.fill(towards);
      int[] millis = new int[destinations.length];
      float[] metres = new float[destinations.length];
      for (int row = 0; row < origins.length; row++) {
        Arrays.fill(millis, CLOSED);
        Arrays.fill(metres, 0);
        Spot from = origins[row];
        if (from != null) {
          workspace.buckets.meet(departure(from, workspace.search), millis, metres);
          for (int column : columnsByStreet.getOrDefault(from.street(), List.of())) {
            sameStreet(from, destinations[column], column, millis, metres);
          }
        }
        taker.take(row, millis, metres);
      }
    } finally {
      giveBack(workspace);
    }
  }

  /** Along one street no crossing need be passed. */
  private void sameStreet(Spot from, Spot to, int column, int[] millis, float[] metres) {
    int apart = to.decimetres() - from.decimetres();
    int whole = apart >= 0 ? along[from.street()] : against[from.street()];
    int direct =
        apart == 0
            ? 0
            : whole == CLOSED ? CLOSED : part(whole, Math.abs(apart), decimetres[from.street()]);
    if (direct < millis[column]) {
      millis[column] = direct;
      metres[column] = Math.abs(apart) / 10f;
    }
  }

  private static int part(int millis, int of, int all) {
    return all == 0 ? 0 : (int) Math.round((double) millis * of / all);
  }

  private Reach departure(Spot from, UpwardSearch search) {
    return departures.get(
        from.key(),
        unknown -> {
          seed(search, from, against[from.street()], along[from.street()]);
          return search.run(hierarchy.away, hierarchy.towards);
        });
  }

  private Reach arrival(Spot to, UpwardSearch search) {
    return arrivals.get(
        to.key(),
        unknown -> {
          seed(search, to, along[to.street()], against[to.street()]);
          return search.run(hierarchy.towards, hierarchy.away);
        });
  }

  /**
   * Starts a search at both ends of a street.
   *
   * @param viaFirst milliseconds of the whole street when the way between the spot and its first
   *     crossing is driven in the direction that is searched
   * @param viaLast likewise for its last crossing
   */
  private void seed(UpwardSearch search, Spot spot, int viaFirst, int viaLast) {
    EdgeIteratorState street =
        streets.graph().getEdgeIteratorState(spot.street(), Integer.MIN_VALUE);
    int length = decimetres[spot.street()];
    int at = Math.min(spot.decimetres(), length);
    search.begin();
    // Who stands on a crossing may leave it by any street.
    if (at == 0) {
      search.seed(street.getBaseNode(), 0, 0);
    } else if (viaFirst != CLOSED) {
      search.seed(street.getBaseNode(), part(viaFirst, at, length), at / 10f);
    }
    if (at == length) {
      search.seed(street.getAdjNode(), 0, 0);
    } else if (viaLast != CLOSED) {
      search.seed(street.getAdjNode(), part(viaLast, length - at, length), (length - at) / 10f);
    }
  }

  private Workspace borrow() {
    Workspace one = workspaces.poll();
    if (one == null) {
      return new Workspace(new UpwardSearch(crossings()), new Buckets(crossings()));
    }
    idle.decrementAndGet();
    return one;
  }

  private void giveBack(Workspace workspace) {
    if (idle.get() < WORKSPACES) {
      idle.incrementAndGet();
      workspaces.add(workspace);
    }
  }

  /**
   * A way along streets, as GraphHopper finds it for one pair.
   *
   * @param points from street to street; without the doors
   */
  record StreetWay(double seconds, double metres, List<GeoPoint> points) {}

  /** One way, worked out by itself; null when there is none or a place is not covered. */
  StreetWay way(GeoPoint from, GeoPoint to) {
    Path path = path(from, to);
    if (path == null || !path.isFound()) {
      return null;
    }
    PointList line = path.calcPoints();
    List<GeoPoint> points = new ArrayList<>(line.size());
    for (int i = 0; i < line.size(); i++) {
      points.add(new GeoPoint(line.getLat(i), line.getLon(i)));
    }
    return new StreetWay(path.getWeight(), path.getDistance(), points);
  }

  /**
   * Seconds along streets for one pair by GraphHopper's own search over the same hierarchy; what a
   * matrix would cost if it were asked pair by pair.
   *
   * @return NaN when there is no way
   */
  public double secondsOneByOne(GeoPoint from, GeoPoint to) {
    Path path = path(from, to);
    return path == null || !path.isFound() ? Double.NaN : path.getWeight();
  }

  private Path path(GeoPoint from, GeoPoint to) {
    Snap start = snapping.snap(from);
    Snap end = snapping.snap(to);
    if (start == null || end == null) {
      return null;
    }
    QueryGraph query = QueryGraph.create(streets.graph(), List.of(start, end));
    return new CHRoutingAlgorithmFactory(contracted, query)
        .createAlgo(new PMap())
        .calcPath(start.getClosestNode(), end.getClosestNode());
  }
}
