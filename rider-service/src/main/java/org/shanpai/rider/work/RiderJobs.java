package org.shanpai.rider.work;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/**
 * Who has which job, as dispatch-service told it. Only for keeping people away from what is not
 * theirs; whether a step is allowed is dispatch's to say.
 */
@ApplicationScoped
public class RiderJobs {

  private final Tx tx;

  public RiderJobs(Tx tx) {
    this.tx = tx;
  }

  /**
   * A job as this rider may see it.
   *
   * @param changedAt city time of the state that is known
   */
  public record HeldJob(String jobId, String orderId, JobStatus status, Instant changedAt) {}

  /**
   * @param at city time of the state
   */
  public Uni<Void> keep(JobState job, Instant at) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into rider_job (job_id, order_id, rider_id, version, epoch, status,"
                            + " changed_at) values (:job, :order, nullif(:rider, ''), :version,"
                            + " :epoch, :status, :at) on conflict (job_id) do update"
                            + " set rider_id = excluded.rider_id, version = excluded.version,"
                            + " epoch = excluded.epoch, status = excluded.status,"
                            + " changed_at = excluded.changed_at"
                            + " where rider_job.version < excluded.version")
                    .setParameter("job", job.jobId().value())
                    .setParameter("order", job.orderId().value())
                    .setParameter("rider", job.riderId() == null ? "" : job.riderId().value())
                    .setParameter("version", job.version())
                    .setParameter("epoch", job.epoch())
                    .setParameter("status", job.status().name())
                    .setParameter("at", at)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /**
   * The job if this rider has it, or had it to the end; null otherwise. A job merely offered is
   * nobody's yet.
   */
  public Uni<HeldJob> findHeld(String riderId, String jobId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select order_id, status, changed_at from rider_job where job_id = :job"
                            + " and rider_id = :rider and status not in ('OPEN', 'OFFERED')",
                        Object[].class)
                    .setParameter("job", jobId)
                    .setParameter("rider", riderId)
                    .getSingleResultOrNull())
        .map(
            row ->
                row == null
                    ? null
                    : new HeldJob(
                        jobId,
                        (String) row[0],
                        JobStatus.valueOf((String) row[1]),
                        Instants.of(row[2])));
  }

  /** Forgets jobs that ended so long before, city time. */
  Uni<Integer> forget(Instant now, Duration age) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "delete from rider_job where changed_at < :oldest"
                            + " and status in ('DELIVERED', 'CANCELLED', 'RETURNED')")
                    .setParameter("oldest", now.minus(age))
                    .executeUpdate());
  }
}
