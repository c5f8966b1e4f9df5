package org.shanpai.geo.revision;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import org.shanpai.messaging.Tx;

/**
 * Counts the changes of what every replica holds in memory. Raised in the transaction of the
 * change, so a replica that reads a number has everything behind it.
 *
 * <p>Kafka is no help here: a service's replicas share one consumer group, and an event reaches one
 * of them.
 */
@ApplicationScoped
public class Revisions {

  /** What is counted. */
  public enum Kind {
    AREA("area"),
    WEATHER("weather"),
    STORE("store"),
    /** Stores and buildings. */
    LESSON("lesson"),
    /** Travel times. */
    LEG("leg"),
    ZONE("zone");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private final Tx tx;

  public Revisions(Tx tx) {
    this.tx = tx;
  }

  /** Makes other changes of that kind wait for the end of this transaction. */
  public Uni<Void> lock(Kind kind) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select value from revision where kind = :kind for update", Long.class)
                    .setParameter("kind", kind.text)
                    .getSingleResult())
        .replaceWithVoid();
  }

  /** Tells all replicas, once this transaction commits, to read that kind anew. */
  public Uni<Void> raise(Kind kind) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery("update revision set value = value + 1 where kind = :kind")
                    .setParameter("kind", kind.text)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** All numbers; inside {@link Tx#read}. */
  Uni<Map<Kind, Long>> list() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery("select kind, value from revision", Object[].class)
                    .getResultList())
        .map(
            rows -> {
              Map<Kind, Long> revisions = new EnumMap<>(Kind.class);
              for (Object[] row : rows) {
                revisions.put(
                    Kind.valueOf(row[0].toString().toUpperCase(java.util.Locale.ROOT)),
                    ((Number) row[1]).longValue());
              }
              return revisions;
            });
  }
}
