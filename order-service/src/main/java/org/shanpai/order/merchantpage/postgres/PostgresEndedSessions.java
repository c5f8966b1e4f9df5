package org.shanpai.order.merchantpage.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.shanpai.messaging.Tx;
import org.shanpai.order.merchantpage.EndedSessions;

/** {@link EndedSessions} in PostgreSQL. */
@ApplicationScoped
class PostgresEndedSessions implements EndedSessions {

  private final Tx tx;

  PostgresEndedSessions(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<Void> add(String sessionId, Instant expiresAt, Instant wallNow) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "delete from merchant_session_ended where wall_expires_at < :now")
                    .setParameter("now", wallNow)
                    .executeUpdate()
                    .chain(
                        () ->
                            session
                                .createNativeQuery(
                                    "insert into merchant_session_ended"
                                        + " (session_id, wall_expires_at) values (:id, :expires)"
                                        + " on conflict do nothing")
                                .setParameter("id", sessionId)
                                .setParameter("expires", expiresAt)
                                .executeUpdate()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> has(String sessionId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select count(*) from merchant_session_ended where session_id = :id",
                        Long.class)
                    .setParameter("id", sessionId)
                    .getSingleResult())
        .map(count -> count > 0);
  }
}
