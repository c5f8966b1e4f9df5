package org.shanpai.geo.polygon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.ZoneState.Polygon;
import org.shanpai.messaging.Json;

/** Everything that can be wrong with a polygon, planted once. */
class PolygonCheckTest {

  private static final PolygonLimits LIMITS = new PolygonLimits(2_000, 100, 100_000, 100);
  private static final GeoPoint MIDDLE = new GeoPoint(31.23, 121.47);
  private static final PolygonCheck CHECK =
      new PolygonCheck(LIMITS, place -> place.metresTo(MIDDLE) < 50_000);

  private static final String SQUARE =
      "[[121.46,31.22],[121.48,31.22],[121.48,31.24],[121.46,31.24],[121.46,31.22]]";
  private static final String HOLE =
      "[[121.465,31.225],[121.465,31.23],[121.47,31.23],[121.47,31.225],[121.465,31.225]]";

  private static JsonNode json(String text) {
    return Json.read(text, JsonNode.class);
  }

  private static PolygonCheck.Checked taken(String geometry) {
    try {
      return CHECK.check(json(geometry), CoordinateSystem.WGS_84, "geometry");
    } catch (PolygonRefusal e) {
      throw new AssertionError(e.field() + ": " + e.getMessage(), e);
    }
  }

  private static String polygon(String... rings) {
    return "{\"type\":\"Polygon\",\"coordinates\":[" + String.join(",", rings) + "]}";
  }

  private static void refused(String geometry, String field, String... words) {
    assertThatThrownBy(() -> CHECK.check(json(geometry), CoordinateSystem.WGS_84, "geometry"))
        .isInstanceOfSatisfying(
            PolygonRefusal.class,
            refusal -> {
              assertThat(refusal.field()).as(refusal.getMessage()).isEqualTo(field);
              assertThat(refusal.getMessage()).contains(words);
            });
  }

  @Test
  void squareWithAHoleIsTakenAsItIs() {
    PolygonCheck.Checked checked = taken(polygon(SQUARE, HOLE));
    assertThat(checked.notes()).isEmpty();
    Polygon polygon = checked.polygons().get(0);
    assertThat(polygon.border().corners())
        .containsExactly(
            new GeoPoint(31.22, 121.46),
            new GeoPoint(31.22, 121.48),
            new GeoPoint(31.24, 121.48),
            new GeoPoint(31.24, 121.46));
    assertThat(polygon.holes()).hasSize(1);
    assertThat(polygon.holes().get(0).corners()).hasSize(4);
  }

  @Test
  void ringsWoundTheWrongWayAreTurnedAndThatIsSaid() {
    String clockwise =
        "[[121.46,31.22],[121.46,31.24],[121.48,31.24],[121.48,31.22],[121.46,31.22]]";
    String counterClockwise =
        "[[121.465,31.225],[121.47,31.225],[121.47,31.23],[121.465,31.23],[121.465,31.225]]";
    PolygonCheck.Checked turned = taken(polygon(clockwise, counterClockwise));
    assertThat(turned.notes())
        .hasSize(2)
        .anySatisfy(note -> assertThat(note).contains("coordinates[0] was a border wound clockw"))
        .anySatisfy(note -> assertThat(note).contains("coordinates[1] was a hole wound counter"));
    Polygon right = taken(polygon(SQUARE, HOLE)).polygons().get(0);
    Polygon repaired = turned.polygons().get(0);
    assertThat(signed(repaired.border().corners())).isPositive();
    assertThat(signed(repaired.holes().get(0).corners())).isNegative();
    assertThat(repaired.border().corners())
        .containsExactlyInAnyOrderElementsOf(right.border().corners());
  }

  private static double signed(List<GeoPoint> corners) {
    double twice = 0;
    for (int i = 0; i < corners.size(); i++) {
      GeoPoint a = corners.get(i);
      GeoPoint b = corners.get((i + 1) % corners.size());
      twice += a.lon() * b.lat() - b.lon() * a.lat();
    }
    return twice;
  }

