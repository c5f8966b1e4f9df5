package org.shanpai.dispatch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.OrderStateBuilder;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.contracts.event.RiderState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.dispatch.lease.AreaLeases;
import org.shanpai.dispatch.lease.Lease;
import org.shanpai.dispatch.offer.OfferDraft;
import org.shanpai.dispatch.offer.Offering;
import org.shanpai.dispatch.pool.PoolRules;
import org.shanpai.dispatch.pool.Pools;
import org.shanpai.dispatch.wave.WaveRound;
import org.shanpai.dispatch.work.Route;
import org.shanpai.messaging.Envelopes;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventProducer;
import org.shanpai.messaging.Tx;
import org.shanpai.servers.ServersTestResource;

/**
 * What the tests against real servers share. Everything goes in as it does in service: orders and
 * riders through Kafka, riders' acts over HTTP. Timers are off, so that a test says when a wave is.
 */
@QuarkusTestResource(
    value = ServersTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "dispatch-service"))
@QuarkusTestResource(DispatchServers.class)
abstract class LiveDispatch {

  static final CityId CITY = new CityId("city-1");
  static final GeoPoint STORE = new GeoPoint(31.2304, 121.4737);
  static final PoolRules CROWD =
      new PoolRules(false, false, 30, 3, 600, true, 1_500, 3_000, 8, 3, 14, 100);
  static final GeoPoint DOOR = STORE.offsetMetres(900, 700);

  @Inject AgroalDataSource database;
  @Inject EventProducer producer;
  @Inject Tx tx;
  @Inject CityClock clock;
  @Inject WallClock wall;
  @Inject WaveRound round;
  @Inject AreaLeases leases;
  @Inject Offering offering;

  @ConfigProperty(name = "test.geo.port")
  int geoPort;

  @ConfigProperty(name = "shanpai.keys.dir")
  Path keys;

  GeoStandIn geo;
  String area;

  @BeforeEach
  void freshArea() {
    geo = GeoStandIn.on(geoPort);
    geo.clear();
    area = "a-" + unique();
    run("delete from area_mode");
    run("update rider_work set online = false, online_since = null where online");
  }

  static String unique() {
    return UUID.randomUUID().toString().substring(0, 13);
  }

  // --- what comes in ---

  /** An order as order-service tells it; vary it with {@link #send(OrderState)}. */
  OrderState order(String id) {
    Instant now = clock.now();
    return OrderStateBuilder.builder()
        .orderId(new OrderId("o-" + id))
        .cityId(CITY)
        .merchantId(new MerchantId("m-1"))
        .storeId(new StoreId("s-" + area))
        .areaId(new AreaId(area))
        .version(1)
        .status(OrderStatus.CREATED)
        .pickup(STORE)
        .dropoff(DOOR)
        .loadUnits(2)
        .weightGrams(1500)
        .needs(Set.of())
        .goodsValue(Money.ofFen(5000))
        .deliveryFee(Money.ofFen(600))
        .createdAt(now)
        .promise(new TimeWindow(now, now.plusSeconds(1800)))
        .expectedReadyAt(now.minusSeconds(60))
        .build();
  }

  void send(OrderState order) {
    send(EventType.ORDER_STATE, order.orderId().value(), order.version(), order);
  }

  <T> void send(EventType<T> type, String key, long version, T data) {
    send(
        type.topic().text(),
        key,
        Envelopes.write(
            new Event<>(
                UUID.randomUUID(),
                type,
                CITY,
                key,
                version,
                clock.now(),
                wall.now(),
                null,
                null,
                data)));
  }

  void send(String topic, String key, String text) {
    producer.send(new ProducerRecord<>(topic, key, text), failure -> {});
  }

  /** An order is placed; returns its job. */
  String openJob() {
    String id = unique();
    send(order(id));
    eventually(
        () -> assertThat(text("select status from job where id = ?", "j-" + id)).isEqualTo("OPEN"));
    return "j-" + id;
  }

