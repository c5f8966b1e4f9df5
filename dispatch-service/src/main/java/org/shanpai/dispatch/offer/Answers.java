package org.shanpai.dispatch.offer;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.event.RouteStop;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.area.Alarm;
import org.shanpai.dispatch.assignment.Assignments;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.pool.PoolRules;
import org.shanpai.dispatch.pool.Pools;
import org.shanpai.dispatch.receipt.Receipts;
import org.shanpai.dispatch.work.Arrivals;
import org.shanpai.dispatch.work.RiderWork;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.dispatch.work.Route;
import org.shanpai.messaging.Tx;

/** How an offer ends: accepted, declined, expired or withdrawn; once, whoever comes first. */
@ApplicationScoped
public class Answers {

  /** What the rider hears. */
  public record Answered(OfferState offer, RiderWorkState work) {}

  private final Tx tx;
  private final RiderWorks works;
  private final Offers offers;
  private final Jobs jobs;
  private final Assignments assignments;
  private final Pools pools;
  private final Receipts receipts;
  private final Alarm alarm;
  private final CityClock clock;
  private final DispatchSettings settings;
  private final MeterRegistry metrics;
  private final Arrivals arrivals;

  public Answers(
      Tx tx,
      RiderWorks works,
      Offers offers,
      Jobs jobs,
      Assignments assignments,
      Pools pools,
      Receipts receipts,
      Alarm alarm,
      CityClock clock,
      DispatchSettings settings,
      MeterRegistry metrics) {
    this.tx = tx;
    this.works = works;
    this.offers = offers;
    this.jobs = jobs;
    this.assignments = assignments;
    this.pools = pools;
    this.receipts = receipts;
    this.alarm = alarm;
    this.clock = clock;
    this.settings = settings;
    this.arrivals = new Arrivals(settings.arrivalP80Percent(), settings.stopP80Percent());
    this.metrics = metrics;
  }

  /**
   * An offer with the receipts of its jobs that led to it.
   *
   * @param offer as it is now
   */
  public record Explained(OfferState offer, List<DispatchReceipt> receipts) {}

  /**
   * The offer and why it was made. Needs a transaction or read.
   *
   * @throws Problem 404 when it is somebody else's
   */
  public Uni<Explained> explained(String offerId, String riderId) {
    return offers
        .find(offerId)
        .chain(
            offer -> {
              if (offer == null || !offer.riderId().equals(riderId)) {
                throw Problem.notFound("offer " + offerId);
              }
              return offers
                  .jobsOf(offerId)
                  .map(all -> all.stream().map(Offers.Offered::jobId).toList())
                  .chain(
                      ids ->
                          jobs.list(ids)
                              .chain(
                                  found ->
                                      receipts
                                          .ofWave(offer.waveId(), ids, riderId)
                                          .map(told -> new Explained(offer.state(found), told))));
            });
  }

  /** An offer with all that its end touches, locked. */
  private record Open(RiderWork work, Offer offer, List<Offers.Offered> offered, List<Job> jobs) {}

  /**
   * The rider takes the whole bundle. Taking it again changes nothing.
   *
   * @throws Problem 404 when it is somebody else's, 409 {@code offer-gone} when it is open no more
   */
  public Uni<Answered> accept(String offerId, String riderId) {
    return tx.write(
        () ->
            lock(offerId, riderId)
                .chain(
                    open -> {
                      if (open.offer().status() == OfferState.Status.ACCEPTED) {
                        return told(open);
                      }
                      Instant now = clock.now();
                      requireOpen(open.offer(), now);
                      return jobs.lockHeldBy(riderId).chain(held -> take(open, held, now));
                    }));
  }

