package org.shanpai.dispatch.job;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.event.JobState;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/**
 * No-fault delays riders met. One slow kitchen counts for every order aboard that is delivered
 * after it, and once.
 */
@ApplicationScoped
public class Delays {

  private final Tx tx;
  private final DispatchSettings settings;

  public Delays(Tx tx, DispatchSettings settings) {
    this.tx = tx;
    this.settings = settings;
  }

  /** Exemption E1: notes what the kitchen cost the rider, when the pickup has just happened. */
  public Uni<Void> pickedUp(Job job) {
    return kitchen(job)
        .map(delay -> note(job, "E1", delay))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  /** What the kitchen cost the rider of a job that was picked up; empty when nothing. */
  Optional<NoFaultDelay> kitchen(Job job) {
    return NoFaultDelay.merchantLate(
        job.atStoreFrom(),
        job.pickedUpAt(),
        job.promisedReadyAt(),
        job.readyAt(),
        Duration.ofSeconds(settings.readyTapSeconds()),
        Duration.ofSeconds(settings.handoverSeconds()));
  }

  /** Brings the job's compensation up to what its rider has met until then. */
  public Uni<Void> compensate(Job job, Instant until) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select started_at, ended_at, cause from delay"
                            + " where rider_id = :rider and ended_at > :accepted"
                            + " and started_at < :until order by started_at, cause",
                        Object[].class)
                    .setParameter("rider", job.riderId())
                    .setParameter("accepted", job.acceptedAt())
                    .setParameter("until", until)
                    .getResultList())
        .invoke(
            rows -> {
              List<JobState.NoFaultDelay> met =
                  rows.stream()
                      .map(r -> clipped(job.acceptedAt(), until, (String) r[2], r[0], r[1]))
                      .toList();
              job.lost(met);
              job.compensated(
                  NoFaultDelay.unionMillis(
                      met.stream().map(d -> new NoFaultDelay(d.start(), d.end())).toList(),
                      job.acceptedAt(),
                      until));
            })
        .replaceWithVoid();
  }

  private static JobState.NoFaultDelay clipped(
      Instant acceptedAt, Instant until, String cause, Object start, Object end) {
    Instant from = Instants.of(start);
    Instant to = Instants.of(end);
    return new JobState.NoFaultDelay(
        cause, from.isBefore(acceptedAt) ? acceptedAt : from, to.isAfter(until) ? until : to);
  }

  Uni<Void> note(Job job, String cause, NoFaultDelay delay) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into delay (rider_id, job_id, cause, started_at, ended_at)"
                            + " values (:rider, :job, :cause, :start, :end)"
                            + " on conflict do nothing")
                    .setParameter("rider", job.riderId())
                    .setParameter("job", job.id())
                    .setParameter("cause", cause)
                    .setParameter("start", delay.start())
                    .setParameter("end", delay.end())
                    .executeUpdate())
        .replaceWithVoid();
  }
}
