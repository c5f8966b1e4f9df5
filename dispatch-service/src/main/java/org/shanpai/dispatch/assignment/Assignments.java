package org.shanpai.dispatch.assignment;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.shanpai.dispatch.job.Job;
import org.shanpai.messaging.Tx;

/** Who carried what, from when to when. At most one live row for a job, by the database's word. */
@ApplicationScoped
public class Assignments {

  private final Tx tx;

  public Assignments(Tx tx) {
    this.tx = tx;
  }

  /** The job's present rider has accepted it. */
  public Uni<Void> begin(Job job, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into assignment (job_id, epoch, rider_id, offer_id, accepted_at)"
                            + " values (:job, :epoch, :rider, :offer, :now)")
                    .setParameter("job", job.id())
                    .setParameter("epoch", job.epoch())
                    .setParameter("rider", job.riderId())
                    .setParameter("offer", job.offerId())
                    .setParameter("now", now)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** The live assignment of a job, if it has one, ends. */
  public Uni<Void> end(String jobId, Instant now, String outcome) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update assignment set ended_at = :now, outcome = :outcome"
                            + " where job_id = :job and ended_at is null")
                    .setParameter("now", now)
                    .setParameter("outcome", outcome)
                    .setParameter("job", jobId)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Whether the rider ever had the job. */
  Uni<Boolean> ever(String jobId, String riderId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select exists (select 1 from assignment"
                            + " where job_id = :job and rider_id = :rider)",
                        Boolean.class)
                    .setParameter("job", jobId)
                    .setParameter("rider", riderId)
                    .getSingleResult());
  }
}
