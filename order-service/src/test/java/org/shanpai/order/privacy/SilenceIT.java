package org.shanpai.order.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.Topic;
import org.shanpai.openapi.AnswerContract;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;
import org.shanpai.servers.ServersTestResource;

/** Nothing personal gets out: into no log line, no event, no table but sealed. */
@QuarkusTest
class SilenceIT extends OrderServiceScenario {

  private final String mark = unique().replace("-", "");
  private final String name = "Nina" + mark;
  private final String address = "Nowhere Street " + mark;
  private final String phone =
      "177" + String.format("%08d", Math.floorMod(mark.hashCode(), 100_000_000));

  private ObjectNode body(Shop shop) {
    ObjectNode body = order(shop);
    ((ObjectNode) body.get("dropoff"))
        .put("address", address)
        .put("contactName", name)
        .put("contactPhone", phone);
    return body;
  }

  private boolean tells(String text) {
    return text.contains(mark) || text.contains(phone);
  }

  /** A whole life, and whatever can be refused about an order. */
  private String lives(Shop shop) {
    ObjectNode body = body(shop);
    String key = unique();
    String id = create(shop, key, body).then().statusCode(201).extract().path("orderId");
    create(shop, key, body).then().statusCode(201);
    create(shop, key, body.deepCopy().put("merchantOrderNo", "other")).then().statusCode(422);
    ObjectNode bad = body.deepCopy();
    ((ObjectNode) bad.get("dropoff")).put("contactPhone", phone + " call " + name);
    create(shop, unique(), bad).then().statusCode(400);
    ObjectNode far = body.deepCopy();
    ((ObjectNode) far.get("dropoff").get("place")).put("lat", LAT + 1);
    create(shop, unique(), far).then().statusCode(422);
    as(shop.token())
        .header("Idempotency-Key", unique())
        .body("{\"dropoff\": {\"address\": \"" + address + "\", \"contactName\": " + name)
        .post("/v1/orders")
        .then()
        .statusCode(400);
    String rider = "r-" + mark;
    send(JobFixture.of(id, 2, JobStatus.ASSIGNED, "r-1").epoch(1));
    eventually(() -> assertThat(get(shop, id).<String>path("riderId")).isEqualTo("r-1"));
    as(riderServiceToken("r-1")).get("/internal/v1/orders/" + id + "/contact?epoch=1");
    assertThat(rider).contains(mark);
    send(JobFixture.of(id, 3, JobStatus.CANCELLED, null).because("TEST", Fault.CUSTOMER).epoch(2));
    eventually(() -> assertThat(get(shop, id).<String>path("status")).isEqualTo("CANCELLED"));
    as(shop.token()).body(Map.of("contactPhone", phone)).post("/v1/orders/by-phone");
    return id;
  }

  @Test
  void nothingPersonalIsLoggedSentOrStoredPlain() {
    Shop shop = shop();
    List<String> lines = new CopyOnWriteArrayList<>();
    SimpleFormatter formatter = new SimpleFormatter();
    Handler ear =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(formatter.format(line));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(ear);
    String id;
    try {
      Logger.getLogger("org.shanpai.test").warning("the ear hears " + mark);
      id = lives(shop);
      // A row that does not open is the worst case for a log line.
      execute(
          "update order_contact set sealed = overlay(sealed placing 'AAAA' from 12 for 4) where"
              + " order_id = '"
              + id
              + "'");
      as(shop.token())
          .noFiltersOfType(AnswerContract.class)
          .get("/v1/orders/" + id + "/contact")
          .then()
          .statusCode(500);
    } finally {
      root.removeHandler(ear);
    }
    assertThat(lines).anyMatch(line -> line.contains("the ear hears"));
    assertThat(lines.stream().filter(line -> !line.contains("the ear hears")))
        .noneMatch(this::tells);
    eventually(
        () -> assertThat(count("select count(*) from outbox where sent_at is null")).isZero());
    List<ConsumerRecord<String, String>> told = everything();
    assertThat(told).anyMatch(event -> event.key().equals(id));
    assertThat(told).noneMatch(event -> tells(event.key() + event.value()));
    for (String table :
        column(
            "select table_name from information_schema.tables where table_schema = 'public' and"
                + " table_type = 'BASE TABLE'")) {
      assertThat(
              column(
                  "select t::text from \"" + table + "\" t where t::text like ? or t::text like ?",
                  "%" + mark + "%",
                  "%" + phone + "%"))
          .as(table)
          .isEmpty();
    }
    execute("delete from order_contact where order_id = '" + id + "'");
  }

  private static List<ConsumerRecord<String, String>> everything() {
    List<ConsumerRecord<String, String>> all = new ArrayList<>();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", ServersTestResource.kafka().bootstrap());
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      var partitions =
          java.util.Arrays.stream(Topic.values())
              .flatMap(topic -> consumer.partitionsFor(topic.text()).stream())
              .map(
                  info ->
                      new org.apache.kafka.common.TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<org.apache.kafka.common.TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(all::add);
      }
    }
    return all;
  }
}