  @Test
  void bowTieIsRefusedWhereItCrosses() {
    refused(
        polygon("[[121.46,31.22],[121.48,31.24],[121.48,31.22],[121.46,31.24],[121.46,31.22]]"),
        "geometry.coordinates[0]",
        "crosses or touches itself",
        "lat 31.230000, lon 121.470000");
  }

  @Test
  void crossingIsToldInTheSystemOfWhoeverDrewIt() {
    String bowTie =
        polygon("[[121.46,31.22],[121.48,31.24],[121.48,31.22],[121.46,31.24],[121.46,31.22]]");
    assertThatThrownBy(() -> CHECK.check(json(bowTie), CoordinateSystem.BD_09, "geometry"))
        .hasMessageContaining("lat 31.2300")
        .hasMessageContaining("lon 121.4700");
  }

  @Test
  void holesMustLieInsideTheirBorderAndApart() {
    refused(
        polygon(SQUARE, "[[121.5,31.22],[121.5,31.23],[121.51,31.23],[121.5,31.22]]"),
        "geometry.coordinates",
        "lies outside its border",
        "lon 121.5");
    refused(
        polygon(SQUARE, "[[121.47,31.23],[121.47,31.235],[121.49,31.235],[121.47,31.23]]"),
        "geometry.coordinates",
        "cross each other",
        "lon 121.48");
    refused(
        polygon(
            SQUARE, HOLE, "[[121.466,31.226],[121.466,31.228],[121.468,31.228],[121.466,31.226]]"),
        "geometry.coordinates",
        "inside another");
    refused(
        polygon(
            SQUARE,
            "[[121.46,31.23],[121.47,31.235],[121.48,31.23],[121.47,31.225],[121.46,31.23]]"),
        "geometry.coordinates",
        "cut it into pieces");
  }

  @Test
  void partsMustNotOverlap() {
    String next = "[[121.47,31.23],[121.5,31.23],[121.5,31.25],[121.47,31.25],[121.47,31.23]]";
    refused(
        "{\"type\":\"MultiPolygon\",\"coordinates\":[[" + SQUARE + "],[" + next + "]]}",
        "geometry.coordinates",
        "overlap");
    String apart = "[[121.5,31.23],[121.52,31.23],[121.52,31.25],[121.5,31.25],[121.5,31.23]]";
    assertThat(
            taken("{\"type\":\"MultiPolygon\",\"coordinates\":[[" + SQUARE + "],[" + apart + "]]}")
                .polygons())
        .hasSize(2);
  }

