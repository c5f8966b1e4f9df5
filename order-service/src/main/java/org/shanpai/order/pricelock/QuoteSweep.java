package org.shanpai.order.pricelock;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;

/** Forgets quotes that nobody reads any more, a few at a time so that nobody waits for it. */
@ApplicationScoped
class QuoteSweep {

  private static final Logger LOG = Logger.getLogger(QuoteSweep.class);
  private static final int AT_ONCE = 5_000;

  private final Tx tx;
  private final PricedQuotes quotes;
  private final WallClock wall;
  private final PriceLockSettings settings;

  QuoteSweep(Tx tx, PricedQuotes quotes, WallClock wall, PriceLockSettings settings) {
    this.tx = tx;
    this.quotes = quotes;
    this.wall = wall;
    this.settings = settings;
  }

  @Scheduled(every = "10m", delayed = "4m")
  Uni<Void> sweep() {
    return round()
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("Old quotes stay until the next sweep: %s", failure);
              return null;
            });
  }

  private Uni<Void> round() {
    return tx.detached(
            () -> tx.write(() -> quotes.forget(wall.now().minus(settings.keep()), AT_ONCE)))
        .chain(gone -> gone < AT_ONCE ? Uni.createFrom().voidItem() : round());
  }
}
