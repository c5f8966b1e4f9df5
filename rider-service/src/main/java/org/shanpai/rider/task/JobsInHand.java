package org.shanpai.rider.task;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.task.remote.Dispatch;
import org.shanpai.rider.work.RiderJobs;
import org.shanpai.rider.work.RiderJobs.HeldJob;

/**
 * Whether a job is this rider's. Asked before a code is tried or a customer's contact shown: nobody
 * may burn the tries of, or look behind, somebody else's order.
 */
@ApplicationScoped
public class JobsInHand {

  private static final String JOB = "j-";
  private static final String ORDER = "o-";

  private final RiderJobs jobs;
  private final Dispatch dispatch;
  private final Tx tx;
  private final CityClock clock;

  public JobsInHand(RiderJobs jobs, Dispatch dispatch, Tx tx, CityClock clock) {
    this.jobs = jobs;
    this.dispatch = dispatch;
    this.tx = tx;
    this.clock = clock;
  }

  /**
   * The rider's job, now or to its end. News of a job accepted a moment ago may still be under way;
   * then dispatch itself is asked.
   *
   * @throws Problem 404 when it is not theirs
   */
  public Uni<HeldJob> getHeld(String riderId, String jobId) {
    return tx.read(() -> jobs.findHeld(riderId, jobId))
        .chain(
            held ->
                held != null
                    ? Uni.createFrom().item(held)
                    : dispatch.work(riderId).map(answer -> fromWork(answer, jobId)));
  }

  private HeldJob fromWork(String answer, String jobId) {
    Answer parsed = Json.read(answer, Answer.class);
    RiderWorkState work = parsed.work();
    JobStatus status =
        work == null || work.jobs() == null
            ? null
            : work.jobs().stream()
                .filter(job -> job.jobId().value().equals(jobId))
                .map(RiderWorkState.HeldJob::status)
                .findFirst()
                .orElse(null);
    if (status == null || !jobId.startsWith(JOB)) {
      throw Problem.notFound("job " + jobId);
    }
    return new HeldJob(jobId, ORDER + jobId.substring(JOB.length()), status, clock.now());
  }

  private record Answer(RiderWorkState work) {}
}
