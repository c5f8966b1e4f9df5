package org.shanpai.rider.appeal;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;

/**
 * Ends appeals whose time is over. What is due stands in the table, so a restart loses nothing; on
 * its own the machine can only accept, or leave standing what a person rejected.
 */
@ApplicationScoped
class AppealTimer {

  private static final Logger LOG = Logger.getLogger(AppealTimer.class);
  private static final int BATCH = 100;

  private final Tx tx;
  private final AppealRows rows;
  private final AppealOutcome outcome;
  private final CityClock clock;

  AppealTimer(Tx tx, AppealRows rows, AppealOutcome outcome, CityClock clock) {
    this.tx = tx;
    this.rows = rows;
    this.outcome = outcome;
    this.clock = clock;
  }

  @Scheduled(
      every = "${shanpai.appeal.sweep-every:2s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    return tx.detached(() -> tx.read(() -> rows.ripe(clock.now(), BATCH)))
        .chain(
            due -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (String appealId : due) {
                all = all.chain(() -> end(appealId));
              }
              return all;
            })
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("Appeals whose time is over wait for the next look: %s", failure);
              return Uni.createFrom().voidItem();
            });
  }

  private Uni<Void> end(String appealId) {
    return tx.detached(() -> tx.write(() -> rows.lock(appealId).chain(this::decide)))
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.errorf(failure, "Appeal %s is over and could not be ended", appealId);
              return Uni.createFrom().voidItem();
            });
  }

  private Uni<Void> decide(Appeal appeal) {
    if (!appeal.state().open()) {
      return Uni.createFrom().voidItem();
    }
    Instant now = clock.now();
    if (!appeal.overdue(now)) {
      return rows.corrected(appeal)
          .chain(
              corrected ->
                  corrected
                      ? outcome.accept(
                          appeal,
                          "rules",
                          Appeal.How.CORRECTED,
                          "The deduction was corrected meanwhile.",
                          now)
                      : Uni.createFrom().voidItem());
    }
    if (appeal.state() == AppealState.REJECTED) {
      return outcome.dismiss(
          appeal, appeal.firstBy(), Appeal.How.NOT_ESCALATED, appeal.firstReasons(), now);
    }
    return outcome.accept(appeal, "rules", Appeal.How.OVERDUE, "Nobody decided in time.", now);
  }
}