  private Uni<Answered> take(Open open, List<Job> held, Instant now) {
    Set<String> added = new HashSet<>();
    for (Offers.Offered offered : open.offered()) {
      added.add(offered.jobId());
    }
    boolean intact =
        open.offered().stream()
            .allMatch(
                o ->
                    open.jobs().stream()
                        .anyMatch(
                            j ->
                                j.id().equals(o.jobId())
                                    && j.epoch() == o.epoch()
                                    && j.status() == JobStatus.OFFERED
                                    && open.offer().id().equals(j.offerId())));
    Route route = open.work().route().adopt(open.offer().route(), added, now);
    if (!intact || !feasible(route, open.work(), held, open.jobs(), settings.gramsPerUnit())) {
      throw gone("its jobs have changed");
    }
    Uni<Void> all = Uni.createFrom().voidItem();
    Map<String, Instant> deadlines = new HashMap<>();
    for (Job job : open.jobs()) {
      job.accept(
          now,
          arrival(open.offer().route(), job, RouteStop.Kind.DROPOFF),
          arrival(route, job, RouteStop.Kind.PICKUP),
          arrival(route, job, RouteStop.Kind.DROPOFF),
          arrivals.p80(route, job.id(), now),
          open.work().trustedPlaceSince(now.minusSeconds(settings.positionFreshSeconds())));
      deadlines.put(job.id(), job.riderDeadline());
      all = all.chain(() -> assignments.begin(job, now)).chain(() -> jobs.publish(job));
    }
    for (Job job : held) {
      if (route.find(job.id(), RouteStop.Kind.DROPOFF).isPresent()
          && job.planned(
              arrival(route, job, RouteStop.Kind.DROPOFF), arrivals.p80(route, job.id(), now))) {
        deadlines.put(job.id(), job.riderDeadline());
        all = all.chain(() -> jobs.publish(job));
      }
    }
    open.work().route(route.deadlines(deadlines));
    open.work().answered(open.offer().id());
    open.work().seen(now);
    open.offer().end(OfferState.Status.ACCEPTED, "ACCEPTED");
    return all.chain(() -> offers.publish(open.offer(), open.jobs()))
        .chain(offer -> works.publish(open.work()).map(work -> new Answered(offer, work)))
        .invoke(answered -> counted("accepted"));
  }

  /**
   * The rider does not want it; that costs nothing. Declining again changes nothing.
   *
   * @param reason code, null for none
   * @throws Problem as {@link #accept}; 422 {@code reason-needed} where the pool wants one
   */
  public Uni<Answered> decline(String offerId, String riderId, String reason) {
    return tx.write(
        () ->
            lock(offerId, riderId)
                .chain(
                    open -> {
                      if (open.offer().status() == OfferState.Status.DECLINED) {
                        return told(open);
                      }
                      return pools
                          .of(open.work().pool())
                          .chain(rules -> decline(open, rules, reason));
                    }));
  }

  private Uni<Answered> decline(Open open, PoolRules rules, String reason) {
    Instant now = clock.now();
    requireOpen(open.offer(), now);
    if (rules.declineNeedsReason() && (reason == null || reason.isBlank())) {
      throw Problem.unprocessable(
          "reason-needed", "reason", "Riders of this pool say why they decline an offer.");
    }
    open.work().answered(open.offer().id());
    open.work().seen(now);
    open.offer().end(OfferState.Status.DECLINED, "DECLINED");
    return refused(open, "DECLINED", reason, now)
        .chain(offer -> works.publish(open.work()).map(w -> new Answered(offer, w)))
        .invoke(answered -> counted("declined"));
  }

  /**
   * Nobody answered in time. An offer that was answered meanwhile stays as it is.
   *
   * @return whether it expired by this call
   */
  Uni<Boolean> expire(String offerId) {
    return tx.write(
        () ->
            offers
                .riderOf(offerId)
                .chain(rider -> lock(offerId, rider))
                .chain(
                    open -> {
                      Instant now = clock.now();
                      if (!open.offer().isOpen() || open.offer().expiresAt().isAfter(now)) {
                        return Uni.createFrom().item(false);
                      }
                      return pools.of(open.work().pool()).chain(rules -> expire(open, rules, now));
                    }));
  }

  private Uni<Boolean> expire(Open open, PoolRules rules, Instant now) {
    boolean paused =
        open.work()
            .leftUnanswered(
                open.offer().id(),
                rules.unansweredBeforePause(),
                now.plusSeconds(rules.pauseSeconds()));
    open.offer().end(OfferState.Status.EXPIRED, "EXPIRED");
    Uni<OfferState> ended = refused(open, "EXPIRED", null, now);
    return (paused
            ? ended.chain(() -> works.publish(open.work())).replaceWithVoid()
            : ended.replaceWithVoid())
        .invoke(() -> counted("expired"))
        .replaceWith(true);
  }

