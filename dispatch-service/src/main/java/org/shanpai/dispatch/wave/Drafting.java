package org.shanpai.dispatch.wave;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.contracts.event.RouteStop;
import org.shanpai.dispatch.offer.OfferDraft;
import org.shanpai.dispatch.work.PlannedStop;
import org.shanpai.dispatch.work.Route;
import org.shanpai.engine.JobDecision;
import org.shanpai.engine.Reassignment;
import org.shanpai.engine.Stop;

/** Turns what a plan gives a rider into one offer: new jobs, and jobs taken over from others. */
final class Drafting {

  /**
   * What one rider gets.
   *
   * @param offers new jobs, one bundle; may be empty
   * @param moved jobs taken over; may be empty
   */
  record Gift(String riderId, List<JobDecision.Offer> offers, List<Reassignment> moved) {}

  private final WaveCommit.Solved solved;
  private final CityId city;

  /** Jobs that the plan moves and that stay where they are all the same. */
  private final Set<String> unmoved = new HashSet<>();

  Drafting(WaveCommit.Solved solved, CityId city) {
    this.solved = solved;
    this.city = city;
  }

  /**
   * Who gets what; those who only get new jobs come first, for nobody has to lose one for them.
   *
   * @param askedGain mc that a reassignment must save when its new rider may decline it
   */
  List<Gift> gifts(List<List<JobDecision.Offer>> bundles, long askedGain) {
    Map<String, List<Reassignment>> moved = new LinkedHashMap<>();
    for (Reassignment one : solved.plan().reassignments()) {
      boolean asked = !solved.model().rider(one.toCourier()).rules().autoAccept();
      if (asked && one.gainMillicost() < askedGain) {
        unmoved.add(one.jobId());
        continue;
      }
      moved.computeIfAbsent(one.toCourier(), rider -> new ArrayList<>()).add(one);
    }
    List<Gift> gifts = new ArrayList<>();
    for (List<JobDecision.Offer> bundle : bundles) {
      String rider = bundle.get(0).courierId();
      List<Reassignment> also = moved.remove(rider);
      gifts.add(new Gift(rider, bundle, also == null ? List.of() : also));
    }
    moved.forEach((rider, jobs) -> gifts.add(new Gift(rider, List.of(), jobs)));
    gifts.sort(Comparator.comparingInt(gift -> gift.moved().isEmpty() ? 0 : 1));
    return gifts;
  }

  /** As much as the rider may have in hand; what is left over stays where it is. */
  OfferDraft draft(Gift gift) {
    Situation.Near near = solved.model().rider(gift.riderId());
    List<JobDecision.Offer> offers =
        gift.offers().stream()
            .sorted(Comparator.comparingInt(JobDecision.Offer::pickupIndex))
            .limit(near.room())
            .toList();
    List<Reassignment> moved =
        gift.moved().stream().limit(Math.max(0, near.room() - offers.size())).toList();
    Set<String> leftOver = new HashSet<>(unmoved);
    gift.offers().forEach(offer -> leftOver.add(offer.jobId()));
    gift.moved().forEach(one -> leftOver.add(one.jobId()));
    offers.forEach(offer -> leftOver.remove(offer.jobId()));
    moved.forEach(one -> leftOver.remove(one.jobId()));
    Route route = route(gift.riderId(), leftOver);

    Map<String, Instant> pickups = new HashMap<>();
    Map<String, Instant> dropoffs = new HashMap<>();
    for (PlannedStop stop : route.stops()) {
      (stop.kind() == RouteStop.Kind.PICKUP ? pickups : dropoffs)
          .put(stop.jobId(), stop.plannedArrivalAt());
    }
    List<OfferDraft.DraftJob> jobs = new ArrayList<>();
    List<DispatchReceipt> receipts = new ArrayList<>();
    for (JobDecision.Offer offer : offers) {
      jobs.add(job(offer.jobId(), null, pickups, dropoffs));
      DispatchReceipt receipt = Why.receipt(offer, solved.waveId(), city, solved.situation());
      boolean tooLong = solved.model().carriedTooLong(offer.jobId());
      receipts.add(tooLong ? Why.carriedTooLong(receipt) : receipt);
    }
    for (Reassignment one : moved) {
      jobs.add(job(one.jobId(), one.fromCourier(), pickups, dropoffs));
      receipts.add(Why.receipt(one, solved.waveId(), city, solved.situation()));
    }
    long toStore =
        jobs.stream()
            .mapToLong(
                job ->
                    Duration.between(solved.situation().now(), job.plannedPickupAt()).toSeconds())
            .min()
            .orElse(0);
    return new OfferDraft(
        solved.waveId(),
        solved.situation().areaId(),
        gift.riderId(),
        near.work().version(),
        jobs,
        route,
        near.rules(),
        offers.isEmpty() ? Why.movedLine(moved, toStore) : Why.line(offers, toStore),
        receipts);
  }

  private OfferDraft.DraftJob job(
      String jobId, String from, Map<String, Instant> pickups, Map<String, Instant> dropoffs) {
    return new OfferDraft.DraftJob(
        jobId, solved.model().job(jobId).epoch(), pickups.get(jobId), dropoffs.get(jobId), from);
  }

  private Route route(String riderId, Set<String> leftOver) {
    List<Stop> stops =
        solved.plan().routes().get(riderId).stream()
            .filter(stop -> !leftOver.contains(stop.jobId()))
            .toList();
    return solved.model().route(riderId, stops, solved.times());
  }
}
