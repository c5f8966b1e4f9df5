package org.shanpai.geo.learning.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.geo.learning.Due;
import org.shanpai.messaging.Tx;

/**
 * What must be learned anew; every call inside a transaction. Whoever takes something holds no lock
 * meanwhile, only a lease; what comes meanwhile makes it due again.
 */
@ApplicationScoped
public class DueTable {

  private final Tx tx;

  public DueTable(Tx tx) {
    this.tx = tx;
  }

  /**
   * @param at city time from which on it is to be learned; an earlier one that stands stays
   */
  public Uni<Void> mark(Due.Kind kind, String key, Instant at) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into learn_due (kind, key, due_at, seq) values (:kind, :key, :at, 1)"
                            + " on conflict (kind, key) do update set seq = learn_due.seq + 1")
                    .setParameter("kind", kind.name())
                    .setParameter("key", key)
                    .setParameter("at", at)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /**
   * Takes what is due.
   *
   * @param now city time
   * @param wall now, and until when nobody else takes it, wall time
   */
  public Uni<List<Due>> take(Instant now, Instant wall, Instant leasedUntil, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update learn_due d set leased_until = :until from (select kind, key from"
                            + " learn_due where due_at <= :now and (leased_until is null or"
                            + " leased_until < :wall) order by due_at, kind, key limit "
                            + most
                            + " for update skip locked) t where d.kind = t.kind and d.key = t.key"
                            + " returning d.kind, d.key, d.seq",
                        Object[].class)
                    .setParameter("until", leasedUntil)
                    .setParameter("now", now)
                    .setParameter("wall", wall)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Due(
                                Due.Kind.valueOf((String) row[0]),
                                (String) row[1],
                                ((Number) row[2]).longValue()))
                    .toList());
  }

  /**
   * It is learned, unless more came meanwhile.
   *
   * @param again city time from which on it is to be learned if so
   */
  public Uni<Void> done(Due due, Instant again) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "delete from learn_due where kind = :kind and key = :key and seq = :seq")
                    .setParameter("kind", due.kind().name())
                    .setParameter("key", due.key())
                    .setParameter("seq", due.seq())
                    .executeUpdate()
                    .chain(
                        gone ->
                            gone > 0
                                ? Uni.createFrom().item(0)
                                : session
                                    .createNativeQuery(
                                        "update learn_due set leased_until = null, due_at = :again"
                                            + " where kind = :kind and key = :key")
                                    .setParameter("again", again)
                                    .setParameter("kind", due.kind().name())
                                    .setParameter("key", due.key())
                                    .executeUpdate()))
        .replaceWithVoid();
  }
}