  @ParameterizedTest(name = "{1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "[[121.46,31.22],[121.48,31.22],[121.48,31.24],[121.46,31.24]] | [0] | not closed",
        "[[121.46,31.22],[121.48,31.22],[121.46,31.22]] | [0] | 2 corners; at least 3",
        "[[121.46,31.22],[121.48,31.22],[121.48,31.22],[121.48,31.24],[121.46,31.22]]"
            + " | [0][2] | repeats the position before it",
        "[[121.46,31.22,4],[121.48,31.22,4],[121.48,31.24,4],[121.46,31.22,4]]"
            + " | [0][0] | altitudes are not taken",
        "[[121.46],[121.48,31.22],[121.48,31.24],[121.46]] | [0][0] | a longitude and a latitude",
        "[[\"a\",31.22],[121.48,31.22],[121.48,31.24],[121.46,31.22]]"
            + " | [0][0] | a longitude and a latitude",
        "[[31.22,121.46],[31.22,121.48],[31.24,121.48],[31.22,121.46]]"
            + " | [0][0] | Maybe lat and lon are exchanged",
        "[[121.46,31.22],[221.48,31.22],[121.48,31.24],[121.46,31.22]] | [0][1] | -180..180",
        "[[121.46,89.9],[121.48,89.9],[121.48,89.95],[121.46,89.9]] | [0][0] | -85..85",
        "[[179.9,31.22],[-179.9,31.22],[-179.9,31.24],[179.9,31.22]] | [0][1] | antimeridian",
        "[] | [0] | a list of positions",
        "7 | [0] | a list of positions",
      })
  void ringThatIsNoneIsRefusedByPlace(String ring, String at, String words) {
    refused(polygon(ring), "geometry.coordinates" + at, words);
  }

  @Test
  void hemisphereIsNoZone() {
    refused(
        polygon("[[0,-80],[90,-80],[170,-80],[170,80],[0,80],[0,-80]]"), "geometry", "km", "city");
  }

  @Test
  void anotherCityIsRefusedWithWhatMayHaveBeenMeant() {
    refused(
        polygon("[[116.3,39.9],[116.4,39.9],[116.4,40],[116.3,40],[116.3,39.9]]"),
        "geometry",
        "outside the city",
        "lat 39.900000, lon 116.300000");
    // A city by the sea at 5 degrees north, 10 degrees east: numbers exchanged are still a place.
    GeoPoint harbour = new GeoPoint(5, 10);
    PolygonCheck there = new PolygonCheck(LIMITS, place -> place.metresTo(harbour) < 50_000);
    assertThatThrownBy(
            () ->
                there.check(
                    json(polygon("[[5,10],[5.1,10],[5.1,10.1],[5,10]]")),
                    CoordinateSystem.WGS_84,
                    "geometry"))
        .hasMessageContaining("when lat and lon are exchanged");
  }

  @Test
  void tooManyCornersAndSliversAreRefused() {
    StringBuilder ring = new StringBuilder("[");
    for (int i = 0; i <= 2_001; i++) {
      double angle = 2 * Math.PI * (i % 2_001) / 2_001;
      ring.append(i == 0 ? "" : ",")
          .append("[")
          .append(121.47 + 0.01 * Math.cos(angle))
          .append(",")
          .append(31.23 + 0.01 * Math.sin(angle))
          .append("]");
    }
    refused(polygon(ring + "]"), "geometry.coordinates[0]", "2001 corners", "at most 2000");
    refused(
        polygon("[[121.46,31.22],[121.46001,31.22],[121.46001,31.22001],[121.46,31.22]]"),
        "geometry.coordinates",
        "m²");
  }

  @Test
  void whatIsNoGeoJsonIsRefused() {
    refused("{\"type\":\"Point\",\"coordinates\":[121.46,31.22]}", "geometry.type", "Point");
    refused("{\"foo\":1}", "geometry.type", "Polygon or MultiPolygon");
    refused("[1,2]", "geometry", "GeoJSON");
    refused("{\"type\":\"Polygon\"}", "geometry.coordinates", "list of rings");
    refused("{\"type\":\"MultiPolygon\",\"coordinates\":[7]}", "geometry.coordinates[0]", "rings");
    assertThatThrownBy(() -> CHECK.check(null, CoordinateSystem.WGS_84, "geometry"))
        .isInstanceOf(PolygonRefusal.class);
  }

  @Test
  void polygonToldInAnySystemIsTheSameGround() throws PolygonRefusal {
    Random random = new Random(20261122);
    for (int i = 0; i < 200; i++) {
      GeoPoint centre =
          MIDDLE.offsetMetres(random.nextDouble() * 20_000, random.nextDouble() * 20_000);
      List<GeoPoint> ground =
          List.of(
              centre.offsetMetres(-300, -300),
              centre.offsetMetres(-300, 300),
              centre.offsetMetres(300, 200 + 200 * random.nextDouble()),
              centre.offsetMetres(300, -300));
      for (CoordinateSystem system : CoordinateSystem.values()) {
        StringBuilder ring = new StringBuilder("[");
        for (int k = 0; k <= 4; k++) {
          GeoPoint told = system.fromWgs84(ground.get(k % 4));
          ring.append(k == 0 ? "" : ",").append("[").append(told.lon()).append(",");
          ring.append(told.lat()).append("]");
        }
        PolygonCheck.Checked checked = CHECK.check(json(polygon(ring + "]")), system, "geometry");
        List<GeoPoint> back = checked.polygons().get(0).border().corners();
        for (int k = 0; k < 4; k++) {
          assertThat(back.get(k).metresTo(ground.get(k))).as("%s", system).isLessThan(0.5);
        }
        assertThat(new IsValidOp(Polygons.geometry(checked.polygons())).isValid()).isTrue();
      }
    }
  }
}
