package org.shanpai.geo;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.geo.travel.streets.StreetFileResource;
import org.shanpai.messaging.Envelopes;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventProducer;
import org.shanpai.servers.ServersTestResource;

/** What the tests over HTTP share: the real servers, tokens of every issuer, a square of city. */
@QuarkusTestResource(
    value = ServersTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "geo-service"))
@QuarkusTestResource(StreetFileResource.class)
public abstract class GeoServiceTest {

  /** Everything a test does lies within some kilometres of here. */
  protected static final GeoPoint MIDDLE = new GeoPoint(31.23, 121.47);

  private static final AtomicLong NEXT_SEQ = new AtomicLong();

  @Inject protected CityClock clock;
  @Inject protected WallClock wall;
  @Inject EventProducer producer;

  @ConfigProperty(name = "shanpai.keys.dir")
  Path keysDir;

  protected static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  protected String token(String issuer, String subject, String role) {
    return new TokenIssuer(issuer, keysDir, wall)
        .issue(subject, Set.of(role), Duration.ofMinutes(10), Map.of());
  }

  protected String riderToken(String riderId) {
    return token("rider-service", riderId, Roles.RIDER);
  }

  private RequestSpecification as(String issuer, String subject, String role) {
    String token = token(issuer, subject, role);
    return given().header("Authorization", "Bearer " + token).contentType("application/json");
  }

  protected RequestSpecification rider(String riderId) {
    return as("rider-service", riderId, Roles.RIDER);
  }

  protected RequestSpecification operator(String role) {
    return as("control-room", "u-1", role);
  }

  protected RequestSpecification merchant() {
    return as("order-service", "m-1", Roles.MERCHANT);
  }

  protected String serviceToken() {
    return new TokenIssuer("dispatch-service", keysDir, wall)
        .issueForService("geo-service", null, Duration.ofMinutes(10));
  }

  protected RequestSpecification service() {
    return given()
        .header("Authorization", "Bearer " + serviceToken())
        .contentType("application/json");
  }

  protected static Map<String, Object> corner(GeoPoint place) {
    return Map.of("lat", place.lat(), "lon", place.lon());
  }

  /** A square of twice that many metres, as the API takes it. */
  protected static Map<String, Object> square(String name, GeoPoint centre, double half) {
    return Map.of(
        "name",
        name,
        "coordinateSystem",
        "WGS-84",
        "outline",
        List.of(
            corner(centre.offsetMetres(-half, -half)),
            corner(centre.offsetMetres(-half, half)),
            corner(centre.offsetMetres(half, half)),
            corner(centre.offsetMetres(half, -half))));
  }

  protected ValidatableResponse putArea(String areaId, GeoPoint centre, double half) {
    return operator(Roles.MANAGER)
        .body(square("Area " + areaId, centre, half))
        .put("/v1/areas/" + areaId)
        .then();
  }

  /** The city of the tests: every place within 20 km of {@link #MIDDLE} is in it. */
  protected void city() {
    putArea("a-whole-city", MIDDLE, 20_000);
  }

  protected Map<String, Object> ping(long millisFromNow, Object lat, Object lon) {
    Map<String, Object> ping = new LinkedHashMap<>();
    ping.put("seq", NEXT_SEQ.incrementAndGet());
    ping.put("at", clock.now().plusMillis(millisFromNow).toString());
    ping.put("lat", lat);
    ping.put("lon", lon);
    ping.put("accuracyMetres", 8);
    return ping;
  }

  protected Map<String, Object> ping(GeoPoint place) {
    return ping(0, place.lat(), place.lon());
  }

  /** What the one phone of a rider sends. */
  protected static Map<String, Object> batch(List<?> pings) {
    return Map.of("sessionId", "s-1", "coordinateSystem", "WGS-84", "pings", pings);
  }

  protected ValidatableResponse send(String riderId, List<?> pings) {
    return rider(riderId).body(batch(pings)).post("/v1/positions").then();
  }

  protected void send(String riderId, GeoPoint place) {
    send(riderId, List.of(ping(place))).statusCode(202);
  }

  protected List<String> near(GeoPoint centre, double radiusMetres, int limit) {
    return operator(Roles.VIEWER)
        .queryParam("lat", centre.lat())
        .queryParam("lon", centre.lon())
        .queryParam("coordinateSystem", "WGS-84")
        .queryParam("radiusMetres", radiusMetres)
        .queryParam("limit", limit)
        .get("/v1/riders/near")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("riderId", String.class);
  }

  protected Map<String, Object> readiness() {
    Map<String, Object> health = given().get("/q/health/ready").jsonPath().getMap("");
    Map<String, Object> flat = new LinkedHashMap<>();
    flat.put("status", health.get("status"));
    for (Object check : (List<?>) health.get("checks")) {
      Map<?, ?> one = (Map<?, ?>) check;
      if (one.get("data") instanceof Map<?, ?> data) {
        data.forEach((key, value) -> flat.put(key.toString(), value));
      }
    }
    return flat;
  }

  protected void awaitRedisGood() {
    eventually(
        10,
        () ->
            org.assertj.core.api.Assertions.assertThat(readiness()).containsEntry("state", "good"));
  }

  protected static void eventually(int seconds, org.awaitility.core.ThrowingRunnable check) {
    await()
        .atMost(Duration.ofSeconds(seconds))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .untilAsserted(check);
  }

  protected <T> Event<T> event(EventType<T> type, String key, long version, T data) {
    return new Event<>(
        UUID.randomUUID(),
        type,
        new org.shanpai.contracts.CityId("city-1"),
        key,
        version,
        clock.now(),
        wall.now(),
        null,
        null,
        data);
  }

  protected void publish(Event<?> event) {
    publish(event.type().topic().text(), event.key(), Envelopes.write(event));
  }

  protected void publish(String topic, String key, String value) {
    producer.send(
        new ProducerRecord<>(topic, key, value),
        failure -> {
          if (failure != null) {
            throw new IllegalStateException(failure);
          }
        });
  }

  /** Values of a topic from its start whose key is that one, read until there are so many. */
  protected static List<String> published(String topic, String key, int atLeast) {
    List<String> values = new ArrayList<>();
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            ServersTestResource.kafka().bootstrap(),
            "auto.offset.reset",
            "earliest",
            "group.id",
            UUID.randomUUID().toString(),
            "enable.auto.commit",
            false);
    try (var consumer =
        new org.apache.kafka.clients.consumer.KafkaConsumer<>(
            config,
            new org.apache.kafka.common.serialization.StringDeserializer(),
            new org.apache.kafka.common.serialization.StringDeserializer())) {
      consumer.assign(
          consumer.partitionsFor(topic).stream()
              .map(p -> new org.apache.kafka.common.TopicPartition(topic, p.partition()))
              .collect(Collectors.toList()));
      for (int i = 0; i < 50 && values.size() < atLeast; i++) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                message -> {
                  if (key.equals(message.key())) {
                    values.add(message.value());
                  }
                });
      }
    }
    return values;
  }
}
