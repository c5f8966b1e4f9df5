package org.shanpai.order.fraud;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.fraud.FraudLedger.Look;

/** Does the looks that are due, one after the other, each in a transaction of its own. */
@ApplicationScoped
class FraudSweep {

  private static final Logger LOG = Logger.getLogger(FraudSweep.class);

  private final Tx tx;
  private final FraudLedger ledger;
  private final CustomerLook customers;
  private final CarriedLook carried;
  private final FraudSettings settings;
  private final CityClock clock;

  FraudSweep(
      Tx tx,
      FraudLedger ledger,
      CustomerLook customers,
      CarriedLook carried,
      FraudSettings settings,
      CityClock clock) {
    this.tx = tx;
    this.ledger = ledger;
    this.customers = customers;
    this.carried = carried;
    this.settings = settings;
    this.clock = clock;
  }

  @Scheduled(
      every = "${shanpai.fraud.look-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    return next(settings.atOnce());
  }

  private Uni<Void> next(int left) {
    if (left == 0) {
      return Uni.createFrom().voidItem();
    }
    AtomicReference<Look> taken = new AtomicReference<>();
    return tx.detached(() -> tx.write(() -> one(taken)))
        .onFailure()
        .recoverWithUni(failure -> putOff(taken.get(), failure))
        .chain(more -> more ? next(left - 1) : Uni.createFrom().voidItem());
  }

  /** Whether there was one. */
  private Uni<Boolean> one(AtomicReference<Look> taken) {
    Instant now = clock.now();
    return ledger
        .due(now, 1)
        .chain(
            due -> {
              if (due.isEmpty()) {
                return Uni.createFrom().item(false);
              }
              taken.set(due.get(0));
              return one(due.get(0), now).replaceWith(true);
            });
  }

  /** One look that fails holds up no other, and is not tried for ever. */
  private Uni<Boolean> putOff(Look look, Throwable failure) {
    LOG.warnf("A look waits: %s", failure.getClass().getName());
    if (look == null) {
      return Uni.createFrom().item(false);
    }
    return tx.detached(
            () -> tx.write(() -> ledger.again(look, clock.now().plus(CarriedLook.LATER))))
        .replaceWith(true)
        .onFailure()
        .recoverWithItem(false);
  }

  private Uni<Void> one(Look look, Instant now) {
    return switch (look.kind()) {
      case NOT_RECEIVED_AGAIN -> customers.claims(look, now);
      case FAKE_ORDERS -> customers.fakes(look, now);
      case PRIVATE_DELIVERY -> carried.look(look, now);
    };
  }
}
