package org.shanpai.geo.travel.streets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.travel.PairFactor;
import org.shanpai.geo.travel.TravelTimeMatrix;
import org.shanpai.geo.travel.TravelTimes;
import org.shanpai.geo.travel.Way;
import org.shanpai.osm.Town;

/** Streets drawn by hand, with times worked out by hand: 15 km/h are 240 s a kilometre. */
class StreetRulesTest {

  private static final int NO_WAY = TravelTimeMatrix.NO_WAY;

  @TempDir Path folder;

  private final Drawn drawn = new Drawn(Town.MIDDLE);

  private TravelTimes times(int leastStreets) {
    StreetGraph graph =
        MadeStreets.read(drawn.write(folder.resolve("drawn.pbf")), leastStreets, 1_000_000);
    return new StreetTravelTimes(graph, MadeStreets.MODEL, MadeStreets.MODEL);
  }

  private int seconds(TravelTimes times, String from, String to) {
    return times.between(List.of(drawn.at(from)), List.of(drawn.at(to)), 1).seconds(0, 0);
  }

  /** A block of 500 m; its south side may be tagged. */
  private void block(String... southSide) {
    drawn
        .point("sw", 0, 0)
        .point("se", 0, 500)
        .point("ne", 500, 500)
        .point("nw", 500, 0)
        .street("sw se", southSide)
        .street("se ne nw sw");
  }

  @Test
  void aKilometreOfStreetTakesFourMinutesAndABendCountsByItsLength() {
    drawn.point("a", 0, 0).point("bend", 0, 600).point("b", 400, 600).street("a bend b");
    TravelTimes times = times(1);
    assertThat(seconds(times, "a", "b")).isEqualTo(240);
    TravelTimeMatrix one = times.between(List.of(drawn.at("a")), List.of(drawn.at("b")), 1);
    assertThat(one.metres(0, 0)).isEqualTo(1_000);
    // Half way along, both ways, and in rain.
    GeoPoint half = drawn.place(0, 500);
    assertThat(times.between(List.of(half), List.of(drawn.at("b")), 1).seconds(0, 0))
        .isEqualTo(120);
    assertThat(times.between(List.of(drawn.at("b")), List.of(half), 1.25).seconds(0, 0))
        .isEqualTo(150);
    assertThat(seconds(times, "a", "a")).isZero();
  }

  @Test
  void oneWayStreetsAreObeyedAndBicyclesMayGoAgainstThemWhereAllowed() {
    block("oneway=yes");
    TravelTimes times = times(1);
    assertThat(seconds(times, "sw", "se")).isEqualTo(120);
    assertThat(seconds(times, "se", "sw")).isEqualTo(360);
    // Backwards on the same street: all the way round.
    List<GeoPoint> near = List.of(drawn.place(0, 200), drawn.place(0, 300));
    TravelTimeMatrix both = times.between(near, near, 1);
    assertThat(both.seconds(0, 1)).isEqualTo(24);
    assertThat(both.seconds(1, 0)).isEqualTo(480 - 24);
  }

  @Test
  void againstAOneWayStreetWhereBicyclesMay() {
    block("oneway=yes", "oneway:bicycle=no");
    TravelTimes times = times(1);
    assertThat(seconds(times, "se", "sw")).isEqualTo(120);
  }

  @Test
  void aOneWayStreetDrawnBackwardsRunsBackwards() {
    block("oneway=-1");
    TravelTimes times = times(1);
    assertThat(seconds(times, "se", "sw")).isEqualTo(120);
    assertThat(seconds(times, "sw", "se")).isEqualTo(360);
  }

