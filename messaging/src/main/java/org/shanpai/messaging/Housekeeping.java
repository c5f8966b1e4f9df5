package org.shanpai.messaging;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.WallClock;

/** Removes what messaging no longer needs; all ages in wall time. */
@ApplicationScoped
class Housekeeping {

  private static final Logger LOG = Logger.getLogger(Housekeeping.class);
  private static final Duration OUTBOX = Duration.ofDays(7);

  /** Facts stay in Kafka for 14 days, so one may come again that late; a day on top. */
  private static final Duration INBOX = Duration.ofDays(15);

  private static final Duration ANSWERS = Duration.ofDays(7);

  private final Tx tx;
  private final WallClock wall;

  Housekeeping(Tx tx, WallClock wall) {
    this.tx = tx;
    this.wall = wall;
  }

  @Scheduled(every = "10m", delayed = "1m")
  Uni<Void> sweep() {
    Instant now = wall.now();
    return delete("delete from outbox where sent_at < :before", now.minus(OUTBOX))
        .chain(() -> delete("delete from inbox_event where taken_at < :before", now.minus(INBOX)))
        .chain(
            () -> delete("delete from idempotency where created_at < :before", now.minus(ANSWERS)))
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("Old messages stay until the next sweep: %s", failure);
              return Uni.createFrom().voidItem();
            });
  }

  private Uni<Void> delete(String statement, Instant before) {
    return tx.detached(
        () ->
            tx.write(
                () ->
                    tx.session()
                        .chain(
                            session ->
                                session
                                    .createNativeQuery(statement)
                                    .setParameter("before", before)
                                    .executeUpdate())
                        .replaceWithVoid()));
  }
}
