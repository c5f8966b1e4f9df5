package org.shanpai.rider;

import static io.restassured.RestAssured.given;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OfferId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Envelopes;
import org.shanpai.messaging.Event;
import org.shanpai.servers.ServersTestResource;

/** The service with its real PostgreSQL and Kafka; its neighbours are stubs. */
@QuarkusTestResource(
    value = ServersTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "rider-service"))
@QuarkusTestResource(NeighbourStubs.class)
public abstract class RiderServiceTestBase {

  /** The key of a phone. */
  protected static final String PHONE = "a-key-that-a-phone-made-at-random-once";

  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final String RUN = UUID.randomUUID().toString().substring(0, 6);

  @TestHTTPResource("/")
  protected URL base;

  /** A new name for whatever a test needs one for. */
  protected static String unique() {
    return RUN + "-" + COUNTER.incrementAndGet();
  }

  protected static String setting(String name) {
    return ConfigProvider.getConfig().getValue(name, String.class);
  }

  protected static String token(String issuer, String subject, String role) {
    return new TokenIssuer(issuer, Path.of(setting("shanpai.keys.dir")), WallClock.system())
        .issue(subject, Set.of(role), Duration.ofMinutes(10), Map.of());
  }

  protected static RequestSpecification as(String issuer, String subject, String role) {
    return given()
        .header("Authorization", "Bearer " + token(issuer, subject, role))
        .contentType(ContentType.JSON);
  }

  protected static RequestSpecification asManager() {
    return as("control-room", "boss", Roles.MANAGER);
  }

  protected static RequestSpecification asRider(String rider) {
    return as("rider-service", rider, Roles.RIDER);
  }

  protected static Map<String, Object> profile() {
    return Map.of(
        "label",
        "骑手 " + COUNTER.get(),
        "name",
        "王小明",
        "phone",
        "13800000023",
        "pool",
        "CROWDSOURCED",
        "capacityUnits",
        8,
        "equipment",
        List.of("COLD_BOX"),
        // Past the newcomer waiver, so that every late order counts.
        "priorOrders",
        100);
  }

  /** A rider past the newcomer waiver. */
  protected static String newRider() {
    String rider = "r-" + unique();
    asManager().body(profile()).put("/v1/riders/" + rider).then().statusCode(201);
    return rider;
  }

  /** Puts the rider into a station of their own that this operator leads. */
  protected static void ledBy(String rider, String operator) {
    String station = "st-" + unique();
    asManager()
        .body(
            Map.of(
                "name",
                "文三路站",
                "areas",
                List.of("a-1"),
                "staff",
                List.of(Map.of("operator", operator, "role", "STATION_MANAGER"))))
        .put("/v1/stations/" + station)
        .then()
        .statusCode(204);
    asManager().put("/v1/stations/" + station + "/riders/" + rider).then().statusCode(204);
  }

  protected static List<String> askedOfNeighbours() {
    return given().get(setting("test.neighbours.url") + "/asked").asString().lines().toList();
  }

  // Kafka

  protected static <T> void send(EventType<T> type, String key, long version, T data) {
    send(type, key, version, data, Instant.now());
  }

  protected static <T> void send(
      EventType<T> type, String key, long version, T data, Instant occurredAt) {
    sendRaw(
        type.topic().text(),
        key,
        Envelopes.write(
            new Event<>(
                UUID.randomUUID(),
                type,
                CityId.of("city-1"),
                key,
                version,
                occurredAt,
                Instant.now(),
                null,
                null,
                data)));
  }

  protected static void sendRaw(String topic, String key, String payload) {
    Producer.KAFKA.send(new ProducerRecord<>(topic, key, payload));
    Producer.KAFKA.flush();
  }

  private static final class Producer {
    static final KafkaProducer<String, String> KAFKA =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", ServersTestResource.kafka().bootstrap(), "acks", "all"),
            new StringSerializer(),
            new StringSerializer());
  }

  protected static void send(JobState job) {
    send(EventType.JOB_STATE, job.jobId().value(), job.version(), job);
  }

  protected static void send(OfferState offer) {
    send(EventType.OFFER_STATE, offer.offerId().value(), offer.version(), offer);
  }

  protected static void send(RiderWorkState work) {
    send(EventType.RIDER_WORK_STATE, work.riderId().value(), work.version(), work);
  }

  protected static RiderWorkState work(String rider, long version) {
    return new RiderWorkState(
        RiderId.of(rider),
        CityId.of("city-1"),
        version,
        true,
        8,
        0,
        List.of(),
        List.of(),
        Instant.parse("2026-03-02T04:00:00Z"),
        null);
  }

  protected static OfferState offer(
      String offer, String rider, long version, OfferState.Status status, Instant expiresAt) {
    return new OfferState(
        OfferId.of(offer),
        CityId.of("city-1"),
        AreaId.of("a-1"),
        RiderId.of(rider),
        version,
        status,
        List.of(),
        List.of(),
        Money.ofFen(650),
        expiresAt.minusSeconds(30),
        expiresAt,
        System.currentTimeMillis(),
        "nearest",
        "w-1",
        "OFFERED");
  }

  protected static WeatherAlert weather(
      String area, long version, WeatherAlert.Level level, Instant from) {
    return new WeatherAlert(
        AreaId.of(area), CityId.of("city-1"), version, level, 1.5, 600, from, "boss");
  }

  // PostgreSQL

  protected static Connection database() throws SQLException {
    return DriverManager.getConnection(
        setting("quarkus.datasource.jdbc.url"),
        setting("quarkus.datasource.username"),
        setting("quarkus.datasource.password"));
  }

  protected static long count(String sql, Object... parameters) {
    return Long.parseLong(query(sql, parameters).get(0));
  }

  /** The first column of every row, as text. */
  protected static List<String> query(String sql, Object... parameters) {
    try (Connection connection = database();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  protected static void execute(String sql, Object... parameters) throws SQLException {
    try (Connection connection = database();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }
}
