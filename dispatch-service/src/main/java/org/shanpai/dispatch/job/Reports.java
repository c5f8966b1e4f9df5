package org.shanpai.dispatch.job;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.ExceptionReason.Clock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/**
 * What riders reported about jobs in hand, and what that does to their clocks: what stops the clock
 * is a no-fault delay from the report to the next step, for every job aboard; what exempts a
 * delivery covers all of its lateness. Every method needs an open transaction.
 */
@ApplicationScoped
public class Reports {

  /**
   * One report.
   *
   * @param happenedAt city time
   * @param open whether the clock has not gone on since
   */
  public record Report(ExceptionReason reason, Instant happenedAt, boolean open) {}

  private final Tx tx;
  private final Delays delays;

  public Reports(Tx tx, Delays delays) {
    this.tx = tx;
    this.delays = delays;
  }

  /** What its present rider reported about the job, oldest first. */
  public Uni<List<Report>> of(Job job) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select reason, happened_at, closed_at is null from job_exception where"
                            + " job_id = :job and epoch = :epoch order by happened_at, reason",
                        Object[].class)
                    .setParameter("job", job.id())
                    .setParameter("epoch", job.epoch())
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Report(
                                ExceptionReason.valueOf((String) row[0]),
                                Instants.of(row[1]),
                                (Boolean) row[2]))
                    .toList());
  }

  /** Notes a report; the same reason counts once for each assignment. */
  public Uni<Void> add(
      Job job, ExceptionReason reason, Instant happenedAt, Instant now, String evidence) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into job_exception (job_id, epoch, reason, rider_id, happened_at,"
                            + " reported_at, evidence) values (:job, :epoch, :reason, :rider, :at,"
                            + " :now, :evidence) on conflict do nothing")
                    .setParameter("job", job.id())
                    .setParameter("epoch", job.epoch())
                    .setParameter("reason", reason.name())
                    .setParameter("rider", job.riderId())
                    .setParameter("at", happenedAt)
                    .setParameter("now", now)
                    .setParameter("evidence", evidence)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** It goes on: clocks that stood still because of a report run again. */
  public Uni<Void> goesOn(Job job, Instant at) {
    return of(job)
        .chain(
            reports -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              boolean any = false;
              for (Report report : reports) {
                Clock clock = report.reason().clock();
                if (!report.open()) {
                  continue;
                }
                any = true;
                boolean stood = clock == Clock.STOPS || clock == Clock.EXEMPT;
                if (stood && at.isAfter(report.happenedAt())) {
                  String cause = report.reason().exemption().orElse(report.reason().name());
                  all =
                      all.chain(
                          () -> delays.note(job, cause, new NoFaultDelay(report.happenedAt(), at)));
                }
              }
              return any ? all.chain(() -> close(job, at)) : all;
            });
  }

  /** Brings the compensation of a delivered job up to its lateness where a report exempts it. */
  public Uni<Void> exempt(Job job) {
    return of(job)
        .invoke(
            reports -> {
              Instant deadline = job.riderDeadline();
              List<String> codes =
                  reports.stream()
                      .filter(r -> r.reason().clock() == Clock.EXEMPT)
                      .flatMap(r -> r.reason().exemption().stream())
                      .distinct()
                      .sorted()
                      .toList();
              job.exemptedBy(codes);
              if (!codes.isEmpty() && deadline != null && job.endedAt().isAfter(deadline)) {
                job.compensated(Duration.between(deadline, job.endedAt()).toMillis());
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> close(Job job, Instant at) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update job_exception set closed_at = :at"
                            + " where job_id = :job and epoch = :epoch and closed_at is null")
                    .setParameter("at", at)
                    .setParameter("job", job.id())
                    .setParameter("epoch", job.epoch())
                    .executeUpdate())
        .replaceWithVoid();
  }
}
