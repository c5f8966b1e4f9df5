package org.shanpai.order.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;
import org.shanpai.order.live.EventLine.Received;

@QuarkusTest
class OrderStreamIT extends OrderServiceScenario {

  @Inject MerchantStreams streams;

  @TestHTTPResource("/")
  String base;

  private EventLine open(Shop shop, Long last) throws Exception {
    return EventLine.open(base.replaceAll("/$", ""), shop.token(), last);
  }

  /** A new stream, once everything from now on comes. */
  private EventLine ready(Shop shop) throws Exception {
    EventLine line = open(shop, null);
    eventually(() -> assertThat(line.names()).startsWith(LiveEvent.READY));
    return line;
  }

  private static List<Long> ids(List<Received> events) {
    return events.stream().map(Received::id).toList();
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void ordersAreToldAsTheyChangeAndOnlyToTheirMerchant() throws Exception {
    Shop shop = shop();
    Shop other = shop();
    try (EventLine line = ready(shop);
        EventLine theirs = ready(other)) {
      String id = created(shop);
      send(JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-1"));
      as(shop.token()).body("{}").post("/v1/orders/" + id + "/ready");
      eventually(() -> assertThat(line.received).hasSize(4));
      assertThat(line.names().subList(1, 4))
          .containsExactlyInAnyOrder("order.created", "order.status", "order.update");
      assertThat(line.received.subList(1, 4).stream().map(Received::version).toList())
          .containsExactly(1L, 2L, 3L);
      assertThat(line.received.subList(1, 4)).allMatch(event -> event.orderId().equals(id));
      assertThat(line.received.get(1).data()).doesNotContain("Hidden", "13912345678", "Code");
      assertThat(theirs.received).hasSize(1);
    }
  }

  @Test
  void whoComesBackGetsWhatWasMissedOnceAndInOrderAlsoAfterARestart() throws Exception {
    Shop shop = shop();
    long first;
    String id = created(shop);
    try (EventLine line = ready(shop)) {
      first = line.received.get(0).id();
      send(JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-1"));
      eventually(() -> assertThat(line.received).hasSize(2));
      // As a service that stops: every line ends.
      streams.hangUp();
      eventually(() -> assertThat(line.ended).isTrue());
    }
    send(JobFixture.of(id, 2, JobStatus.AT_STORE, "r-1"));
    send(JobFixture.of(id, 3, JobStatus.PICKED_UP, "r-1"));
    eventually(() -> assertThat(get(shop, id).<String>path("status")).isEqualTo("PICKED_UP"));
    try (EventLine line = open(shop, first)) {
      eventually(() -> assertThat(line.received).hasSize(3));
      send(JobFixture.of(id, 4, JobStatus.AT_CUSTOMER, "r-1"));
      eventually(() -> assertThat(line.received).hasSize(4));
      assertThat(ids(line.received)).isEqualTo(range(first + 1, first + 4));
      assertThat(line.received.stream().map(Received::version).toList())
          .containsExactly(2L, 3L, 4L, 5L);
    }
  }

  @Test
  void whatAnotherReplicaCommitsComesInTheOrderOfTheCommits() throws Exception {
    Shop shop = shop();
    try (EventLine line = ready(shop);
        Connection slow = database.getConnection();
        Connection fast = database.getConnection()) {
      long start = line.received.get(0).id();
      slow.setAutoCommit(false);
      // Written first, committed last: a reader that went by ids would never see it.
      write(slow, shop, "slow");
      write(fast, shop, "fast");
      eventually(() -> assertThat(line.received).hasSize(2));
      slow.commit();
      eventually(() -> assertThat(line.received).hasSize(3));
      assertThat(line.received.subList(1, 3).stream().map(Received::data).toList())
          .containsExactly("{\"n\":\"fast\"}", "{\"n\":\"slow\"}");
      assertThat(ids(line.received)).isEqualTo(range(start, start + 2));
    }
  }

  private static void write(Connection connection, Shop shop, String name) throws Exception {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into merchant_event (merchant_id, type, body, wall_at)"
                + " values (?, 'order.status', ?, now())")) {
      insert.setString(1, shop.merchantId());
      insert.setString(2, "{\"n\":\"" + name + "\"}");
      insert.execute();
    }
  }

  @Test
  void comingAndGoingWhileOrdersChangeLosesNothing() throws Exception {
    Shop shop = shop();
    Long last;
    try (EventLine line = ready(shop)) {
      last = line.received.get(0).id();
    }
    long start = last;
    int orders = 40;
    Thread busy =
        new Thread(
            () -> {
              for (int i = 0; i < orders; i++) {
                String id = created(shop);
                send(JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-1"));
                send(JobFixture.of(id, 2, JobStatus.AT_STORE, "r-1"));
              }
            });
    busy.start();
    List<Received> seen = new ArrayList<>();
    while (seen.size() < orders * 3) {
      int wanted = Math.min(orders * 3, seen.size() + 17);
      try (EventLine line = open(shop, last)) {
        int before = seen.size();
        eventually(() -> assertThat(before + line.received.size()).isGreaterThanOrEqualTo(wanted));
        seen.addAll(List.copyOf(line.received));
      }
      last = seen.get(seen.size() - 1).id();
    }
    busy.join();
    assertThat(ids(seen)).isEqualTo(range(start + 1, start + orders * 3));
    Map<String, Long> versions = new HashMap<>();
    for (Received event : seen) {
      long before = versions.getOrDefault(event.orderId(), 0L);
      assertThat(event.version()).isEqualTo(before + 1);
      versions.put(event.orderId(), event.version());
    }
    assertThat(versions).hasSize(orders);
  }

  @Test
  void whatIsNoLongerStoredIsToldAsAReset() throws Exception {
    Shop shop = shop();
    String id = created(shop);
    long first;
    try (EventLine line = ready(shop)) {
      first = line.received.get(0).id();
      send(JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-1"));
      send(JobFixture.of(id, 2, JobStatus.AT_STORE, "r-1"));
      eventually(() -> assertThat(line.received).hasSize(3));
    }
    execute(
        "delete from merchant_event where merchant_id = '"
            + shop.merchantId()
            + "' and seq = "
            + (first + 1));
    for (long unusable : new long[] {first, first + 99}) {
      try (EventLine line = open(shop, unusable)) {
        eventually(() -> assertThat(line.names()).containsExactly(LiveEvent.RESET));
        assertThat(line.received.get(0).id()).isEqualTo(first + 2);
      }
    }
    try (EventLine line = open(shop, first + 1)) {
      eventually(() -> assertThat(ids(line.received)).containsExactly(first + 2));
    }
    // Who has not listened for days costs nothing, and cannot go on as if all were there.
    execute(
        "update merchant_stream set listening = false where merchant_id = '"
            + shop.merchantId()
            + "'");
    send(JobFixture.of(id, 3, JobStatus.PICKED_UP, "r-1"));
    eventually(() -> assertThat(get(shop, id).<String>path("status")).isEqualTo("PICKED_UP"));
    assertThat(
            count("select count(*) from merchant_event where merchant_id = ?", shop.merchantId()))
        .isEqualTo(1);
    try (EventLine line = open(shop, first + 2)) {
      eventually(() -> assertThat(line.names()).containsExactly(LiveEvent.RESET));
    }
  }

  @Test
  void aMerchantThatNeverListensCostsNothingAndStreamsAreFew() throws Exception {
    Shop shop = shop();
    created(shop);
    assertThat(
            count("select count(*) from merchant_event where merchant_id = ?", shop.merchantId()))
        .isZero();
    List<EventLine> lines = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        lines.add(ready(shop));
      }
      assertThat(
              as(shop.token())
                  .header("Accept", "text/event-stream")
                  .get("/v1/order-stream")
                  .statusCode())
          .isEqualTo(429);
    } finally {
      lines.forEach(EventLine::close);
    }
    problem(
        as(shop.token()).header("Last-Event-ID", "soon").get("/v1/order-stream"),
        400,
        "Last-Event-ID");
    given().get("/v1/order-stream").then().statusCode(401);
    problem(as(token("rider-service", "r-1", "rider")).get("/v1/order-stream"), 403, null);
  }

  @Test
  void aSandboxOrderTellsItsWholeLifeMarkedAsSuch() throws Exception {
    Shop shop = shop();
    try (EventLine line = ready(shop)) {
      var body = order(shop);
      body.putObject("sandbox").put("play", "DELIVERED").put("pace", "INSTANT");
      create(shop, unique(), body).then().statusCode(201);
      eventually(() -> assertThat(line.received).hasSize(8));
      assertThat(
              line.received.subList(1, 8).stream()
                  .map(event -> event.body().at("/data/status").asText())
                  .toList())
          .containsExactly(
              "CREATED",
              "DISPATCHING",
              "RIDER_ASSIGNED",
              "RIDER_AT_STORE",
              "PICKED_UP",
              "RIDER_AT_CUSTOMER",
              "DELIVERED");
      assertThat(line.received.subList(1, 8))
          .allMatch(event -> event.body().at("/data/sandbox").asBoolean());
    }
  }

  @Test
  void aReaderThatDoesNotReadIsCut() throws Exception {
    Shop shop = shop();
    try (var socket = new java.net.Socket("127.0.0.1", java.net.URI.create(base).getPort())) {
      socket.setReceiveBufferSize(4_096);
      socket
          .getOutputStream()
          .write(
              ("GET /v1/order-stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                      + shop.token()
                      + "\r\nAccept: text/event-stream\r\n\r\n")
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      eventually(() -> assertThat(streams.openStreams(shop.merchantId())).isOne());
      eventually(
          () ->
              assertThat(
                      count(
                          "select count(*) from merchant_stream where merchant_id = ?",
                          shop.merchantId()))
                  .isEqualTo(1));
      execute(
          "insert into merchant_event (merchant_id, type, body, wall_at) select '"
              + shop.merchantId()
              + "', 'order.status', '{\"x\":\"' || repeat('y', 9000) || '\"}', now()"
              + " from generate_series(1, 4000)");
      eventually(() -> assertThat(streams.openStreams(shop.merchantId())).isZero());
    }
  }
}
