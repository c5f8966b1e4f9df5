package org.shanpai.dispatch.assignment;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.ExceptionReason.Evidence;
import org.shanpai.contracts.event.ExceptionReason.Reporter;
import org.shanpai.contracts.event.ExceptionReason.Stage;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.job.Reports;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.messaging.Tx;

/**
 * What riders report about jobs in hand. The table of exceptions decides who may say what and when,
 * what has to prove it, and what follows.
 */
@ApplicationScoped
public class Exceptions {

  private final Tx tx;
  private final Jobs jobs;
  private final RiderWorks works;
  private final Steps steps;
  private final Holding holding;
  private final Reports reports;
  private final CityClock clock;
  private final DispatchSettings settings;

  public Exceptions(
      Tx tx,
      Jobs jobs,
      RiderWorks works,
      Steps steps,
      Holding holding,
      Reports reports,
      CityClock clock,
      DispatchSettings settings) {
    this.tx = tx;
    this.jobs = jobs;
    this.works = works;
    this.steps = steps;
    this.holding = holding;
    this.reports = reports;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Takes a report of the rider who has the job. The same reason told again, on the same
   * assignment, changes nothing.
   *
   * @param at when it happened, city time; null for now; brought into the span between the step
   *     before and now
   * @param evidence what proves it, such as the id of a photo; null for none
   * @throws Problem 404, 409 {@code stale-epoch} as {@link Steps#take}; 422 {@code illegal-reason}
   *     with those that are legal now, {@code evidence-needed}; 409 {@code too-early}, {@code
   *     out-of-turn}
   */
  public Uni<Steps.Taken> report(
      String jobId, String riderId, long epoch, String reason, Instant at, String evidence) {
    return tx.write(
        () ->
            known(jobId, riderId, epoch, reason)
                .chain(
                    known ->
                        known != null
                            ? Uni.createFrom().item(known)
                            : steps
                                .own(jobId, riderId, epoch)
                                .chain(held -> fresh(held, reason, at, evidence))));
  }

  /** A report that ended the rider's assignment is still answered when it comes again. */
  private Uni<Steps.Taken> known(String jobId, String riderId, long epoch, String reason) {
    String code = ExceptionReason.find(reason).map(Enum::name).orElse(reason);
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select exists (select 1 from job_exception where job_id = :job"
                            + " and epoch = :epoch and reason = :reason and rider_id = :rider)",
                        Boolean.class)
                    .setParameter("job", jobId)
                    .setParameter("epoch", epoch)
                    .setParameter("reason", code)
                    .setParameter("rider", riderId)
                    .getSingleResult())
        .chain(
            told -> {
              if (!told) {
                return Uni.createFrom().nullItem();
              }
              return jobs.find(jobId)
                  .map(Job::state)
                  .chain(job -> works.state(riderId).map(work -> new Steps.Taken(job, work)));
            });
  }

  private Uni<Steps.Taken> fresh(Holding.Held held, String reason, Instant at, String evidence) {
    Job job = held.job();
    if (!Job.HELD.contains(job.status())) {
      throw Problem.conflict(
          "out-of-turn", "The job is " + job.status() + "; there is nothing left to report of it.");
    }
    ExceptionReason row = legal(job, reason);
    return reports
        .of(job)
        .chain(
            before -> {
              if (before.stream().anyMatch(report -> report.reason() == row)) {
                return taken(held);
              }
              Instant happened = steps.dated(at, job);
              require(job, row, happened, evidence);
              held.work().seen(clock.now());
              return reports
                  .add(job, row, happened, clock.now(), evidence)
                  .chain(() -> apply(held, row))
                  .chain(() -> taken(held));
            });
  }

  private Uni<Void> apply(Holding.Held held, ExceptionReason row) {
    Job job = held.job();
    Optional<OrderStatus> end = row.endsAs();
    if (stage(job) == Stage.BEFORE_PICKUP && end.isPresent()) {
      return end.get() == OrderStatus.CANCELLED
          ? holding.cancel(held, row.name(), row.fault())
          : holding
              .takeBack(held.work(), job, row.name(), row.fault())
              .chain(() -> works.publish(held.work()))
              .replaceWithVoid();
    }
    boolean excepted = end.filter(status -> status == OrderStatus.EXCEPTION).isPresent();
    if (excepted && job.status() != JobStatus.EXCEPTION) {
      job.except(row.name(), row.fault(), clock.now());
    } else {
      job.reported(row);
    }
    return jobs.publish(job).chain(() -> works.publish(held.work())).replaceWithVoid();
  }

  private Uni<Steps.Taken> taken(Holding.Held held) {
    JobState job = held.job().state();
    return works.state(held.work().riderId()).map(work -> new Steps.Taken(job, work));
  }

  /** What a rider may report of the job now. */
  static List<ExceptionReason> legalNow(Job job) {
    Stage stage = stage(job);
    return Arrays.stream(ExceptionReason.values())
        .filter(row -> row.reporters().contains(Reporter.RIDER) && row.stages().contains(stage))
        .toList();
  }

  private static ExceptionReason legal(Job job, String reason) {
    List<ExceptionReason> legal = legalNow(job);
    return ExceptionReason.find(reason)
        .filter(legal::contains)
        .orElseThrow(
            () ->
                Problem.unprocessable(
                    "illegal-reason",
                    "reason",
                    "A rider may report of a job that is "
                        + job.status()
                        + ": "
                        + legal.stream().map(Enum::name).collect(Collectors.joining(", "))
                        + "."));
  }

  private static Stage stage(Job job) {
    return job.aboard() ? Stage.WITH_GOODS : Stage.BEFORE_PICKUP;
  }

  private void require(Job job, ExceptionReason row, Instant happened, String evidence) {
    boolean ofTheStore = row.fault() == Fault.MERCHANT;
    if (ofTheStore && job.status() != JobStatus.AT_STORE) {
      throw Problem.conflict(
          "out-of-turn", row + " can be reported at the store only; report the arrival first.");
    }
    if (row == ExceptionReason.SLOW_KITCHEN) {
      Instant from = job.atStoreFrom().plusSeconds(settings.slowKitchenSeconds());
      long left = Duration.between(happened, from).toSeconds();
      if (left > 0) {
        throw Problem.conflictRetry(
            "too-early", "Wait " + left + " s more before reporting the kitchen.", (int) left);
      }
      return;
    }
    boolean blames =
        ofTheStore || row.fault() == Fault.CUSTOMER || row == ExceptionReason.GATE_BLOCKED;
    if (blames && row.evidence().stream().noneMatch(kind -> proves(kind, job, evidence))) {
      throw Problem.unprocessable(
          "evidence-needed",
          "evidence",
          row
              + " needs one of "
              + row.evidence().stream().map(Enum::name).collect(Collectors.joining(", "))
              + ": send what proves it.");
    }
  }

  /** Positions prove by themselves; for the rest the rider's reference is kept for the desk. */
  private static boolean proves(Evidence kind, Job job, String evidence) {
    return switch (kind) {
      case NONE -> true;
      case POSITION ->
          job.aboard()
              ? job.state().seenAtCustomerAt() != null
              : job.state().seenAtStoreAt() != null;
      case PHOTO, CALL_LOG, CODE, TRACK -> evidence != null && !evidence.isBlank();
    };
  }
}
