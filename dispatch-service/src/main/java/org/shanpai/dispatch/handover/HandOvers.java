package org.shanpai.dispatch.handover;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.assignment.Holding;
import org.shanpai.dispatch.assignment.Steps;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.work.RiderWork;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.messaging.Tx;

/**
 * A rider gives a job to another (转单). The other takes it by their own hand, or it stays where it
 * is; a job changes hands this way once. Before the pickup that is all. With the goods out the two
 * have to meet: the one who gives shows a code, the one who takes scans it, and the delivery has a
 * fresh deadline.
 */
@ApplicationScoped
public class HandOvers {

  /** A rider's wish is told to nobody else. */
  private static final String OTHERS_WISH = "The other rider cannot take this job.";

  private static final int CODE_DIGITS = 6;
  private static final int MOST_WRONG_CODES = 5;

  private final Tx tx;
  private final HandOverRows rows;
  private final Receiving receiving;
  private final Steps steps;
  private final Jobs jobs;
  private final RiderWorks works;
  private final IdSource ids;
  private final CityClock clock;
  private final DispatchSettings settings;

  public HandOvers(
      Tx tx,
      HandOverRows rows,
      Receiving receiving,
      Steps steps,
      Jobs jobs,
      RiderWorks works,
      IdSource ids,
      CityClock clock,
      DispatchSettings settings) {
    this.tx = tx;
    this.rows = rows;
    this.receiving = receiving;
    this.steps = steps;
    this.jobs = jobs;
    this.works = works;
    this.ids = ids;
    this.clock = clock;
    this.settings = settings;
  }

  /** A hand-over as a rider sees it; the job for whoever is asked to take it. */
  public record Seen(HandOver handOver, JobState job) {}

  /** What is so now. */
  public record Answered(HandOver handOver, JobState job, RiderWorkState work) {}

  /**
   * Asks another rider to take a job.
   *
   * @throws Problem 404, 409 {@code stale-epoch} as a step; 409 {@code out-of-turn}, {@code
   *     handed-over-already}, {@code hand-over-open}, {@code not-able} with the reason
   */
  public Uni<HandOver> ask(String jobId, String riderId, long epoch, String toRider) {
    if (riderId.equals(toRider)) {
      throw Problem.unprocessable("toRiderId", "A job is handed over to somebody else.");
    }
    return tx.write(
        () ->
            steps
                .held(jobId, riderId, epoch)
                .chain(
                    held -> {
                      if (!held.job().mayBeHandedOver()) {
                        throw Problem.conflict(
                            "out-of-turn",
                            "A job that is " + held.job().status() + " cannot be handed over.");
                      }
                      return rows.handedOver(jobId)
                          .invoke(HandOvers::requireFirst)
                          .chain(() -> rows.open(jobId))
                          .chain(open -> ask(held, toRider, open));
                    }));
  }

  private static void requireFirst(boolean handedOver) {
    if (handedOver) {
      throw Problem.conflict(
          "handed-over-already", "This job was handed over before; once is all there is.");
    }
  }

  private Uni<HandOver> ask(Holding.Held held, String toRider, HandOver open) {
    Instant now = clock.now();
    Uni<Void> cleared = Uni.createFrom().voidItem();
    if (open != null) {
      boolean same = open.toRiderId().value().equals(toRider) && open.epoch() == held.job().epoch();
      if (open.expiresAt().isAfter(now) && same) {
        return Uni.createFrom().item(open);
      }
      if (open.expiresAt().isAfter(now) && open.epoch() == held.job().epoch()) {
        throw Problem.conflict(
            "hand-over-open", "Somebody else is asked already; take that back first.");
      }
      cleared = rows.end(open.handOverId(), HandOver.State.EXPIRED, now);
    }
    boolean out = held.job().aboard();
    HandOver asked =
        new HandOver(
            ids.next("ho"),
            new JobId(held.job().id()),
            held.job().epoch(),
            new RiderId(held.work().riderId()),
            new RiderId(toRider),
            HandOver.State.ASKED,
            out,
            Secrets.newCode(CODE_DIGITS),
            now,
            now.plusSeconds(settings.handOverSeconds()));
    return cleared
        .chain(() -> works.list(List.of(toRider)))
        .chain(
            found -> {
              receiving.requireColleague(held.work(), found.isEmpty() ? null : found.get(0));
              return receiving.requireWanted(toRider, held.job(), OTHERS_WISH);
            })
        .chain(() -> rows.add(asked))
        .replaceWith(asked);
  }

  /** Open ones that the rider gives, or is asked to take. */
  public Uni<List<Seen>> of(String riderId) {
    return tx.read(
        () ->
            rows.of(riderId, clock.now())
                .chain(
                    open -> {
                      Uni<List<Seen>> all = Uni.createFrom().item(new java.util.ArrayList<>());
                      for (HandOver one : open) {
                        all =
                            all.chain(
                                seen ->
                                    jobs.find(one.jobId().value())
                                        .map(
                                            job -> {
                                              seen.add(seen(one, job, riderId));
                                              return seen;
                                            }));
                      }
                      return all;
                    }));
  }

  private static Seen seen(HandOver one, Job job, String riderId) {
    boolean giver = one.fromRiderId().value().equals(riderId);
    return new Seen(giver ? one : one.withoutCode(), job == null ? null : job.state());
  }

