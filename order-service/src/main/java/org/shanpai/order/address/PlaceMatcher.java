package org.shanpai.order.address;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.GeoPoint;

/**
 * Finds the place an address means among the known buildings around a store. Asks rather than
 * guesses: when two places fit about equally well and lie apart, there is no place but candidates.
 */
public final class PlaceMatcher {

  /** How well a place is known. */
  public enum Precision {
    /** The building itself. */
    BUILDING,
    /** The estate; the building in it is not known, or was not said. */
    ESTATE
  }

  /**
   * A place that fits.
   *
   * @param metresFromStore as the crow flies
   * @param confidence 0–100
   * @param buildings how many buildings of the estate are known there
   */
  public record Match(
      String label,
      GeoPoint place,
      Precision precision,
      int metresFromStore,
      boolean inRange,
      int confidence,
      int buildings) {}

  /**
   * What was found.
   *
   * @param place null when nothing fits well enough or several do
   * @param candidates up to three, best first, when there is no place
   */
  public record Outcome(Match place, List<Match> candidates) {
    static final Outcome NOTHING = new Outcome(null, List.of());

    /** Whether the estate is found but which of its buildings must be asked. */
    boolean buildingNeeded() {
      return place != null && place.precision() == Precision.ESTATE && place.buildings() > 1;
    }
  }

  private static final int MOST_CANDIDATES = 3;
  private static final int WORTH_TELLING = 40;
  private static final int SURE = 60;
  private static final int CLOSE_CALL = 10;

  /** Two matches nearer than this are one place to a rider. */
  private static final double SAME_METRES = 120;

  /** An estate is not wider; further away it is another of the same name. */
  private static final double ESTATE_METRES = 900;

  private static final double ALIKE = 0.6;

  private PlaceMatcher() {}

  static Outcome match(
      BuildingKey wanted,
      String district,
      GeoPoint store,
      int rangeMetres,
      List<KnownBuilding> known) {
    List<Match> matches = new ArrayList<>();
    Map<String, List<KnownBuilding>> estates = new HashMap<>();
    for (KnownBuilding building : known) {
      double name = name(wanted, building);
      if (name == 0) {
        continue;
      }
      boolean exact = wanted.building().equals(building.key().building());
      if (exact || wanted.building().isEmpty() && building.key().building().isEmpty()) {
        matches.add(match(building, name, district, store, rangeMetres));
      } else {
        String group =
            building.key().estate().isEmpty() ? building.key().road() : building.key().estate();
        estates.computeIfAbsent(group, key -> new ArrayList<>()).add(building);
      }
    }
    for (List<KnownBuilding> estate : estates.values()) {
      for (List<KnownBuilding> site : sites(estate)) {
        matches.add(estate(site, wanted, district, store, rangeMetres));
      }
    }
    return decide(matches);
  }

  private static Outcome decide(List<Match> all) {
    List<Match> distinct = new ArrayList<>();
    all.stream()
        .filter(match -> match.confidence() >= WORTH_TELLING)
        .sorted(
            Comparator.comparingInt(Match::confidence)
                .reversed()
                .thenComparingInt(Match::metresFromStore)
                .thenComparing(Match::label))
        .forEach(
            match -> {
              // The estate around a building that fits says nothing more.
              boolean told =
                  distinct.stream()
                      .anyMatch(
                          other ->
                              other.place().metresTo(match.place()) < SAME_METRES
                                  || match.precision() == Precision.ESTATE
                                      && other.precision() == Precision.BUILDING
                                      && other.place().metresTo(match.place()) < ESTATE_METRES);
              if (!told) {
                distinct.add(match);
              }
            });
    if (distinct.isEmpty()) {
      return Outcome.NOTHING;
    }
    Match best = distinct.get(0);
    boolean rivalled =
        distinct.size() > 1 && distinct.get(1).confidence() >= best.confidence() - CLOSE_CALL;
    return best.confidence() >= SURE && !rivalled
        ? new Outcome(best, List.of())
        : new Outcome(
            null, List.copyOf(distinct.subList(0, Math.min(MOST_CANDIDATES, distinct.size()))));
  }

  /** How well the names fit, 0–1. */
  private static double name(BuildingKey wanted, KnownBuilding building) {
    BuildingKey key = building.key();
    boolean road = !wanted.road().isEmpty() && wanted.road().equals(key.road());
    if (wanted.estate().isEmpty() || key.estate().isEmpty()) {
      return road ? 0.95 : 0;
    }
    double alike = BuildingKey.likeness(wanted.estate(), key.estate());
    if (alike < ALIKE) {
      // Another name at the same number: a tower renamed, or one of several there.
      return road ? 0.7 : 0;
    }
    boolean elsewhere = !wanted.road().isEmpty() && !key.road().isEmpty() && !road;
    return Math.min(1, alike + (road ? 0.15 : 0)) - (elsewhere ? 0.12 : 0);
  }

  private static double trust(KnownBuilding building) {
    return building.imported() || building.lessons() >= 5 ? 1 : 0.9;
  }

  private static double otherDistrict(String district, KnownBuilding building) {
    return district != null && building.district() != null && !district.equals(building.district())
        ? 0.7
        : 1;
  }

  private static Match match(
      KnownBuilding building, double name, String district, GeoPoint store, int range) {
    double sure = 98 * name * trust(building) * otherDistrict(district, building);
    return told(building.label(), building.place(), Precision.BUILDING, store, range, sure, 1);
  }

  private static Match estate(
      List<KnownBuilding> site, BuildingKey wanted, String district, GeoPoint store, int range) {
    KnownBuilding first = site.get(0);
    double lat = site.stream().mapToDouble(b -> b.place().lat()).average().orElseThrow();
    double lon = site.stream().mapToDouble(b -> b.place().lon()).average().orElseThrow();
    double sure = 80 * name(wanted, first) * trust(first) * otherDistrict(district, first);
    String label = first.estate() == null ? first.label() : first.estate();
    return told(label, new GeoPoint(lat, lon), Precision.ESTATE, store, range, sure, site.size());
  }

  private static Match told(
      String label,
      GeoPoint place,
      Precision precision,
      GeoPoint store,
      int range,
      double sure,
      int buildings) {
    double metres = store.metresTo(place);
    return new Match(
        label,
        place,
        precision,
        (int) Math.round(metres),
        metres <= range,
        (int) Math.round(sure),
        buildings);
  }

  /** Buildings of one name, parted where they are too far from each other for one estate. */
  private static List<List<KnownBuilding>> sites(List<KnownBuilding> estate) {
    List<List<KnownBuilding>> sites = new ArrayList<>();
    for (KnownBuilding building : estate) {
      List<KnownBuilding> home = null;
      for (List<KnownBuilding> site : sites) {
        if (site.get(0).place().metresTo(building.place()) < ESTATE_METRES) {
          home = site;
          break;
        }
      }
      if (home == null) {
        home = new ArrayList<>();
        sites.add(home);
      }
      home.add(building);
    }
    return sites;
  }
}
