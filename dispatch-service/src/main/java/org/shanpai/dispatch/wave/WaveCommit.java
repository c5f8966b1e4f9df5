package org.shanpai.dispatch.wave;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.contracts.event.RouteStop;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.lease.AreaLeases;
import org.shanpai.dispatch.lease.Lease;
import org.shanpai.dispatch.offer.LostRace;
import org.shanpai.dispatch.offer.OfferDraft;
import org.shanpai.dispatch.offer.Offering;
import org.shanpai.dispatch.receipt.Receipts;
import org.shanpai.dispatch.work.PlannedStop;
import org.shanpai.dispatch.work.Route;
import org.shanpai.engine.JobDecision;
import org.shanpai.engine.Plan;
import org.shanpai.engine.TravelTimes;
import org.shanpai.messaging.Tx;

/** Makes a plan true, as far as the world still is as the wave saw it. */
@ApplicationScoped
class WaveCommit {

  /**
   * A solved wave.
   *
   * @param waveId unique
   */
  record Solved(
      String waveId, Situation situation, WaveModel model, TravelTimes times, Plan plan) {}

  /**
   * What became of it.
   *
   * @param lookAgain the earliest moment at which a held job may be due; null when none is held
   */
  record Outcome(int offers, int conflicts, int holds, int nobody, Instant lookAgain) {}

  private final Tx tx;
  private final Offering offering;
  private final Jobs jobs;
  private final AreaLeases leases;
  private final Receipts receipts;
  private final City city;
  private final MeterRegistry metrics;

  WaveCommit(
      Tx tx,
      Offering offering,
      Jobs jobs,
      AreaLeases leases,
      Receipts receipts,
      City city,
      MeterRegistry metrics) {
    this.tx = tx;
    this.offering = offering;
    this.jobs = jobs;
    this.leases = leases;
    this.receipts = receipts;
    this.city = city;
    this.metrics = metrics;
  }

  /** Offers bundle by bundle, each in a transaction of its own; then holds and other reasons. */
  Uni<Outcome> commit(Solved solved, Lease lease) {
    return Multi.createFrom()
        .iterable(solved.plan().bundles().values())
        .onItem()
        .transformToUniAndConcatenate(
            bundle ->
                tx.detached(() -> offering.make(draft(solved, bundle), lease))
                    .replaceWith(true)
                    .onFailure(LostRace.class)
                    .recoverWithItem(
                        race -> {
                          metrics.counter("shanpai.dispatch.cas.conflicts").increment();
                          return false;
                        }))
        .collect()
        .asList()
        .chain(
            made ->
                explain(solved, lease)
                    .map(
                        lookAgain ->
                            outcome(
                                solved.plan(),
                                (int) made.stream().filter(won -> won).count(),
                                (int) made.stream().filter(won -> !won).count(),
                                lookAgain)));
  }

  /** The holds and the receipts that say something new, all in one transaction. */
  private Uni<Instant> explain(Solved solved, Lease lease) {
    List<JobDecision> decisions =
        solved.plan().decisions().stream().filter(d -> !(d instanceof JobDecision.Offer)).toList();
    Instant[] lookAgain = new Instant[1];
    for (JobDecision decision : decisions) {
      if (decision instanceof JobDecision.Hold hold) {
        Instant until = Instant.ofEpochMilli(hold.untilMillis());
        if (lookAgain[0] == null || until.isBefore(lookAgain[0])) {
          lookAgain[0] = until;
        }
      }
    }
    if (decisions.isEmpty()) {
      return Uni.createFrom().nullItem();
    }
    return tx.detached(
        () ->
            tx.read(() -> receipts.last(decisions.stream().map(JobDecision::jobId).toList()))
                .chain(
                    last -> {
                      List<JobDecision> news =
                          decisions.stream().filter(d -> isNews(d, last, solved)).toList();
                      return news.isEmpty()
                          ? Uni.createFrom().item(lookAgain[0])
                          : tx.write(() -> leases.require(lease).chain(() -> store(solved, news)))
                              .replaceWith(lookAgain[0]);
                    }));
  }

  private boolean isNews(JobDecision decision, Map<String, Receipts.Gist> last, Solved solved) {
    Receipts.Gist gist = Receipts.Gist.of(receipt(decision, solved));
    if (!gist.equals(last.get(decision.jobId()))) {
      return true;
    }
    Job job = solved.model().job(decision.jobId());
    return decision instanceof JobDecision.Hold
        && (job.holdUntil() == null || job.holdUntil().isBefore(solved.situation().now()));
  }

  private Uni<Void> store(Solved solved, List<JobDecision> news) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (JobDecision decision : news) {
      all = all.chain(() -> receipts.store(receipt(decision, solved)));
      if (decision instanceof JobDecision.Hold hold) {
        long epoch = solved.model().job(hold.jobId()).epoch();
        all =
            all.chain(
                    () -> jobs.hold(hold.jobId(), epoch, Instant.ofEpochMilli(hold.untilMillis())))
                .chain(
                    held ->
                        held
                            ? jobs.lock(hold.jobId()).chain(jobs::publish)
                            : Uni.createFrom().voidItem());
      }
    }
    return all;
  }

  private DispatchReceipt receipt(JobDecision decision, Solved solved) {
    return Why.receipt(decision, solved.waveId(), city.id(), solved.situation());
  }

  private OfferDraft draft(Solved solved, List<JobDecision.Offer> bundle) {
    String riderId = bundle.get(0).courierId();
    Route route =
        solved.model().route(riderId, solved.plan().routes().get(riderId), solved.times());
    Map<String, Instant> pickups = new HashMap<>();
    Map<String, Instant> dropoffs = new HashMap<>();
    for (PlannedStop stop : route.stops()) {
      (stop.kind() == RouteStop.Kind.PICKUP ? pickups : dropoffs)
          .put(stop.jobId(), stop.plannedArrivalAt());
    }
    List<OfferDraft.DraftJob> drafts = new ArrayList<>();
    long toStore = Long.MAX_VALUE;
    for (JobDecision.Offer offer : bundle) {
      Instant pickup = pickups.get(offer.jobId());
      toStore = Math.min(toStore, Duration.between(solved.situation().now(), pickup).toSeconds());
      drafts.add(
          new OfferDraft.DraftJob(
              offer.jobId(),
              solved.model().job(offer.jobId()).epoch(),
              pickup,
              dropoffs.get(offer.jobId())));
    }
    return new OfferDraft(
        solved.waveId(),
        solved.situation().areaId(),
        riderId,
        solved.model().rider(riderId).work().version(),
        drafts,
        route,
        Why.line(bundle, toStore),
        bundle.stream().map(offer -> receipt(offer, solved)).toList());
  }

  private static Outcome outcome(Plan plan, int offers, int conflicts, Instant lookAgain) {
    int holds = 0;
    int nobody = 0;
    for (JobDecision decision : plan.decisions()) {
      if (decision instanceof JobDecision.Hold) {
        holds++;
      } else if (decision instanceof JobDecision.NoCourier) {
        nobody++;
      }
    }
    return new Outcome(offers, conflicts, holds, nobody, lookAgain);
  }
}
