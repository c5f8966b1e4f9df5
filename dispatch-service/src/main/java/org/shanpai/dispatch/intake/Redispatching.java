package org.shanpai.dispatch.intake;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.assignment.Holding;
import org.shanpai.dispatch.job.Intake;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.offer.Answers;
import org.shanpai.dispatch.offer.Offers;
import org.shanpai.dispatch.work.RiderWork;

/**
 * Decides a merchant's wish for another rider: before the pickup, and not too often, the job is
 * taken from its rider, who gets no fault and not the same job again. After the pickup nothing
 * happens.
 */
@ApplicationScoped
class Redispatching {

  private final Intake intake;
  private final Holding holding;
  private final Answers answers;
  private final Offers offers;
  private final CityClock clock;
  private final DispatchSettings settings;

  Redispatching(
      Intake intake,
      Holding holding,
      Answers answers,
      Offers offers,
      CityClock clock,
      DispatchSettings settings) {
    this.intake = intake;
    this.holding = holding;
    this.answers = answers;
    this.offers = offers;
    this.clock = clock;
    this.settings = settings;
  }

  /** Decides it if it is new; the rider's work is left for the caller to publish. */
  Uni<Void> decide(OrderState order, Holding.Held held, Changes changes) {
    Job job = held.job();
    RiderWork work = held.work();
    if (!intake.asksRedispatch(job, order)) {
      return Uni.createFrom().voidItem();
    }
    boolean noRider = job.status() == JobStatus.OPEN || !job.cancellable();
    boolean granted = !noRider && intake.redispatched(job) < settings.redispatchMost();
    intake.decideRedispatch(job, order, granted);
    if (!granted) {
      return Uni.createFrom().voidItem();
    }
    changes.work();
    Instant until = clock.now().plusSeconds(settings.redispatchExcludedSeconds());
    Uni<Void> loosened =
        job.status() == JobStatus.OFFERED
            ? answers.withdraw(work, job.offerId(), null, Offers.MERCHANT_ASKED)
            : holding.takeBack(work, job, Offers.MERCHANT_ASKED, Fault.MERCHANT);
    return loosened.chain(
        () -> offers.exclude(job.id(), work.riderId(), until, Offers.MERCHANT_ASKED));
  }
}