  @Test
  void motorwaysStepsFerriesAndPrivateRoadsAreNotRidden() {
    for (String closed :
        List.of(
            "highway=motorway",
            "highway=trunk",
            "highway=steps",
            "access=private",
            "bicycle=no",
            "motorroad=yes")) {
      Drawn one = new Drawn(Town.MIDDLE);
      one.point("sw", 0, 0).point("se", 0, 500).point("ne", 500, 500).point("nw", 500, 0);
      one.street("sw se", closed).street("se ne nw sw");
      StreetGraph graph = MadeStreets.read(one.write(folder.resolve("closed.pbf")));
      assertThat(graph.secondsOneByOne(one.at("sw"), one.at("se")))
          .as(closed)
          .isBetween(359.9, 360.1);
    }
    for (String open : List.of("access=delivery", "access=destination", "bicycle=designated")) {
      Drawn one = new Drawn(Town.MIDDLE);
      one.point("sw", 0, 0).point("se", 0, 500).point("ne", 500, 500).point("nw", 500, 0);
      one.street("sw se", open).street("se ne nw sw");
      StreetGraph graph = MadeStreets.read(one.write(folder.resolve("open.pbf")));
      assertThat(graph.secondsOneByOne(one.at("sw"), one.at("se")))
          .as(open)
          .isBetween(119.9, 120.1);
    }
  }

  @Test
  void aFootwayIsPushedAlongAndAYardRiddenSlowly() {
    drawn.point("a", 0, 0).point("b", 0, 500).point("c", 0, 1_000);
    drawn.street("a b", "highway=footway").street("b c", "highway=service");
    TravelTimes times = times(1);
    // 500 m at 5 km/h, 500 m at 12 km/h.
    assertThat(seconds(times, "a", "b")).isEqualTo(360);
    assertThat(seconds(times, "b", "c")).isEqualTo(150);
  }

  @Test
  void aGateIsPassedUnlessItsTagsCloseIt() {
    for (List<String> gate :
        List.of(
            List.of("barrier=gate"),
            List.of("barrier=bollard"),
            List.of("barrier=lift_gate", "bicycle=yes"),
            List.of("barrier=gate", "access=private", "bicycle=yes"),
            List.of("barrier=gate", "access=delivery"))) {
      assertThat(throughGate(gate)).as("%s", gate).isBetween(239.5, 240.5);
    }
    for (List<String> gate :
        List.of(
            List.of("barrier=gate", "access=private"),
            List.of("barrier=gate", "access=no"),
            List.of("barrier=gate", "locked=yes"),
            List.of("barrier=bollard", "bicycle=no"),
            List.of("barrier=turnstile"))) {
      assertThat(throughGate(gate)).as("%s", gate).isNaN();
    }
  }

  private double throughGate(List<String> tags) {
    Drawn one = new Drawn(Town.MIDDLE);
    one.point("a", 0, 0).point("gate", 0, 500, tags.toArray(String[]::new)).point("b", 0, 1_000);
    one.street("a gate b");
    StreetGraph graph = MadeStreets.read(one.write(folder.resolve("gate.pbf")));
    return graph.secondsOneByOne(one.at("a"), one.at("b"));
  }

  @Test
  void noWayLeadsToAnIslandOrIntoALockedYardButADoorNearThePublicStreetIsReachedOnFoot() {
    drawn.point("a", 0, 0).point("b", 0, 800).point("c", 800, 800);
    drawn.street("a b c");
    // An island 2 km away, and a yard that begins behind a locked gate at b and goes 400 m deep.
    drawn.point("i", 2_800, 800).point("j", 3_300, 800).street("i j");
    drawn
        .point("gate", 0, 820, "barrier=gate", "access=private")
        .point("y", 0, 900)
        .point("z", 0, 1_300)
        .street("b gate y z", "highway=service");
    TravelTimes times = times(3);
    assertThat(seconds(times, "a", "i")).isEqualTo(NO_WAY);
    assertThat(seconds(times, "i", "a")).isEqualTo(NO_WAY);
    assertThat(seconds(times, "i", "j")).isEqualTo(120);
    assertThat(seconds(times, "a", "z")).isEqualTo(NO_WAY);
    assertThat(times.way(drawn.at("a"), drawn.at("z"), 1)).isNull();
    // 800 m of street, 20 m to the gate at 12 km/h, then 80 m × 1.3: 192 s + 6 s + 24.96 s.
    TravelTimeMatrix near = times.between(List.of(drawn.at("a")), List.of(drawn.at("y")), 1);
    assertThat(near.seconds(0, 0)).isEqualTo(223);
    assertThat(near.metres(0, 0)).isEqualTo(924);
  }