  /** What is decided in the transaction, a refusal that must be written down included. */
  private record Verdict(Answered answered, Problem refusal) {

    Answered orThrow() {
      if (refusal != null) {
        throw refusal;
      }
      return answered;
    }
  }

  /**
   * The one who is asked takes the job. Taking it again changes nothing.
   *
   * @param code as scanned from the other's phone; needed where the goods are out
   * @throws Problem 404 when nobody asked this rider; 409 {@code hand-over-gone}, {@code
   *     wrong-code}, {@code not-able}, {@code hands-full}, {@code offer-open}, {@code paused},
   *     {@code not-online}; 422 {@code code-needed}
   */
  public Uni<Answered> accept(String id, String riderId, String code) {
    return tx.write(
            () ->
                rows.lock(id)
                    .chain(
                        asked -> {
                          if (asked == null || !asked.toRiderId().value().equals(riderId)) {
                            throw Problem.notFound("hand-over " + id);
                          }
                          if (asked.state() == HandOver.State.ACCEPTED) {
                            return told(asked, riderId).map(done -> new Verdict(done, null));
                          }
                          requireOpen(asked);
                          return accept(asked, code);
                        }))
        .map(Verdict::orThrow);
  }

  private Uni<Verdict> accept(HandOver asked, String code) {
    String from = asked.fromRiderId().value();
    String to = asked.toRiderId().value();
    return works
        .lockInOrder(new TreeSet<>(List.of(from, to)))
        .chain(() -> works.lock(from))
        .chain(
            giver ->
                works
                    .lock(to)
                    .chain(
                        taker ->
                            jobs.lock(asked.jobId().value())
                                .chain(job -> accept(asked, code, giver, taker, job))));
  }

  private Uni<Verdict> accept(
      HandOver asked, String code, RiderWork giver, RiderWork taker, Job job) {
    boolean same =
        job.epoch() == asked.epoch()
            && giver.riderId().equals(job.riderId())
            && job.mayBeHandedOver();
    if (!same) {
      throw gone("the job is not theirs any more");
    }
    if (job.aboard()) {
      if (code == null || code.isBlank()) {
        throw Problem.unprocessable(
            "code-needed", "code", "The goods are out: scan the code on the other's phone.");
      }
      if (!code.equals(asked.code())) {
        return wrong(asked);
      }
    }
    return jobs.heldBy(taker.riderId())
        .chain(held -> receiving.take(giver, taker, job, held))
        .chain(() -> rows.end(asked.handOverId(), HandOver.State.ACCEPTED, clock.now()))
        .chain(() -> rows.lock(asked.handOverId()))
        .chain(done -> told(done, taker.riderId()))
        .map(done -> new Verdict(done, null));
  }

  private Uni<Verdict> wrong(HandOver asked) {
    return rows.wrongCode(asked.handOverId())
        .chain(
            wrong ->
                wrong < MOST_WRONG_CODES
                    ? Uni.createFrom().voidItem()
                    : rows.end(asked.handOverId(), HandOver.State.WITHDRAWN, clock.now()))
        .replaceWith(
            new Verdict(
                null, Problem.conflict("wrong-code", "code", "That is not the code shown.")));
  }

  /**
   * The one who is asked does not want it; that costs nothing.
   *
   * @throws Problem 404 when nobody asked this rider, 409 {@code hand-over-gone}
   */
  public Uni<Answered> decline(String id, String riderId) {
    return end(id, riderId, false, HandOver.State.DECLINED);
  }

  /**
   * The one who gives takes the question back.
   *
   * @throws Problem 404 when it is not theirs, 409 {@code hand-over-gone}
   */
  public Uni<Answered> withdraw(String id, String riderId) {
    return end(id, riderId, true, HandOver.State.WITHDRAWN);
  }

  private Uni<Answered> end(String id, String riderId, boolean giver, HandOver.State state) {
    return tx.write(
        () ->
            rows.lock(id)
                .chain(
                    asked -> {
                      String whose =
                          asked == null
                              ? null
                              : giver ? asked.fromRiderId().value() : asked.toRiderId().value();
                      if (!riderId.equals(whose)) {
                        throw Problem.notFound("hand-over " + id);
                      }
                      if (asked.state() == state) {
                        return told(asked, riderId);
                      }
                      requireOpen(asked);
                      return rows.end(id, state, clock.now())
                          .chain(() -> rows.lock(id))
                          .chain(done -> told(done, riderId));
                    }));
  }

  private Uni<Answered> told(HandOver done, String riderId) {
    return jobs.find(done.jobId().value())
        .chain(
            job ->
                works
                    .state(riderId)
                    .map(work -> new Answered(done.withoutCode(), job.state(), work)));
  }

  private void requireOpen(HandOver asked) {
    if (asked.state() != HandOver.State.ASKED) {
      throw gone("it is " + asked.state());
    }
    if (!asked.expiresAt().isAfter(clock.now())) {
      throw gone("it ran out at " + asked.expiresAt());
    }
  }

  private static Problem gone(String why) {
    return Problem.conflict("hand-over-gone", "This can no longer be answered: " + why + ".");
  }
}
