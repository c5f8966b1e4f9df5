package org.shanpai.dispatch.wave;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.area.AreaMode;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.lease.AreaLeases;
import org.shanpai.dispatch.lease.Lease;
import org.shanpai.dispatch.offer.LostRace;
import org.shanpai.dispatch.offer.OfferDraft;
import org.shanpai.dispatch.offer.Offering;
import org.shanpai.dispatch.receipt.Receipts;
import org.shanpai.engine.DecisionRule;
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
   * @param news receipts written for jobs that got no offer
   * @param lookAgain the earliest moment at which a held job may be due; null when none is held
   */
  record Outcome(int offers, int conflicts, int holds, int nobody, int news, Instant lookAgain) {}

  /** Receipts written, and when to look again. */
  private record Explained(int news, Instant lookAgain) {}

  private final Tx tx;
  private final Offering offering;
  private final Jobs jobs;
  private final AreaLeases leases;
  private final Receipts receipts;
  private final City city;
  private final DispatchSettings settings;
  private final MeterRegistry metrics;

  WaveCommit(
      Tx tx,
      Offering offering,
      Jobs jobs,
      AreaLeases leases,
      Receipts receipts,
      City city,
      DispatchSettings settings,
      MeterRegistry metrics) {
    this.tx = tx;
    this.offering = offering;
    this.jobs = jobs;
    this.leases = leases;
    this.receipts = receipts;
    this.city = city;
    this.settings = settings;
    this.metrics = metrics;
  }

  /**
   * What is said of a job that gets no offer now.
   *
   * @param until it is held until then at most; null when it is not
   * @param wanted whether somebody is wanted for it and cannot be had
   * @param noWay whether nobody could, for want of a way
   */
  private record Verdict(DispatchReceipt receipt, Instant until, boolean wanted, boolean noWay) {

    Verdict(DispatchReceipt receipt, Instant until, boolean wanted) {
      this(receipt, until, wanted, false);
    }
  }

  /** Offers bundle by bundle, each in a transaction of its own; then holds and other reasons. */
  Uni<Outcome> commit(Solved solved, Lease lease) {
    List<List<JobDecision.Offer>> offers = new ArrayList<>();
    List<JobDecision.Offer> left = new ArrayList<>();
    for (List<JobDecision.Offer> bundle : solved.plan().bundles().values()) {
      if (bundle.stream().allMatch(offer -> mayWaitInHall(offer, solved))) {
        left.addAll(bundle);
      } else {
        offers.add(bundle);
      }
    }
    Drafting drafting = new Drafting(solved, city.id());
    return Multi.createFrom()
        .iterable(drafting.gifts(offers, settings.reassignAskedGain()))
        .onItem()
        .transformToUniAndConcatenate(gift -> offer(drafting.draft(gift), lease))
        .collect()
        .asList()
        .chain(
            made ->
                explain(solved, left, lease)
                    .map(
                        explained ->
                            outcome(
                                solved.plan(),
                                (int) made.stream().filter(won -> won).count(),
                                (int) made.stream().filter(won -> !won).count(),
                                explained)));
  }

  private Uni<Boolean> offer(OfferDraft draft, Lease lease) {
    return tx.detached(() -> offering.make(draft, lease))
        .replaceWith(true)
        .onFailure(LostRace.class)
        .recoverWithItem(
            race -> {
              metrics.counter("shanpai.dispatch.cas.conflicts").increment();
              return false;
            });
  }

  /** In a mixed area: nothing endangers its promise, and its time in the hall is not over. */
  private boolean mayWaitInHall(JobDecision.Offer offer, Solved solved) {
    Situation situation = solved.situation();
    if (situation.standing().mode() != AreaMode.MIXED) {
      return false;
    }
    Job job = solved.model().job(offer.jobId());
    Instant danger = job.promise().end().minusSeconds(settings.hallDangerSeconds());
    return offer.receipt().rule() != DecisionRule.PROMISE_NEAR
        && Instant.ofEpochMilli(offer.dropoffMillis()).isBefore(danger)
        && hallUntil(job, situation).isAfter(situation.now());
  }

  private static Instant hallUntil(Job job, Situation situation) {
    Instant since = job.openSince() == null ? job.createdAt() : job.openSince();
    return since.plusSeconds(situation.standing().hallSeconds());
  }

  /** The holds and the receipts that say something new, all in one transaction. */
  private Uni<Explained> explain(Solved solved, List<JobDecision.Offer> left, Lease lease) {
    List<Verdict> verdicts = new ArrayList<>();
    for (JobDecision decision : solved.plan().decisions()) {
      if (decision instanceof JobDecision.Hold hold) {
        Instant until = Instant.ofEpochMilli(hold.untilMillis());
        verdicts.add(new Verdict(receipt(decision, solved), until, false));
      } else if (decision instanceof JobDecision.NoCourier none) {
        boolean noWay = none.reason() == DecisionRule.NO_WAY;
        verdicts.add(new Verdict(receipt(decision, solved), null, true, noWay));
      }
    }
    for (JobDecision.Offer offer : left) {
      Instant until = hallUntil(solved.model().job(offer.jobId()), solved.situation());
      verdicts.add(new Verdict(Why.inHall(receipt(offer, solved)), until, false));
    }
    if (verdicts.isEmpty()) {
      return Uni.createFrom().item(new Explained(0, null));
    }
    Instant lookAgain =
        verdicts.stream()
            .map(Verdict::until)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    return tx.detached(
        () ->
            tx.read(
                    () ->
                        receipts.last(
                            verdicts.stream().map(v -> v.receipt().jobId().value()).toList()))
                .chain(
                    last -> {
                      List<Verdict> news =
                          verdicts.stream().filter(v -> isNews(v, last, solved)).toList();
                      return news.isEmpty()
                          ? Uni.createFrom().item(new Explained(0, lookAgain))
                          : tx.write(() -> leases.require(lease).chain(() -> store(solved, news)))
                              .replaceWith(new Explained(news.size(), lookAgain));
                    }));
  }

  private static boolean isNews(Verdict verdict, Map<String, Receipts.Gist> last, Solved solved) {
    String jobId = verdict.receipt().jobId().value();
    if (!Receipts.Gist.of(verdict.receipt()).equals(last.get(jobId))) {
      return true;
    }
    Instant held = solved.model().job(jobId).holdUntil();
    return verdict.until() != null && (held == null || held.isBefore(solved.situation().now()));
  }

  private Uni<Void> store(Solved solved, List<Verdict> news) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Verdict verdict : news) {
      String jobId = verdict.receipt().jobId().value();
      all = all.chain(() -> receipts.store(verdict.receipt()));
      if (verdict.wanted()) {
        all = all.chain(() -> jobs.sought(jobId, solved.situation().now()));
      }
      if (verdict.noWay()) {
        all = all.chain(() -> callOperator(jobId));
      }
      if (verdict.until() != null) {
        long epoch = solved.model().job(jobId).epoch();
        all =
            all.chain(() -> jobs.hold(jobId, epoch, verdict.until()))
                .chain(
                    held ->
                        held ? jobs.lock(jobId).chain(jobs::publish) : Uni.createFrom().voidItem());
      }
    }
    return all;
  }

  private Uni<Void> callOperator(String jobId) {
    return jobs.lock(jobId)
        .chain(
            job -> {
              boolean news = job.status() == JobStatus.OPEN && job.noWay();
              if (!news) {
                return Uni.createFrom().voidItem();
              }
              tx.afterCommit(() -> metrics.counter("shanpai.dispatch.noway").increment());
              return jobs.publish(job);
            });
  }

  private DispatchReceipt receipt(JobDecision decision, Solved solved) {
    return Why.receipt(decision, solved.waveId(), city.id(), solved.situation());
  }

  private static Outcome outcome(Plan plan, int offers, int conflicts, Explained explained) {
    int holds = 0;
    int nobody = 0;
    for (JobDecision decision : plan.decisions()) {
      if (decision instanceof JobDecision.Hold) {
        holds++;
      } else if (decision instanceof JobDecision.NoCourier) {
        nobody++;
      }
    }
    return new Outcome(offers, conflicts, holds, nobody, explained.news(), explained.lookAgain());
  }
}
