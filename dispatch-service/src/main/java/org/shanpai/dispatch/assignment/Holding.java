package org.shanpai.dispatch.assignment;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.area.Alarm;
import org.shanpai.dispatch.job.ExtraPays;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.offer.Answers;
import org.shanpai.dispatch.offer.LostRace;
import org.shanpai.dispatch.offer.OfferDraft;
import org.shanpai.dispatch.offer.Offers;
import org.shanpai.dispatch.work.RiderWork;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.messaging.Tx;

/**
 * A job together with whoever has it: the way every change goes that does not come from the rider.
 * Every method needs an open transaction.
 */
@ApplicationScoped
public class Holding {

  /**
   * Both rows, locked.
   *
   * @param work null when nobody has the job
   */
  public record Held(Job job, RiderWork work) {}

  private final Tx tx;
  private final Jobs jobs;
  private final RiderWorks works;
  private final Offers offers;
  private final Answers answers;
  private final Assignments assignments;
  private final ExtraPays extraPays;
  private final Alarm alarm;
  private final CityClock clock;
  private final DispatchSettings settings;

  public Holding(
      Tx tx,
      Jobs jobs,
      RiderWorks works,
      Offers offers,
      Answers answers,
      Assignments assignments,
      ExtraPays extraPays,
      Alarm alarm,
      CityClock clock,
      DispatchSettings settings) {
    this.tx = tx;
    this.jobs = jobs;
    this.works = works;
    this.offers = offers;
    this.answers = answers;
    this.assignments = assignments;
    this.extraPays = extraPays;
    this.alarm = alarm;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Locks the holder's work, then the job. Between a look at the job and the lock it may change
   * hands; then the new holder is locked too, and the database settles a deadlock in that rare
   * case.
   *
   * @return null when there is no such job
   */
  public Uni<Held> lock(String jobId) {
    return jobs.holderOf(jobId)
        .chain(
            holder ->
                workOf(holder)
                    .chain(
                        work ->
                            jobs.lock(jobId)
                                .chain(
                                    job -> {
                                      if (job == null) {
                                        return Uni.createFrom().nullItem();
                                      }
                                      return Objects.equals(job.riderId(), holder)
                                          ? Uni.createFrom().item(new Held(job, work))
                                          : workOf(job.riderId())
                                              .map(present -> new Held(job, present));
                                    })));
  }

  /**
   * Takes a job back before the pickup: open again, with a new epoch, not for the same rider. The
   * rider's work is left for the caller to publish.
   */
  public Uni<Void> takeBack(RiderWork work, Job job, String why, Fault whose) {
    Instant now = clock.now();
    String rider = work.riderId();
    extraPays.lost(job, work.trustedPlaceSince(job.acceptedAt()), why, whose, now);
    work.route(work.route().without(List.of(job.id())));
    job.reopen(why, whose, now);
    tx.afterCommit(() -> alarm.raise(job.areaId()));
    return assignments
        .end(job.id(), now, why)
        .chain(
            () -> offers.exclude(job.id(), rider, now.plusSeconds(settings.excludedSeconds()), why))
        .chain(() -> jobs.publish(job));
  }

  /**
   * Takes a job from its rider for another one who is offered it in the same transaction: open for
   * that moment, with a new epoch. The rider may have it again later; their work is left for the
   * caller to publish.
   *
   * @return fails with {@link LostRace} when it is not as the wave saw it: taken back, or its rider
   *     stands at the store by now
   */
  public Uni<Void> passOn(RiderWork work, Job job, OfferDraft.DraftJob seen) {
    boolean same =
        work != null
            && job != null
            && job.epoch() == seen.epoch()
            && job.status() == JobStatus.ASSIGNED
            && work.riderId().equals(job.riderId());
    if (!same) {
      return Uni.createFrom()
          .failure(new LostRace("job " + seen.jobId() + " has changed since the wave saw it"));
    }
    Instant now = clock.now();
    Instant accepted = job.acceptedAt();
    extraPays.lost(job, work.trustedPlaceSince(accepted), Job.REASSIGNED, Fault.PLATFORM, now);
    work.route(work.route().without(List.of(job.id())));
    job.passOn(now);
    return assignments.end(job.id(), now, Job.REASSIGNED).chain(() -> jobs.publish(job));
  }

  /** Ends a job before the pickup, whoever has it, and mends what that rider has left. */
  public Uni<Void> cancel(Held held, String why, Fault whose) {
    Job job = held.job();
    RiderWork work = held.work();
    Instant now = clock.now();
    Uni<Void> loosened = Uni.createFrom().voidItem();
    if (job.status() == JobStatus.OFFERED) {
      loosened = answers.withdraw(work, job.offerId(), job.id(), "ORDER_CANCELLED");
    } else if (work != null) {
      extraPays.lost(job, work.trustedPlaceSince(job.acceptedAt()), why, whose, now);
      work.route(work.route().without(List.of(job.id())));
      loosened = assignments.end(job.id(), now, why);
    }
    tx.afterCommit(() -> alarm.raise(job.areaId()));
    return loosened
        .invoke(() -> job.cancel(why, whose, now))
        .chain(() -> jobs.publish(job))
        .chain(() -> publish(work));
  }

  /** Ends a job whose goods are out: given back to the store, or found to be delivered. */
  public Uni<Void> resolve(Held held, JobStatus outcome, String why) {
    Instant now = clock.now();
    Job job = held.job();
    if (outcome == JobStatus.RETURNED) {
      extraPays.broughtBack(job);
    }
    job.resolve(outcome, why, now);
    held.work().route(held.work().route().without(List.of(job.id())));
    return assignments
        .end(job.id(), now, why)
        .chain(() -> jobs.publish(job))
        .chain(() -> publish(held.work()));
  }

  private Uni<Void> publish(RiderWork work) {
    return work == null ? Uni.createFrom().voidItem() : works.publish(work).replaceWithVoid();
  }

  private Uni<RiderWork> workOf(String riderId) {
    return riderId == null ? Uni.createFrom().nullItem() : works.lock(riderId);
  }
}
