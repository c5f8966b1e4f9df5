package org.shanpai.dispatch.offer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.shanpai.chassis.City;
import org.shanpai.chassis.IdSource;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.dispatch.assignment.Holding;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.lease.AreaLeases;
import org.shanpai.dispatch.lease.Lease;
import org.shanpai.dispatch.receipt.Receipts;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.messaging.Tx;

/** Commits what a wave decided: jobs, rider, offer and events in one transaction, or nothing. */
@ApplicationScoped
public class Offering {

  private final Tx tx;
  private final AreaLeases leases;
  private final RiderWorks works;
  private final Jobs jobs;
  private final Offers offers;
  private final Receipts receipts;
  private final IdSource ids;
  private final City city;
  private final CityClock clock;
  private final WallClock wall;
  private final Answers answers;
  private final Holding holding;
  private final Counter made;

  public Offering(
      Tx tx,
      AreaLeases leases,
      RiderWorks works,
      Jobs jobs,
      Offers offers,
      Receipts receipts,
      IdSource ids,
      City city,
      CityClock clock,
      WallClock wall,
      Answers answers,
      Holding holding,
      MeterRegistry metrics) {
    this.tx = tx;
    this.leases = leases;
    this.works = works;
    this.jobs = jobs;
    this.offers = offers;
    this.receipts = receipts;
    this.ids = ids;
    this.city = city;
    this.clock = clock;
    this.wall = wall;
    this.answers = answers;
    this.holding = holding;
    this.made = metrics.counter("shanpai.dispatch.offers", "outcome", "made");
  }

  /**
   * Offers the bundle to the rider, if everything is still as the wave saw it. A job that another
   * rider has is taken from them in the same transaction (改派). Where the rider's pool says so, the
   * offer is accepted in it, too.
   *
   * @return the offer's id; fails with {@link LostRace} or {@link
   *     org.shanpai.dispatch.lease.StaleLease}
   */
  public Uni<String> make(OfferDraft draft, Lease lease) {
    return tx.write(
        () ->
            leases
                .require(lease)
                .chain(() -> free(draft))
                .chain(() -> take(draft.freed(), false))
                .call(
                    offerId ->
                        draft.rules().autoAccept()
                            ? answers.accept(offerId, draft.riderId())
                            : Uni.createFrom().voidItem()));
  }

  /**
   * The rider takes a job from the hall: offered and accepted in one transaction, by the same
   * compare-and-set as every offer, so that of many who reach for it one wins.
   *
   * @return fails with {@link LostRace} for everybody else
   */
  public Uni<Answers.Answered> grab(OfferDraft draft) {
    return tx.write(
        () -> take(draft, true).chain(offerId -> answers.accept(offerId, draft.riderId())));
  }

  /**
   * A rider takes a job over from another who gives it (转单), in the present transaction; it is open
   * by now.
   *
   * @return fails with {@link LostRace} when anything changed
   */
  public Uni<Answers.Answered> handOver(OfferDraft draft) {
    return tx.write(
        () -> take(draft, false).chain(offerId -> answers.accept(offerId, draft.riderId())));
  }

  /** Takes the jobs that change hands from whoever has them, and tells those riders. */
  private Uni<Void> free(OfferDraft draft) {
    List<OfferDraft.DraftJob> moved = draft.moved();
    if (moved.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Set<String> losing = new TreeSet<>();
    moved.forEach(job -> losing.add(job.fromRider()));
    Set<String> touched = new TreeSet<>(losing);
    touched.add(draft.riderId());
    Uni<Void> all = works.lockInOrder(touched);
    for (OfferDraft.DraftJob job : moved) {
      all =
          all.chain(() -> works.lock(job.fromRider()))
              .chain(
                  work ->
                      jobs.lock(job.jobId()).chain(present -> holding.passOn(work, present, job)));
    }
    for (String rider : losing) {
      all = all.chain(() -> works.lock(rider)).chain(works::publish).replaceWithVoid();
    }
    // The compare-and-set that follows changes rows that this session holds as they were.
    return all.chain(tx::session)
        .chain(session -> session.flush().invoke(session::clear))
        .replaceWithVoid();
  }

  private Uni<String> take(OfferDraft draft, boolean grabbed) {
    String offerId = ids.next("f");
    Instant now = clock.now();
    List<OfferDraft.DraftJob> inOrder =
        draft.jobs().stream().sorted(Comparator.comparing(OfferDraft.DraftJob::jobId)).toList();
    Uni<Void> won =
        works
            .offer(draft.riderId(), draft.workVersion(), offerId, now)
            .invoke(yes -> demand(yes, "rider " + draft.riderId()))
            .replaceWithVoid();
    for (OfferDraft.DraftJob job : inOrder) {
      won =
          won.chain(
                  () ->
                      jobs.offer(
                          job.jobId(),
                          job.epoch(),
                          draft.riderId(),
                          offerId,
                          job.plannedPickupAt(),
                          job.plannedDeliveryAt(),
                          draft.rules().payStepFen(),
                          grabbed,
                          now))
              .invoke(yes -> demand(yes, "job " + job.jobId()))
              .replaceWithVoid();
    }
    return won.chain(() -> jobs.lockAll(inOrder.stream().map(OfferDraft.DraftJob::jobId).toList()))
        .chain(taken -> write(offerId, draft, taken, now))
        .invoke(() -> tx.afterCommit(made::increment))
        .replaceWith(offerId);
  }

  private Uni<Void> write(String offerId, OfferDraft draft, List<Job> taken, Instant now) {
    Money pay = taken.stream().map(Job::basePay).reduce(Money.ZERO, Money::plus);
    Offer offer =
        Offer.open(
            offerId,
            city.id().value(),
            draft,
            pay,
            now,
            now.plusSeconds(draft.rules().offerSeconds()),
            wall.millis());
    Uni<Void> told = offers.add(offer, taken);
    for (Job job : taken) {
      told = told.chain(() -> jobs.publish(job));
    }
    for (DispatchReceipt receipt : draft.receipts()) {
      told = told.chain(() -> receipts.store(receipt));
    }
    return told;
  }

  private static void demand(boolean won, String what) {
    if (!won) {
      throw new LostRace(what + " has changed since the wave saw it");
    }
  }
}
