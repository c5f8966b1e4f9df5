package org.shanpai.messaging;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    int bucket = Math.floorMod(key.hashCode(), BUCKETS);
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
    Set<Integer> buckets = new HashSet<>();
    List<Map<String, Object>> rows = new ArrayList<>(facts.size());
    for (Fact<T> fact : facts) {
      int bucket = Math.floorMod(fact.key().hashCode(), BUCKETS);
      buckets.add(bucket);
      Event<T> event =
          new Event<>(
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
      rows.add(Map.of("b", bucket, "k", fact.key(), "p", Envelopes.write(event)));
    }
    tx.afterCommit(() -> buckets.forEach(relay::wake));
    String json = Json.write(rows);
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into outbox (bucket, topic, key, payload, created_at)"
                            + " select b, :topic, k, p, :at from"
                            + " json_to_recordset(cast(cast(:rows as text) as json))"
                            + " as r (b smallint, k text, p text)")
                    .setParameter("topic", type.topic().text())
                    .setParameter("at", wall.now())
                    .setParameter("rows", json)
                    .executeUpdate())
        .replaceWithVoid();
  }

  private static String traceparent() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid()
        ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex()
        : null;
  }
}