  /** Several at once: waiting for Kafka one by one would take the time of a test. */
  List<String> openJobs(int number) {
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      String id = unique();
      send(order(id));
      jobs.add("j-" + id);
    }
    eventually(
        () ->
            assertThat(
                    count("select count(*) from job where area_id = ? and status = 'OPEN'", area))
                .isEqualTo(number));
    return jobs;
  }

  /** A rider is known, online, and pings at the store. */
  String onlineRider() {
    return onlineRider(STORE);
  }

  String onlineRider(GeoPoint place) {
    return onlineRider(place, Pools.CROWDSOURCED);
  }

  String onlineRider(GeoPoint place, String pool) {
    String rider = "r-" + unique();
    send(
        EventType.RIDER_STATE,
        rider,
        1,
        new RiderState(new RiderId(rider), CITY, 1, "骑手", pool, 8, Set.of(), 70_000, true));
    eventually(
        () ->
            assertThat(count("select count(*) from rider_work where rider_id = ?", rider)).isOne());
    asRider(rider)
        .body(Map.of("online", true, "place", place))
        .put("/internal/v1/riders/" + rider + "/online")
        .then()
        .statusCode(200);
    geo.put(area, rider, place, clock.now());
    return rider;
  }

  // --- what riders do ---

  io.restassured.specification.RequestSpecification asRider(String rider) {
    return asRider(rider, unique());
  }

  /** With an idempotency key of the test's own. */
  io.restassured.specification.RequestSpecification asRider(String rider, String key) {
    String token =
        new TokenIssuer("rider-service", keys, wall)
            .issueForService("dispatch-service", rider, Duration.ofMinutes(5));
    return given()
        .header("Authorization", "Bearer " + token)
        .header("Idempotency-Key", key)
        .contentType("application/json");
  }

  io.restassured.specification.RequestSpecification asOperator(String... roles) {
    String token =
        new TokenIssuer("control-room", keys, wall)
            .issue("op-1", Set.of(roles), Duration.ofMinutes(5), Map.of());
    return given()
        .header("Authorization", "Bearer " + token)
        .header("Idempotency-Key", unique())
        .contentType("application/json");
  }

  ValidatableResponse accept(String rider, String offer) {
    return asRider(rider)
        .body(Map.of("riderId", rider))
        .post("/internal/v1/offers/" + offer + "/accept")
        .then();
  }

  ValidatableResponse decline(String rider, String offer) {
    return asRider(rider)
        .body(Map.of("riderId", rider, "reason", "TOO_FAR"))
        .post("/internal/v1/offers/" + offer + "/decline")
        .then();
  }

  ValidatableResponse step(String rider, String job, long epoch, String step) {
    return asRider(rider)
        .body(Map.of("riderId", rider, "epoch", epoch, "step", step))
        .post("/internal/v1/jobs/" + job + "/steps")
        .then();
  }

  // --- what dispatch does ---

  Lease lease() {
    return tx.await(() -> leases.acquire(area, "test")).orElseThrow();
  }

  WaveRound.Result wave() {
    Lease lease = lease();
    return tx.await(() -> round.run(lease, 0));
  }

  /** Waves until the job is offered. */
  String offerOf(String job) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              wave();
              assertThat(text("select status from job where id = ?", job)).isEqualTo("OFFERED");
            });
    return text("select offer_id from job where id = ?", job);
  }

  /** A job that a rider has accepted. */
  String assignedJob(String rider) {
    String job = openJob();
    String offer = offerOf(job);
    assertThat(text("select rider_id from offer where id = ?", offer)).isEqualTo(rider);
    accept(rider, offer).statusCode(200);
    return job;
  }

  /** What a wave would offer, with the versions as they are now; for races. */
  OfferDraft draft(String job, String rider) {
    Route route = Route.EMPTY;
    Instant now = clock.now();
    for (var kind :
        List.of(
            org.shanpai.contracts.event.RouteStop.Kind.PICKUP,
            org.shanpai.contracts.event.RouteStop.Kind.DROPOFF)) {
      route =
          route.then(
              new org.shanpai.dispatch.work.PlannedStop(
                  job, kind, STORE, 60, 60, null, now, now, now, false),
              now);
    }
    return new OfferDraft(
        "w-" + unique(),
        area,
        rider,
        count("select version from rider_work where rider_id = ?", rider),
        List.of(
            new OfferDraft.DraftJob(
                job,
                count("select epoch from job where id = ?", job),
                now.plusSeconds(60),
                now.plusSeconds(180))),
        route,
        CROWD,
        "test",
        List.of());
  }

  long epoch(String job) {
    return count("select epoch from job where id = ?", job);
  }

  String status(String job) {
    return text("select status from job where id = ?", job);
  }

  /** The states of a job as told, in order: {@code STATUS/reason}. */
  List<String> told(String job) {
    return texts(
        "select cast(payload as jsonb) #>> '{data,status}' || '/' ||"
            + " coalesce(cast(payload as jsonb) #>> '{data,reason}', '')"
            + " from outbox where topic = 'shanpai.job' and key = ? order by seq",
        job);
  }

  void eventually(org.awaitility.core.ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(assertion);
  }

  // --- rows ---

  long count(String sql, Object... arguments) {
    return Long.parseLong(text(sql, arguments));
  }

  String text(String sql, Object... arguments) {
    List<String> all = texts(sql, arguments);
    return all.isEmpty() ? null : all.get(0);
  }

  List<String> texts(String sql, Object... arguments) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = bind(connection, sql, arguments);
        ResultSet rows = statement.executeQuery()) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  void run(String sql, Object... arguments) {
    try {
      tryRun(sql, arguments);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  void tryRun(String sql, Object... arguments) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = bind(connection, sql, arguments)) {
      statement.executeUpdate();
    }
  }

  private static PreparedStatement bind(Connection connection, String sql, Object... arguments)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }

  /** The order's next state with some fields changed. */
  OrderState changed(OrderState order, Map<String, Object> fields) {
    Map<String, Object> all =
        new HashMap<>(
            org.shanpai.messaging.Json.mapper()
                .convertValue(
                    order,
                    new com.fasterxml.jackson.core.type.TypeReference<
                        LinkedHashMap<String, Object>>() {}));
    all.put("version", order.version() + 1);
    all.putAll(fields);
    return org.shanpai.messaging.Json.mapper().convertValue(all, OrderState.class);
  }
}
