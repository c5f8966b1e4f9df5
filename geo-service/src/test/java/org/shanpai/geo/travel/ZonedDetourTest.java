package org.shanpai.geo.travel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.geo.zone.ZoneMap;

/** At detour 1 and 3.6 km/h a metre is a second. */
class ZonedDetourTest {

  private static final GeoPoint HERE = new GeoPoint(31.23, 121.47);
  private static final GeoPoint THERE = HERE.offsetMetres(0, 1_000);

  private static ZoneState zone(
      String id, ZoneState.Kind kind, Double factor, double from, double to) {
    return new ZoneState(
        id,
        CityId.of("city-1"),
        1,
        kind,
        id,
        List.of(
            new ZoneState.Polygon(
                new ZoneState.Ring(
                    List.of(
                        HERE.offsetMetres(-50, from),
                        HERE.offsetMetres(-50, to),
                        HERE.offsetMetres(50, to),
                        HERE.offsetMetres(50, from))),
                List.of())),
        factor,
        null,
        false);
  }

  private static int seconds(GeoPoint from, GeoPoint to, ZoneState... zones) {
    ZoneMap map = new ZoneMap(List.of(zones), 1);
    TravelTimes times = new ZonedDetour(new DetourTravelTimes(1, 3.6), () -> map);
    return times.between(List.of(from), List.of(to), 1).seconds(0, 0);
  }

  @Test
  void theShareOfTheLineInASlowZoneIsSlower() {
    ZoneState half = zone("z-1", ZoneState.Kind.SLOW, 0.5, 400, 600);
    // 800 m at a metre a second, 200 m at half of it; both ways.
    assertThat(seconds(HERE, THERE, half)).isBetween(1_199, 1_201);
    assertThat(seconds(THERE, HERE, half)).isBetween(1_199, 1_201);
    // Passing by, and wholly inside.
    GeoPoint north = HERE.offsetMetres(200, 0);
    assertThat(seconds(north, north.offsetMetres(0, 1_000), half)).isBetween(999, 1_001);
    assertThat(seconds(HERE.offsetMetres(0, 450), HERE.offsetMetres(0, 550), half))
        .isBetween(199, 201);
    // Where zones lie over each other the slower one counts.
    ZoneState slower = zone("z-2", ZoneState.Kind.SLOW, 0.25, 500, 700);
    assertThat(seconds(HERE, THERE, half, slower)).isBetween(1_699, 1_701);
  }

  @Test
  void noWayLeadsIntoANoGoZoneButOneLeadsOut() {
    ZoneState park = zone("z-3", ZoneState.Kind.NO_GO, null, 900, 1_100);
    assertThat(seconds(HERE, THERE, park)).isEqualTo(TravelTimeMatrix.NO_WAY);
    assertThat(seconds(THERE, HERE, park)).isBetween(999, 1_001);
    assertThat(seconds(HERE, HERE.offsetMetres(0, 2_000), park)).isBetween(1_999, 2_001);
  }
}
