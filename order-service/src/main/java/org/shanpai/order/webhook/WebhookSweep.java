package org.shanpai.order.webhook;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;

/** Forgets deliveries and secrets that nobody needs any more; wall time. */
@ApplicationScoped
class WebhookSweep {

  private static final Logger LOG = Logger.getLogger(WebhookSweep.class);
  private static final int AT_ONCE = 2_000;

  private final Tx tx;
  private final DeliveryLog log;
  private final WebhookSecrets secrets;
  private final WebhookSettings settings;
  private final WallClock wall;

  WebhookSweep(
      Tx tx, DeliveryLog log, WebhookSecrets secrets, WebhookSettings settings, WallClock wall) {
    this.tx = tx;
    this.log = log;
    this.secrets = secrets;
    this.settings = settings;
    this.wall = wall;
  }

  @Scheduled(
      every = "10m",
      delayed = "2m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    Instant now = wall.now();
    return tx.detached(() -> tx.write(() -> secrets.forgetExpired(now)))
        .chain(() -> forget(now.minus(settings.keep())))
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("Old deliveries stay until the next sweep: %s", failure);
              return Uni.createFrom().voidItem();
            });
  }

  Uni<Void> forget(Instant before) {
    return tx.detached(() -> tx.write(() -> log.forget(before, AT_ONCE)))
        .chain(forgotten -> forgotten >= AT_ONCE ? forget(before) : Uni.createFrom().voidItem());
  }
}
