package org.shanpai.rider.work;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;

/** Forgets offers and jobs long past; what counts of them is in the ledgers. */
@ApplicationScoped
class WorkHousekeeping {

  private static final Duration KEPT = Duration.ofDays(7);

  private final Tx tx;
  private final CityClock clock;
  private final RiderOffers offers;
  private final RiderJobs jobs;

  WorkHousekeeping(Tx tx, CityClock clock, RiderOffers offers, RiderJobs jobs) {
    this.tx = tx;
    this.clock = clock;
    this.offers = offers;
    this.jobs = jobs;
  }

  @Scheduled(
      every = "10m",
      delayed = "2m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> forget() {
    return tx.detached(
            () ->
                tx.write(
                    () ->
                        offers
                            .forget(clock.now(), KEPT)
                            .chain(() -> jobs.forget(clock.now(), KEPT))))
        .replaceWithVoid();
  }
}
