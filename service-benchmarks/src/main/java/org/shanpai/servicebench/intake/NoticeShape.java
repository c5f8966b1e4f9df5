package org.shanpai.servicebench.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStateBuilder;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Envelopes;
import org.shanpai.messaging.Event;
import org.shanpai.servicebench.RuleBroken;

/**
 * How a queued notice is written: the row that a real change of status has left, and how to write
 * more like it.
 */
final class NoticeShape {

  private static final String TABLE = "webhook_delivery";
  private static final int PATIENCE_SECONDS = 30;

  private final String merchant;
  private final String order;
  private final String delivery;
  private final List<String> columns;
  private final List<Object> values;

  private NoticeShape(
      String merchant, String order, String delivery, List<String> columns, List<Object> values) {
    this.merchant = merchant;
    this.order = order;
    this.delivery = delivery;
    this.columns = columns;
    this.values = values;
  }

  /** Lets dispatch say over Kafka that an order's job goes on, and waits for the webhook of it. */
  static NoticeShape ofARealOne(
      IntakeRig rig, Connection database, NoticeReceiver receiver, String merchant)
      throws SQLException {
    String order = anOrder(database, merchant);
    CountDownLatch arrived = new CountDownLatch(1);
    String[] delivery = new String[1];
    receiver.listen(
        (id, nanos) -> {
          delivery[0] = id;
          arrived.countDown();
        });
    Event<JobState> event = event(order, merchant);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + rig.kafkaPort()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(
          new ProducerRecord<>(event.type().topic().text(), order, Envelopes.write(event)));
    }
    try {
      if (!arrived.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new RuleBroken(
            "No webhook tells of a job's change within %d s.".formatted(PATIENCE_SECONDS));
      }
      // Its row is whole once the answer is noted.
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RuleBroken("Interrupted.");
    }
    return read(database, merchant, order, delivery[0]);
  }

  private static String anOrder(Connection database, String merchant) throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement("select min(order_id) from orders where merchant_id = ?")) {
      statement.setString(1, merchant);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        return found.getString(1);
      }
    }
  }

  private static NoticeShape read(
      Connection database, String merchant, String order, String delivery) throws SQLException {
    List<OrderRows.Row> rows = new ArrayList<>();
    List<String> columns = OrderRows.tables(database).get(TABLE);
    OrderRows.read(database, TABLE, columns, "delivery_id", delivery, rows);
    List<String> names = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    OrderRows.Row row = rows.get(0);
    for (int i = 0; i < row.columns().size(); i++) {
      String name = row.columns().get(i);
      // What the answer has left is not there yet.
      if (!List.of("last_status", "last_error", "wall_ended_at", "attempts").contains(name)) {
        names.add(name);
        values.add(row.values().get(i));
      }
    }
    return new NoticeShape(merchant, order, delivery, names, values);
  }

  private static Event<JobState> event(String order, String merchant) {
    Instant now = WallClock.system().now();
    org.shanpai.contracts.GeoPoint place = Shops.CITY.at(1_000, 1_000);
    JobState job =
        JobStateBuilder.builder()
            .jobId(new JobId("j-" + order.substring(2)))
            .orderId(new OrderId(order))
            .cityId(new CityId("city-1"))
            .areaId(new AreaId(IntakeRig.AREA))
            .storeId(new StoreId("s-bench"))
            .merchantId(new MerchantId(merchant))
            .version(1)
            .status(JobStatus.OPEN)
            .pickup(place)
            .dropoff(place)
            .loadUnits(1)
            .promise(new TimeWindow(now, now.plusSeconds(1_800)))
            .createdAt(now)
            .expectedReadyAt(now)
            .reason("CREATED")
            .fault(Fault.NONE)
            .basePay(Money.ofFen(500))
            .build();
    return new Event<>(
        UUID.randomUUID(), EventType.JOB_STATE, job.cityId(), order, 1, now, now, null, null, job);
  }

  /** Orders of merchants with an endpoint, the oldest first. */
  List<String> orders(Connection database, int most) throws SQLException {
    List<String> orders = new ArrayList<>();
    try (PreparedStatement statement =
        database.prepareStatement("select order_id from orders order by order_id limit ?")) {
      statement.setInt(1, most);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          orders.add(found.getString(1));
        }
      }
    }
    return orders;
  }

  PreparedStatement insert(Connection database) throws SQLException {
    return database.prepareStatement(
        "insert into %s (%s) values (%s?)"
            .formatted(TABLE, String.join(", ", columns), "?, ".repeat(columns.size() - 1)));
  }

  /**
   * Adds a notice to the batch.
   *
   * @param version of the order
   */
  void add(
      PreparedStatement insert,
      String id,
      String forMerchant,
      String ofOrder,
      long version,
      Timestamp now)
      throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      Object value = values.get(i);
      insert.setObject(
          i + 1,
          switch (columns.get(i)) {
            case "state" -> "PENDING";
            case "order_version" -> version;
            default ->
                value instanceof Timestamp
                    ? now
                    : value instanceof String text
                        ? text.replace(delivery, id)
                            .replace(order, ofOrder)
                            .replace(merchant, forMerchant)
                        : value;
          });
    }
    insert.addBatch();
  }
}
