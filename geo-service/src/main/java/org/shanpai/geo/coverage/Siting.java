package org.shanpai.geo.coverage;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.area.AreaMap;
import org.shanpai.geo.area.AreaShape;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.travel.TravelTimeMatrix;
import org.shanpai.geo.travel.TravelTimes;
import org.shanpai.geo.zone.Zones;

/**
 * Finds where a store would serve most of what is missed today.
 *
 * <ul>
 *   <li>What was missed is missed, though another store may stand near: it was asked of this one,
 *       and sells something else.
 *   <li>A place lies in an area and in no no-go zone. It serves doors whose way from it, by the
 *       streets, is no longer than the radius. A door in a no-go zone is served from nowhere.
 *   <li>An order promised late counts in part: it was served.
 * </ul>
 *
 * Takes the calling thread's CPU.
 */
@ApplicationScoped
public class Siting {

  /** Weights are counted in thousandths of an order. */
  static final int MILLI = 1_000;

  /**
   * What came of looking.
   *
   * @param wanted orders that such a place could serve at all, late ones in part
   * @param places best first
   */
  public record Outlook(double wanted, List<Suggestion> places) {}

  private record Demand(GeoPoint place, long weight, long missed, long late) {}

  private final DemandCells cells;
  private final Areas areas;
  private final Zones zones;
  private final TravelTimes travelTimes;
  private final CoverageSettings settings;

  public Siting(
      DemandCells cells,
      Areas areas,
      Zones zones,
      TravelTimes travelTimes,
      CoverageSettings settings) {
    this.cells = cells;
    this.areas = areas;
    this.zones = zones;
    this.travelTimes = travelTimes;
    this.settings = settings;
  }

  /**
   * @param asked every cell once
   * @param k how many places at most
   * @param radiusMetres how long a way may be
   */
  public Outlook suggest(List<CellDemand> asked, SiteKind kind, int k, double radiusMetres) {
    return suggest(asked, kind, k, radiusMetres, areaAt(areas.map()), zones.map()::noGo);
  }

  private static Function<GeoPoint, AreaId> areaAt(AreaMap map) {
    return place -> {
      AreaShape area = map.at(place);
      return area == null ? null : area.area().areaId();
    };
  }

  /**
   * @param areaAt the area a place lies in, or null
   * @param noGo where no rider goes
   */
  Outlook suggest(
      List<CellDemand> asked,
      SiteKind kind,
      int k,
      double radiusMetres,
      Function<GeoPoint, AreaId> areaAt,
      Predicate<GeoPoint> noGo) {
    List<Demand> all = new ArrayList<>();
    List<Long> wanted = new ArrayList<>();
    for (CellDemand cell : asked) {
      Demand demand = demand(cell, kind);
      if (demand.weight() > 0 && !noGo.test(demand.place())) {
        all.add(demand);
        wanted.add(cell.cell());
      }
    }
    long[] weights = all.stream().mapToLong(Demand::weight).toArray();
    Neighbourhood near = new Neighbourhood(all.stream().map(Demand::place).toList(), radiusMetres);
    List<BestPlaces.Candidate> candidates = new ArrayList<>();
    for (long cell : candidates(wanted, radiusMetres)) {
      GeoPoint place = cells.centre(cell);
      if (areaAt.apply(place) != null && !noGo.test(place)) {
        candidates.add(
            new BestPlaces.Candidate(
                cell, IntStream.of(near.of(place)).mapToLong(i -> weights[i]).sum()));
      }
    }
    List<Suggestion> places =
        new BestPlaces(weights, cell -> byStreet(cells.centre(cell), near, all, radiusMetres))
            .choose(candidates, k).stream().map(chosen -> suggestion(chosen, all, areaAt)).toList();
    return new Outlook(LongStream.of(weights).sum() / (double) MILLI, places);
  }

  private Collection<Long> candidates(List<Long> wanted, double radiusMetres) {
    return cells.around(wanted, radiusMetres, settings.mostCandidates());
  }

  private Demand demand(CellDemand cell, SiteKind kind) {
    long missed = 0;
    for (Outcome outcome : Outcome.values()) {
      if (outcome.missed() && kind.serves(outcome)) {
        missed += cell.of(outcome);
      }
    }
    long late = kind.serves(Outcome.LATE_PROMISE) ? cell.of(Outcome.LATE_PROMISE) : 0;
    long weight = missed * MILLI + Math.round(late * MILLI * settings.lateWeight());
    return new Demand(cells.centre(cell.cell()), weight, missed, late);
  }

  /** No way is shorter than the straight line, so only what is near that way is asked for. */
  private int[] byStreet(GeoPoint from, Neighbourhood near, List<Demand> all, double radius) {
    int[] straight = near.of(from);
    TravelTimeMatrix ways =
        travelTimes.between(
            List.of(from), IntStream.of(straight).mapToObj(i -> all.get(i).place()).toList(), 1);
    return IntStream.range(0, straight.length)
        .filter(i -> ways.metres(0, i) != TravelTimeMatrix.NO_WAY && ways.metres(0, i) <= radius)
        .map(i -> straight[i])
        .toArray();
  }

  private Suggestion suggestion(
      BestPlaces.Chosen chosen, List<Demand> all, Function<GeoPoint, AreaId> areaAt) {
    GeoPoint place = cells.centre(chosen.cell());
    return new Suggestion(
        chosen.cell(),
        place,
        areaAt.apply(place),
        chosen.adds() / (double) MILLI,
        IntStream.of(chosen.serves()).mapToLong(i -> all.get(i).missed()).sum(),
        IntStream.of(chosen.serves()).mapToLong(i -> all.get(i).late()).sum());
  }
}
