package org.shanpai.dispatch.retention;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.Repeating;
import org.shanpai.messaging.Tx;

/**
 * Deletes rows that only explain the past once they are older than the settings say. Ages are city
 * time. Jobs, offers and assignments are the record of what happened and stay.
 */
@ApplicationScoped
public class Retention {

  private static final Duration EVERY = Duration.ofMinutes(1);

  /** Rows of one table deleted in one transaction: a long one would hold up the waves. */
  private static final int AT_ONCE = 2_000;

  /** A kind of row and the instant before which it is not needed. */
  private record Stock(String table, String column, Instant limit) {}

  private final Tx tx;
  private final CityClock clock;
  private final DispatchSettings settings;
  private Repeating turns;

  public Retention(Tx tx, CityClock clock, DispatchSettings settings) {
    this.tx = tx;
    this.clock = clock;
    this.settings = settings;
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    if (settings.timers()) {
      turns = new Repeating(vertx, "retention", EVERY, this::sweep);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (turns != null) {
      turns.stop();
    }
  }

  /**
   * One round over every table.
   *
   * @return how many rows went
   */
  public Uni<Integer> sweep() {
    Instant now = clock.now();
    return Multi.createFrom()
        .iterable(
            List.of(
                new Stock("wave_input", "at", hoursBefore(now, settings.waveKeepHours())),
                new Stock("wave_log", "at", hoursBefore(now, settings.logHours())),
                new Stock("receipt", "at", hoursBefore(now, settings.receiptHours())),
                new Stock("delay", "ended_at", hoursBefore(now, settings.delayHours())),
                new Stock("declined", "until_at", now),
                new Stock("rider_block", "until_at", now)))
        .onItem()
        .transformToUniAndConcatenate(stock -> tx.detached(() -> delete(stock)))
        .collect()
        .asList()
        .map(counts -> counts.stream().mapToInt(Integer::intValue).sum());
  }

  private Uni<Integer> delete(Stock stock) {
    return tx.write(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "delete from %1$s where ctid in (select ctid from %1$s where %2$s < :limit order by %2$s limit :most)"
                                    .formatted(stock.table(), stock.column()))
                            .setParameter("limit", stock.limit())
                            .setParameter("most", AT_ONCE)
                            .executeUpdate()));
  }

  private static Instant hoursBefore(Instant now, int hours) {
    return now.minus(Duration.ofHours(hours));
  }
}