  @Test
  void placesOffTheStreetsAreEstimatedAndCounted() {
    drawn.point("a", 0, 0).point("b", 0, 1_000).street("a b");
    TravelTimes times = times(1);
    GeoPoint field = drawn.place(400, 500);
    GeoPoint elsewhere = drawn.place(40_000, 500);
    TravelTimeMatrix matrix =
        times.between(List.of(drawn.at("a")), List.of(drawn.at("b"), field, elsewhere), 1);
    assertThat(matrix.offStreets()).isEqualTo(2);
    assertThat(matrix.seconds(0, 0)).isEqualTo(240);
    // 500 m of street, then 400 m × 1.3 where no street is.
    assertThat(matrix.seconds(0, 1)).isBetween(244, 246);
    assertThat(matrix.seconds(0, 2))
        .isEqualTo(
            MadeStreets.MODEL.between(List.of(drawn.at("a")), List.of(elsewhere), 1).seconds(0, 0));
    // Two neighbours in the field do not go by the street.
    assertThat(times.between(List.of(field), List.of(drawn.place(500, 500)), 1).seconds(0, 0))
        .isEqualTo(32);
  }

  @Test
  void theEdgeOfTheMapAndTheEndsOfTheEarthAreOrdinaryPlaces() {
    block();
    TravelTimes times = times(1);
    for (GeoPoint place :
        List.of(
            drawn.at("ne"),
            drawn.place(500.01, 500.01),
            drawn.place(-1, 250),
            new GeoPoint(90, 180),
            new GeoPoint(-90, -180),
            new GeoPoint(0, 0))) {
      TravelTimeMatrix both =
          times.between(List.of(place, drawn.at("sw")), List.of(place, drawn.at("sw")), 1);
      assertThat(both.seconds(0, 0)).as("%s", place).isZero();
      assertThat(both.seconds(0, 1)).as("%s", place).isPositive();
    }
  }

  @Test
  void whateverWasLearnedNoMetreIsPlannedFasterThanPlanSpeed() {
    drawn.point("a", 0, 0).point("b", 0, 500).point("c", 0, 1_000);
    drawn.street("a b", "highway=footway").street("b c");
    TravelTimes times = times(1);
    List<GeoPoint> a = List.of(drawn.at("a"));
    List<GeoPoint> c = List.of(drawn.at("c"));
    // 360 s on foot and 120 s riding.
    assertThat(times.between(a, c, 1).seconds(0, 0)).isEqualTo(480);
    assertThat(times.between(a, c, PairFactor.same(0.75)).seconds(0, 0)).isEqualTo(360);
    assertThat(times.between(a, c, PairFactor.same(0.1)).seconds(0, 0)).isEqualTo(240);
  }

  @Test
  void aWayIsDrawnFromDoorToDoor() {
    drawn.point("a", 0, 0).point("bend", 0, 600).point("b", 400, 600).street("a bend b");
    GeoPoint from = drawn.place(20, 100);
    GeoPoint to = drawn.place(300, 630);
    TravelTimes times = times(1);
    Way way = times.way(from, to, 1);
    assertThat(way.onStreets()).isTrue();
    assertThat(way.points()).hasSize(5).startsWith(from).endsWith(to);
    assertThat(way.points().get(2).metresTo(drawn.at("bend"))).isLessThan(0.1);
    // 500 + 300 m of street, (20 + 30) × 1.3 m to the doors.
    assertThat(way.metres()).isEqualTo(865);
    assertThat(way.offStreetMetres()).isEqualTo(65);
    TravelTimeMatrix matrix = times.between(List.of(from), List.of(to), 1);
    assertThat(way.seconds()).isBetween(matrix.seconds(0, 0) - 1, matrix.seconds(0, 0) + 1);
  }
}
