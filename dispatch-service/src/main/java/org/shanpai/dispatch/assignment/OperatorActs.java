package org.shanpai.dispatch.assignment;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Stranding;
import org.shanpai.dispatch.offer.Answers;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.messaging.Tx;

/** What an operator may do to a job. */
@ApplicationScoped
public class OperatorActs {

  private final Tx tx;
  private final Holding holding;
  private final Answers answers;
  private final RiderWorks works;
  private final CityClock clock;

  public OperatorActs(Tx tx, Holding holding, Answers answers, RiderWorks works, CityClock clock) {
    this.clock = clock;
    this.tx = tx;
    this.holding = holding;
    this.answers = answers;
    this.works = works;
  }

  /**
   * Takes the job from whoever has it, before the pickup: what a rider had accepted is stranded.
   *
   * @throws Problem 404; 409 {@code not-assigned}
   */
  public Uni<JobState> reassign(String jobId, String reason) {
    return act(
        jobId,
        held ->
            switch (held.job().status()) {
              case OFFERED ->
                  answers
                      .withdraw(held.work(), held.job().offerId(), null, reason)
                      .chain(() -> works.publish(held.work()))
                      .replaceWithVoid();
              case ASSIGNED, AT_STORE -> {
                Job job = held.job();
                job.decisions().strand(job.riderId(), job.epoch(), Stranding.OPERATOR, clock.now());
                yield holding
                    .takeBack(held.work(), job, reason, Fault.PLATFORM)
                    .chain(() -> works.publish(held.work()))
                    .replaceWithVoid();
              }
              default ->
                  throw Problem.conflict(
                      "not-assigned",
                      "Only a job that a rider has and has not picked up can be reassigned; this"
                          + " one is "
                          + held.job().status()
                          + ".");
            });
  }

  /**
   * Cancels the job before the pickup.
   *
   * @throws Problem 404; 409 {@code too-late}
   */
  public Uni<JobState> cancel(String jobId, String reason) {
    return act(
        jobId,
        held -> {
          if (!held.job().cancellable()) {
            throw Problem.conflict(
                "too-late",
                "A job can be cancelled before the pickup only; this one is "
                    + held.job().status()
                    + ".");
          }
          Fault whose =
              ExceptionReason.find(reason)
                  .filter(row -> !row.presumed())
                  .map(ExceptionReason::fault)
                  .orElse(Fault.PLATFORM);
          return holding.cancel(held, reason, whose);
        });
  }

  /**
   * Ends an exception.
   *
   * @param outcome {@code RETURNED} or {@code DELIVERED}
   * @throws Problem 404; 409 {@code no-exception}
   */
  public Uni<JobState> resolve(String jobId, JobStatus outcome, String reason) {
    return act(
        jobId,
        held -> {
          if (held.job().status() != JobStatus.EXCEPTION) {
            throw Problem.conflict(
                "no-exception", "The job is " + held.job().status() + ", not an exception.");
          }
          return holding.resolve(held, outcome, reason);
        });
  }

  private Uni<JobState> act(String jobId, Function<Holding.Held, Uni<Void>> deed) {
    return tx.write(
        () ->
            holding
                .lock(jobId)
                .chain(
                    held -> {
                      if (held == null) {
                        throw Problem.notFound("job " + jobId);
                      }
                      return deed.apply(held).replaceWith(held);
                    })
                .map(Holding.Held::job)
                .map(Job::state));
  }
}