  /**
   * Takes an offer back through no doing of the rider's: an order in it was cancelled, or the rider
   * went offline. Its jobs open again but for {@code endedJobId}, which the caller ends itself. The
   * rider's work must be locked, and is left for the caller to publish.
   *
   * @param endedJobId null when all open again
   */
  public Uni<Void> withdraw(RiderWork work, String offerId, String endedJobId, String because) {
    return offers
        .lock(offerId)
        .chain(
            offer ->
                offers
                    .jobsOf(offerId)
                    .chain(
                        offered ->
                            jobs.lockAll(offered.stream().map(Offers.Offered::jobId).toList())
                                .chain(
                                    bundle -> {
                                      offer.end(OfferState.Status.WITHDRAWN, because);
                                      work.closeOffer(offerId);
                                      Uni<Void> all =
                                          offers.publish(offer, bundle).replaceWithVoid();
                                      Instant now = clock.now();
                                      for (Job job : bundle) {
                                        if (!job.id().equals(endedJobId)) {
                                          job.reopen("OFFER_WITHDRAWN", Fault.NONE, now);
                                          all = all.chain(() -> jobs.publish(job));
                                        }
                                      }
                                      raise(bundle);
                                      return all.invoke(() -> counted("withdrawn"));
                                    })));
  }

  private Uni<OfferState> refused(Open open, String because, String words, Instant now) {
    Uni<OfferState> all = offers.publish(open.offer(), open.jobs());
    String rider = open.work().riderId();
    for (Job job : open.jobs()) {
      job.reopen(because, Fault.NONE, now);
      job.declined();
      all =
          all.call(() -> jobs.publish(job))
              .call(
                  () ->
                      offers.exclude(
                          job.id(),
                          rider,
                          now.plusSeconds(settings.excludedSeconds()),
                          words == null ? because : words));
    }
    raise(open.jobs());
    return all;
  }

  private void raise(List<Job> touched) {
    touched.stream()
        .map(Job::areaId)
        .distinct()
        .forEach(area -> tx.afterCommit(() -> alarm.raise(area)));
  }

  private Uni<Open> lock(String offerId, String riderId) {
    return offers
        .riderOf(offerId)
        .invoke(
            owner -> {
              if (owner == null || !owner.equals(riderId)) {
                throw Problem.notFound("offer " + offerId);
              }
            })
        .chain(owner -> works.lock(owner))
        .chain(
            work ->
                offers
                    .lock(offerId)
                    .chain(
                        offer ->
                            offers
                                .jobsOf(offerId)
                                .chain(
                                    offered ->
                                        jobs.lockAll(
                                                offered.stream()
                                                    .map(Offers.Offered::jobId)
                                                    .toList())
                                            .map(
                                                locked ->
                                                    new Open(work, offer, offered, locked)))));
  }

  private Uni<Answered> told(Open open) {
    return works
        .state(open.work().riderId())
        .map(work -> new Answered(open.offer().state(open.jobs()), work));
  }

  private static void requireOpen(Offer offer, Instant now) {
    if (!offer.isOpen()) {
      throw gone("it is " + offer.status());
    }
    if (offer.expiresAt().isBefore(now)) {
      throw gone("it ran out at " + offer.expiresAt());
    }
  }

  private static Problem gone(String why) {
    return Problem.conflict("offer-gone", "The offer can no longer be answered: " + why + ".");
  }

  private static boolean feasible(
      Route route, RiderWork work, List<Job> held, List<Job> added, int gramsPerUnit) {
    Map<String, Integer> units = new HashMap<>();
    Map<String, Integer> grams = new HashMap<>();
    Set<String> direct = new HashSet<>();
    Stream.concat(held.stream(), added.stream())
        .forEach(
            job -> {
              units.put(job.id(), job.loadUnits());
              grams.put(job.id(), job.weightGrams());
              if (job.direct()) {
                direct.add(job.id());
              }
            });
    int aboard = held.stream().filter(Job::aboard).mapToInt(Job::loadUnits).sum();
    int weight = held.stream().filter(Job::aboard).mapToInt(Job::weightGrams).sum();
    return route.feasible(aboard, work.capacityUnits(), units, direct)
        && route.feasible(weight, work.capacityGrams(gramsPerUnit), grams, Set.of());
  }

  private static Instant arrival(Route route, Job job, RouteStop.Kind kind) {
    return route
        .find(job.id(), kind)
        .orElseThrow(() -> new IllegalStateException("no " + kind + " of " + job.id()))
        .plannedArrivalAt();
  }

  private void counted(String outcome) {
    tx.afterCommit(
        () -> metrics.counter("shanpai.dispatch.offers", "outcome", outcome).increment());
  }
}
