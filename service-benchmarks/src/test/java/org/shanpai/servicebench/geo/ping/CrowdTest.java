package org.shanpai.servicebench.geo.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;

/** What the crowd sends is what honest phones send. */
class CrowdTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long FIRST_AT = Instant.parse("2026-11-22T23:59:55Z").toEpochMilli();

  /** The cap, and what the receiver's noise adds in a second. */
  private static final double MOST_METRES_A_SECOND = 25 / 3.6 + 6;

  private static JsonNode body(Crowd crowd, int rider) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(1 << 14);
    crowd.writeBody(rider, out);
    return JSON.readTree(out.array(), 0, out.position());
  }

  @Test
  void readingsFollowEachOtherAsARideDoes() throws IOException {
    for (CoordinateSystem system : CoordinateSystem.values()) {
      Crowd crowd = new Crowd(20, system, FIRST_AT, 7);
      double ridden = 0;
      for (int rider = 0; rider < crowd.size(); rider++) {
        List<JsonNode> pings = new ArrayList<>();
        for (int request = 0; request < 3; request++) {
          JsonNode body = body(crowd, rider);
          assertThat(body.path("coordinateSystem").asText()).isEqualTo(system.text());
          assertThat(body.path("sessionId").asText()).isEqualTo("s-" + rider);
          assertThat(body.path("pings")).hasSize(10);
          body.path("pings").forEach(pings::add);
        }
        for (int i = 1; i < pings.size(); i++) {
          JsonNode before = pings.get(i - 1);
          JsonNode after = pings.get(i);
          assertThat(after.path("seq").asInt()).isEqualTo(before.path("seq").asInt() + 1);
          assertThat(at(after) - at(before)).isEqualTo(1_000);
          double metres = place(system, before).metresTo(place(system, after));
          assertThat(metres).isLessThan(MOST_METRES_A_SECOND);
          ridden += metres;
        }
        assertThat(at(pings.get(pings.size() - 1))).isEqualTo(crowd.newestAt(rider));
      }
      assertThat(ridden / 20 / 29).as("metres a second").isBetween(3.0, 7.0);
    }
  }

  private static long at(JsonNode ping) {
    return Instant.parse(ping.path("at").asText()).toEpochMilli();
  }

  private static GeoPoint place(CoordinateSystem system, JsonNode ping) {
    return system.toWgs84(ping.path("lat").asDouble(), ping.path("lon").asDouble());
  }

  @Test
  void phonesTellTheSamePlacesInEverySystem() throws IOException {
    JsonNode plain = body(new Crowd(1, CoordinateSystem.WGS_84, FIRST_AT, 7), 0).path("pings");
    for (CoordinateSystem system : CoordinateSystem.values()) {
      JsonNode told = body(new Crowd(1, system, FIRST_AT, 7), 0).path("pings");
      for (int i = 0; i < told.size(); i++) {
        assertThat(
                place(system, told.get(i)).metresTo(place(CoordinateSystem.WGS_84, plain.get(i))))
            .as("%s", system)
            .isLessThan(0.5);
      }
    }
  }

  @Test
  void ridersStayInTheCity() throws IOException {
    Crowd crowd = new Crowd(5, CoordinateSystem.WGS_84, FIRST_AT, 3);
    GeoPoint low = Crowd.CITY.at(-50, -50);
    GeoPoint high = Crowd.CITY.at(Crowd.CITY.sideMetres() + 50, Crowd.CITY.sideMetres() + 50);
    for (int i = 0; i < 3_000; i++) {
      JsonNode last = body(crowd, i % 5).path("pings").get(9);
      assertThat(last.path("lat").asDouble()).isBetween(low.lat(), high.lat());
      assertThat(last.path("lon").asDouble()).isBetween(low.lon(), high.lon());
    }
  }

  @Test
  void numbersAreWrittenAsJavaWouldWriteThem() {
    SplittableRandom random = new SplittableRandom(5);
    ByteBuffer out = ByteBuffer.allocate(256);
    PingWriter writer = new PingWriter();
    for (int i = 0; i < 2_000; i++) {
      double value = (random.nextDouble() - 0.5) * 360;
      long whole = random.nextLong(1L << random.nextInt(1, 50));
      long instant = FIRST_AT + random.nextLong(-3L * 86_400_000, 3L * 86_400_000);
      out.clear();
      writer.to(out).decimal(value, 6).text(new byte[] {' '}).whole(whole).text(new byte[] {' '});
      writer.instant(instant);
      String[] written =
          new String(out.array(), 0, out.position(), StandardCharsets.US_ASCII).split(" ");
      assertThat(Double.parseDouble(written[0])).isCloseTo(value, within(5.1e-7));
      assertThat(written[0]).matches("-?\\d+\\.\\d{6}");
      assertThat(written[1]).isEqualTo(Long.toString(whole));
      assertThat(Instant.parse(written[2]).toEpochMilli()).isEqualTo(instant);
    }
  }

  @Test
  void ridersOfAnAreaAreReadFromItsAnswer() throws IOException {
    Map<String, Long> seen = new HashMap<>();
    String answer =
        """
        [{"riderId":"a","place":{"lat":1,"lon":2,"at":"x"},"at":"2026-11-22T04:00:05Z","trust":90},
         {"at":"1970-01-01T00:00:00.007Z","areas":[{"riderId":"no"}],"riderId":"b"}]
        """;
    GeoRig.readRiders(JSON.createParser(answer), seen::put);
    assertThat(seen)
        .containsOnly(
            Map.entry("a", Instant.parse("2026-11-22T04:00:05Z").toEpochMilli()),
            Map.entry("b", 7L));
  }
}
