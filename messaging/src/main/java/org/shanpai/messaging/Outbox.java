package org.shanpai.messaging;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;

/**
 * Publishes events exactly when, and only if, the change they tell is committed: the event is a row
 * of the same transaction; the {@link OutboxRelay} brings it to Kafka.
 */
@ApplicationScoped
public class Outbox {

  /** One relay for each bucket of keys keeps an aggregate's events in order. */
  static final int BUCKETS = 4;

  private static final Statement INSERT =
      Statement.of(
          "insert into outbox (bucket, topic, key, payload, created_at)"
              + " values (:bucket, :topic, :key, :payload, :at)");

  private static final Statement INSERT_ALL =
      Statement.of(
          "insert into outbox (bucket, topic, key, payload, created_at)"
              + " select b, :topic, k, p, :at"
              + " from unnest(:buckets::int[], :keys::text[], :payloads::text[]) as r (b, k, p)");

  private final Tx tx;
  private final City city;
  private final CityClock cityClock;
  private final WallClock wall;
  private final OutboxRelay relay;

  public Outbox(Tx tx, City city, CityClock cityClock, WallClock wall, OutboxRelay relay) {
    this.tx = tx;
    this.city = city;
    this.cityClock = cityClock;
    this.wall = wall;
    this.relay = relay;
  }

  /**
   * Adds an event to the present transaction.
   *
   * @param key the aggregate's id
   * @param version of the state told; 0 for facts
   * @throws IllegalStateException outside {@link Tx#write}
   */
  public <T> Uni<Void> append(EventType<T> type, String key, long version, T data) {
    return append(type, key, version, data, null);
  }

  /**
   * @param actor who caused it; null when the platform itself did
   */
  public <T> Uni<Void> append(EventType<T> type, String key, long version, T data, String actor) {
    int bucket = bucketOf(key);
    tx.afterCommit(() -> relay.wake(bucket));
    Event<T> event =
        new Event<>(
            UUID.randomUUID(),
            type,
            city.id(),
            key,
            version,
            cityClock.now(),
            wall.now(),
            actor,
            traceparent(),
            data);
    String payload = Envelopes.write(event);
    return tx.update(
            INSERT
                .filled()
                .with("bucket", (short) bucket)
                .with("topic", type.topic().text())
                .with("key", key)
                .with("payload", payload)
                .with("at", wall.now()))
        .replaceWithVoid();
  }

  /**
   * A fact for {@link #appendAll}.
   *
   * @param key the aggregate's id
   */
  public record Fact<T>(String key, T data) {}

  /**
   * Adds many facts to the present transaction in one statement; in this order.
   *
   * @throws IllegalStateException outside {@link Tx#write}
   */
  public <T> Uni<Void> appendAll(EventType<T> type, List<Fact<T>> facts) {
    if (facts.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    String trace = traceparent();
    Columns<Fact<T>> columns = Columns.of(facts);
    Integer[] buckets = columns.ints(fact -> bucketOf(fact.key()));
    Set<Integer> filled = new HashSet<>(List.of(buckets));
    tx.afterCommit(() -> filled.forEach(relay::wake));
    return tx.update(
            INSERT_ALL
                .filled()
                .with("topic", type.topic().text())
                .with("at", wall.now())
                .with("buckets", buckets)
                .with("keys", columns.texts(Fact::key))
                .with("payloads", columns.texts(fact -> Envelopes.write(event(type, fact, trace)))))
        .replaceWithVoid();
  }

  private <T> Event<T> event(EventType<T> type, Fact<T> fact, String trace) {
    return new Event<>(
        UUID.randomUUID(),
        type,
        city.id(),
        fact.key(),
        0,
        cityClock.now(),
        wall.now(),
        null,
        trace,
        fact.data());
  }

  private static int bucketOf(String key) {
    return Math.floorMod(key.hashCode(), BUCKETS);
  }

  private static String traceparent() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid()
        ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex()
        : null;
  }
}
