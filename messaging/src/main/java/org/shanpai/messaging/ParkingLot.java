package org.shanpai.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.WallClock;

/**
 * Where messages wait that could not be taken, and those of the same aggregate behind them, each
 * with the reason, until an operator mends and replays them. Nothing is dropped and nobody else
 * waits.
 */
@ApplicationScoped
public class ParkingLot {

  private static final Logger LOG = Logger.getLogger(ParkingLot.class);

  /**
   * A parked message.
   *
   * @param parkedAt wall time
   */
  public record Parked(
      long id,
      String topic,
      int partition,
      long offset,
      String key,
      String type,
      String payload,
      String reason,
      Instant parkedAt) {}

  private static final String COLUMNS =
      "id, topic, kafka_partition, kafka_offset, key, type, payload, reason, parked_at";

  private final Tx tx;
  private final WallClock wall;
  private final MeterRegistry metrics;

  public ParkingLot(Tx tx, WallClock wall, MeterRegistry metrics) {
    this.tx = tx;
    this.wall = wall;
    this.metrics = metrics;
  }

  /** The aggregate a record belongs to; a record without a key is its own. */
  static String keyOf(ConsumerRecord<String, String> message) {
    return message.key() != null
        ? message.key()
        : message.topic() + "/" + message.partition() + "/" + message.offset();
  }

  /** Those of the keys that have a message waiting. */
  Uni<Set<String>> waiting(Collection<String> keys) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select distinct key from parked"
                            + " where replayed_at is null and key = any(:keys)",
                        String.class)
                    .setParameter("keys", keys.toArray(String[]::new))
                    .getResultList())
        .map(HashSet::new);
  }

  /** Parks a message in the present transaction; once, however often it comes. */
  Uni<Void> park(ConsumerRecord<String, String> message, String type, String reason) {
    LOG.errorf(
        "Parked %s/%d/%d (key %s): %s",
        message.topic(), message.partition(), message.offset(), message.key(), reason);
    metrics.counter("shanpai.inbox.parked", "topic", message.topic()).increment();
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into parked (topic, kafka_partition, kafka_offset, key, type,"
                            + " payload, reason, parked_at) values (:topic, :partition, :offset,"
                            + " :key, :type, :payload, :reason, :at) on conflict do nothing")
                    .setParameter("topic", message.topic())
                    .setParameter("partition", message.partition())
                    .setParameter("offset", message.offset())
                    .setParameter("key", keyOf(message))
                    .setParameter("type", type == null ? "" : type)
                    .setParameter("payload", storable(message.value()))
                    .setParameter("reason", storable(reason))
                    .setParameter("at", wall.now())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** PostgreSQL text takes every character but NUL. */
  private static String storable(String text) {
    return text == null ? "" : text.replace('\u0000', '\uFFFD');
  }

  /** The oldest waiting messages, at most so many. */
  public Uni<List<Parked>> list(int limit) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select " + COLUMNS + " from parked where replayed_at is null order by id",
                        Object[].class)
                    .setMaxResults(limit)
                    .getResultList())
        .map(rows -> rows.stream().map(ParkingLot::parked).toList());
  }

  /** All waiting messages of the aggregate of this one, oldest first. */
  Uni<List<Parked>> aggregateOf(long id) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select "
                            + COLUMNS
                            + " from parked where replayed_at is null and key ="
                            + " (select key from parked where id = :id) order by id for update",
                        Object[].class)
                    .setParameter("id", id)
                    .getResultList())
        .map(rows -> rows.stream().map(ParkingLot::parked).toList());
  }

  /** Replaces the text of a waiting message by a mended one. */
  public Uni<Void> mend(long id, String payload) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update parked set payload = :payload"
                            + " where id = :id and replayed_at is null")
                    .setParameter("payload", payload)
                    .setParameter("id", id)
                    .executeUpdate())
        .invoke(
            rows -> {
              if (rows == 0) {
                throw Problem.notFound("parked message " + id);
              }
            })
        .replaceWithVoid();
  }

  Uni<Void> markReplayed(long id) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery("update parked set replayed_at = :at where id = :id")
                    .setParameter("at", wall.now())
                    .setParameter("id", id)
                    .executeUpdate())
        .replaceWithVoid();
  }

  private static Parked parked(Object[] r) {
    return new Parked(
        ((Number) r[0]).longValue(),
        (String) r[1],
        ((Number) r[2]).intValue(),
        ((Number) r[3]).longValue(),
        (String) r[4],
        (String) r[5],
        (String) r[6],
        (String) r[7],
        Instants.of(r[8]));
  }
}
