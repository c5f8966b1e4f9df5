package org.shanpai.dispatch.offer;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.Repeating;
import org.shanpai.messaging.Tx;

/** Ends offers whose time has run out. Any replica may; each offer ends once. */
@ApplicationScoped
public class OfferExpiry {

  private static final Duration EVERY_CITY = Duration.ofSeconds(2);
  private static final long LEAST_WALL_MILLIS = 200;
  private static final int AT_ONCE = 50;

  private final Tx tx;
  private final Offers offers;
  private final Answers answers;
  private final CityClock clock;
  private final DispatchSettings settings;
  private Repeating turns;

  public OfferExpiry(
      Tx tx, Offers offers, Answers answers, CityClock clock, DispatchSettings settings) {
    this.tx = tx;
    this.offers = offers;
    this.answers = answers;
    this.clock = clock;
    this.settings = settings;
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    if (settings.timers()) {
      long wall = Math.max(LEAST_WALL_MILLIS, clock.toWall(EVERY_CITY).toMillis());
      turns = new Repeating(vertx, "offer expiry", Duration.ofMillis(wall), this::sweep);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (turns != null) {
      turns.stop();
    }
  }

  /**
   * Expires what is due.
   *
   * @return how many offers expired by this call
   */
  public Uni<Integer> sweep() {
    return tx.detached(() -> tx.read(() -> offers.expired(clock.now(), AT_ONCE)))
        .chain(
            due ->
                Multi.createFrom()
                    .iterable(due)
                    .onItem()
                    .transformToUniAndConcatenate(id -> tx.detached(() -> answers.expire(id)))
                    .filter(expired -> expired)
                    .collect()
                    .asList()
                    .map(java.util.List::size));
  }
}
