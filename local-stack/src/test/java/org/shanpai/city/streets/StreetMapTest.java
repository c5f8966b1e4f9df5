package org.shanpai.city.streets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;

class StreetMapTest {

  private static double length(List<Spot> way) {
    double metres = 0;
    for (int i = 1; i < way.size(); i++) {
      metres += way.get(i - 1).to(way.get(i));
    }
    return metres;
  }

  /** Three streets east-west and three north-south, 100 m apart, the middle crossing missing. */
  private static StreetMap square() {
    StreetMap.Builder builder = new StreetMap.Builder();
    int[][] at = new int[3][3];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        at[row][column] =
            row == 1 && column == 1 ? -1 : builder.crossing(new Spot(100 * column, 100 * row));
      }
    }
    builder.street(List.of(at[0][0], at[0][1], at[0][2]));
    builder.street(List.of(at[2][0], at[2][1], at[2][2]));
    builder.street(List.of(at[0][0], at[1][0], at[2][0]));
    builder.street(List.of(at[0][2], at[1][2], at[2][2]));
    return builder.build(spot -> false);
  }

  @Test
  void shortestWayGoesAroundTheMissingCrossing() {
    List<Spot> way = square().way(new Spot(0, 100), new Spot(200, 100));
    assertThat(length(way)).isCloseTo(400, within(1e-6));
    assertThat(way).doesNotContain(new Spot(100, 100));
  }

  @Test
  void wayBeginsAndEndsAtTheDoors() {
    List<Spot> way = square().way(new Spot(10, -5), new Spot(190, 205));
    assertThat(way.get(0)).isEqualTo(new Spot(10, -5));
    assertThat(way.get(way.size() - 1)).isEqualTo(new Spot(190, 205));
  }

  @Test
  void madeCityIsConnectedAndItsRiverIsCrossedByBridgesOnly() {
    StreetMap city = StreetMaker.city(7);
    Random random = new Random(3);
    int crossed = 0;
    for (int i = 0; i < 200; i++) {
      Spot from = city.crossings().get(random.nextInt(city.crossings().size()));
      Spot to = city.crossings().get(random.nextInt(city.crossings().size()));
      List<Spot> way = city.way(from, to);
      assertThat(length(way)).isGreaterThanOrEqualTo(from.to(to) - 1e-6).isLessThan(13_000);
      for (int j = 1; j < way.size(); j++) {
        Spot a = way.get(j - 1);
        Spot b = way.get(j);
        if (StreetMaker.beyondRiver(a) != StreetMaker.beyondRiver(b)) {
          crossed++;
          double north = (a.north() + b.north()) / 2;
          assertThat(Math.min(Math.abs(north + 720), Math.abs(north - 1_080))).isLessThan(160);
        }
      }
    }
    assertThat(crossed).isPositive();
    assertThat(city.crossings().size()).isBetween(900, 1_156);
  }

  @Test
  void sameSeedDrawsTheSameCity() {
    assertThat(StreetMaker.city(5).streets()).isEqualTo(StreetMaker.city(5).streets());
    assertThat(StreetMaker.city(5).streets()).isNotEqualTo(StreetMaker.city(6).streets());
  }

  @Test
  void journeyIsWhereItsSpeedHasBroughtIt() {
    Journey journey =
        new Journey(List.of(new Spot(0, 0), new Spot(100, 0), new Spot(100, 50)), 1_000, 5);
    assertThat(journey.at(0)).isEqualTo(new Spot(0, 0));
    assertThat(journey.at(11_000)).isEqualTo(new Spot(50, 0));
    assertThat(journey.at(26_000)).isEqualTo(new Spot(100, 25));
    assertThat(journey.at(99_000)).isEqualTo(new Spot(100, 50));
    assertThat(journey.endMillis()).isEqualTo(31_000);
    assertThat(journey.gone(11_000)).isEqualTo(50);
  }

  @Test
  void flatMapAndDegreesAreInverse() {
    Plane plane = new Plane(new GeoPoint(31.2304, 121.4737));
    Spot spot = new Spot(-2_345, 1_234);
    assertThat(plane.spot(plane.place(spot)).to(spot)).isLessThan(0.5);
    assertThat(plane.middle().metresTo(plane.place(spot)))
        .isCloseTo(Math.hypot(2_345, 1_234), within(2.0));
  }
}
