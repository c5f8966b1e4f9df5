package org.shanpai.geo.travel.streets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.travel.TravelTimeMatrix;
import org.shanpai.geo.travel.TravelTimes;
import org.shanpai.geo.zone.ZoneMap;
import org.shanpai.osm.Town;

/** What zones do to the streets. */
class StreetZonesTest {

  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  @TempDir Path folder;

  private final Drawn drawn =
      new Drawn(Town.MIDDLE)
          .point("sw", 0, 0)
          .point("se", 0, 1_000)
          .point("ne", 500, 1_000)
          .point("nw", 500, 0)
          .street("sw se")
          .street("se ne")
          .street("ne nw")
          .street("nw sw");

  private StreetGraph block() {
    return MadeStreets.read(drawn.write(folder.resolve("block.pbf")));
  }

  private static Geometry rectangle(GeoPoint southWest, GeoPoint northEast) {
    return GEOMETRIES.createPolygon(
        new Coordinate[] {
          new Coordinate(southWest.lon(), southWest.lat()),
          new Coordinate(northEast.lon(), southWest.lat()),
          new Coordinate(northEast.lon(), northEast.lat()),
          new Coordinate(southWest.lon(), northEast.lat()),
          new Coordinate(southWest.lon(), southWest.lat())
        });
  }

  private int seconds(StreetGraph graph, GeoPoint from, GeoPoint to) {
    TravelTimes times = new StreetTravelTimes(graph, MadeStreets.MODEL, MadeStreets.MODEL);
    TravelTimeMatrix one = times.between(List.of(from), List.of(to), 1);
    return one.seconds(0, 0);
  }

  @Test
  void aNoGoZoneIsRiddenAround() {
    StreetGraph open = block();
    assertThat(seconds(open, drawn.at("sw"), drawn.at("se"))).isEqualTo(240);
    Geometry park = rectangle(drawn.place(-100, 400), drawn.place(100, 600));
    StreetGraph closed = open.with(List.of(park), List.of(), 7);
    assertThat(closed.blocked()).isEqualTo(1);
    assertThat(closed.zoneVersion()).isEqualTo(7);
    assertThat(closed.version()).isNotEqualTo(open.version());
    assertThat(seconds(closed, drawn.at("sw"), drawn.at("se"))).isEqualTo(480);
    // The graph from before still answers as before, and the park can be opened again.
    assertThat(seconds(open, drawn.at("sw"), drawn.at("se"))).isEqualTo(240);
    StreetGraph again = closed.with(List.of(), List.of(), 8);
    assertThat(seconds(again, drawn.at("sw"), drawn.at("se"))).isEqualTo(240);
  }

  @Test
  void whatIsEnclosedByNoGoZonesCannotBeReached() {
    Geometry west = rectangle(drawn.place(-100, 100), drawn.place(600, 200));
    StreetGraph open = block();
    GeoPoint inWest = drawn.place(250, 0);
    assertThat(seconds(open, drawn.at("se"), inWest)).isEqualTo(300);
    // Both long streets are cut; the west side is left to itself.
    StreetGraph closed = open.with(List.of(west), List.of(), 1);
    assertThat(closed.blocked()).isEqualTo(2);
    assertThat(seconds(closed, drawn.at("se"), inWest)).isEqualTo(TravelTimeMatrix.NO_WAY);
    assertThat(seconds(closed, drawn.at("sw"), inWest)).isEqualTo(60);
    assertThat(closed.secondsOneByOne(drawn.at("se"), inWest)).isNaN();
  }

  @Test
  void aSlowZoneSlowsByTheShareOfTheStreetInIt() {
    ZoneMap.SlowPart half =
        new ZoneMap.SlowPart(rectangle(drawn.place(-100, 500), drawn.place(100, 1_100)), 0.5);
    StreetGraph slow = block().with(List.of(), List.of(half), 1);
    // 500 m at 15 km/h, 500 m at half of it.
    assertThat(seconds(slow, drawn.at("sw"), drawn.at("se"))).isBetween(359, 361);
    ZoneMap.SlowPart slower = new ZoneMap.SlowPart(half.geometry(), 0.2);
    StreetGraph both = block().with(List.of(), List.of(half, slower), 1);
    // 120 s and 600 s are more than the way round of 480 s.
    assertThat(both.secondsOneByOne(drawn.at("sw"), drawn.at("se"))).isBetween(479.0, 720.0);
    assertThat(seconds(both, drawn.at("sw"), drawn.place(0, 900))).isGreaterThan(480);
  }

  @Test
  void zonesThatTouchNoStreetChangeNothing() {
    StreetGraph open = block();
    Geometry inside = rectangle(drawn.place(100, 100), drawn.place(300, 300));
    assertThat(open.with(List.of(inside), List.of(), 3)).isNotSameAs(open);
    StreetGraph one = open.with(List.of(inside), List.of(), 3);
    assertThat(one.with(List.of(inside), List.of(), 4)).isSameAs(one);
    assertThat(open.with(List.of(), List.of(), 9)).isSameAs(open);
  }

  @Test
  void theMatrixOfATownWithZonesIsTheWayFoundForThePairAlone() throws IOException {
    Town town = Town.make(21, 900);
    Path file = folder.resolve("town.pbf");
    town.file().write(file);
    Random random = new Random(21);
    List<Geometry> noGo = new ArrayList<>();
    List<ZoneMap.SlowPart> slow = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      GeoPoint corner = town.door(random);
      Geometry zone = rectangle(corner, corner.offsetMetres(260, 330));
      if (i < 3) {
        noGo.add(zone);
      } else {
        slow.add(new ZoneMap.SlowPart(zone, 0.3 + 0.1 * i));
      }
    }
    StreetGraph graph = MadeStreets.read(file).with(noGo, slow, 1);
    assertThat(graph.blocked()).isGreaterThan(20);
    List<GeoPoint> places = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      places.add(town.door(random));
    }
    Spot[] spots = places.stream().map(graph::spot).toArray(Spot[]::new);
    graph.ways(
        spots,
        spots,
        (row, millis, metres) -> {
          for (int column = 0; column < spots.length; column++) {
            double alone = graph.secondsOneByOne(places.get(row), places.get(column));
            if (Double.isNaN(alone)) {
              assertThat(millis[column]).isGreaterThan(UpwardSearch.FURTHEST_MILLIS);
            } else {
              assertThat(millis[column] / 1000.0).isBetween(alone - 0.15, alone + 0.15);
            }
          }
        });
  }
}
