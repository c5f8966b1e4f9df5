package org.shanpai.dispatch.wave;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.engine.CostTerms;
import org.shanpai.engine.DecisionRule;
import org.shanpai.engine.JobDecision;
import org.shanpai.engine.Reassignment;
import org.shanpai.engine.Receipt;
import org.shanpai.engine.RejectRule;

/** Puts the engine's reasons into receipts, and into a line for the rider. */
final class Why {

  /** Riders who could have had the job, but for more than those who are listed. */
  private static final String COSTLIER = "COSTLIER";

  /** Riders of whom nobody has heard for too long to build on it. */
  private static final String SILENT = "SILENT";

  /** Riders who want no orders of this customer. Who that is, is nowhere in a receipt. */
  private static final String RIDER_WISH = "RIDER_WISH";

  private Why() {}

  static DispatchReceipt receipt(
      JobDecision decision, String waveId, CityId city, Situation situation) {
    String outcome;
    String chosen = null;
    if (decision instanceof JobDecision.Offer offer) {
      outcome = "OFFER";
      chosen = offer.courierId();
    } else {
      outcome = decision instanceof JobDecision.Hold ? "HOLD" : "NO_COURIER";
    }
    return receipt(decision.jobId(), outcome, chosen, decision.receipt(), waveId, city, situation);
  }

  static DispatchReceipt receipt(
      Reassignment moved, String waveId, CityId city, Situation situation) {
    return receipt(
        moved.jobId(), "REASSIGN", moved.toCourier(), moved.receipt(), waveId, city, situation);
  }

  private static DispatchReceipt receipt(
      String jobId,
      String outcome,
      String chosen,
      Receipt why,
      String waveId,
      CityId city,
      Situation situation) {
    Map<String, Integer> rejected = new TreeMap<>();
    why.rejected().forEach((rule, count) -> rejected.put(rule.name(), count));
    tellPhones(rejected, situation);
    tellWishes(rejected, situation.wishing(jobId));
    if (why.otherCandidates() > 0) {
      rejected.put(COSTLIER, why.otherCandidates());
    }
    List<DispatchReceipt.Candidate> candidates =
        why.candidates().stream()
            .map(
                c ->
                    new DispatchReceipt.Candidate(
                        new RiderId(c.courierId()), c.extra().total(), terms(c.extra())))
            .toList();
    return new DispatchReceipt(
        waveId,
        new JobId(jobId),
        city,
        new AreaId(situation.areaId()),
        situation.now(),
        outcome,
        chosen == null ? null : new RiderId(chosen),
        candidates,
        rejected,
        why.rule().name(),
        why.engineVersion());
  }

  /** The engine knows only that somebody takes no offers; what the phone has to do with it. */
  private static void tellPhones(Map<String, Integer> rejected, Situation situation) {
    String general = RejectRule.NOT_ACCEPTING.name();
    situation
        .unfit()
        .forEach(
            (phone, count) -> {
              int left = rejected.getOrDefault(general, 0);
              int told = Math.min(left, count);
              if (told > 0) {
                rejected.put(phone.name(), told);
                rejected.put(general, left - told);
              }
            });
    rejected.remove(general, 0);
    if (situation.silent() > 0) {
      rejected.put(SILENT, situation.silent());
    }
  }

  /** The engine knows only that somebody is excluded; whose own wish it was, it does not. */
  private static void tellWishes(Map<String, Integer> rejected, int wishing) {
    String general = RejectRule.EXCLUDED.name();
    int left = rejected.getOrDefault(general, 0);
    int told = Math.min(left, wishing);
    if (told > 0) {
      rejected.put(RIDER_WISH, told);
      rejected.put(general, left - told);
      rejected.remove(general, 0);
    }
  }

  /** The same when nobody could keep the longest carry: ridden straight, so little too long. */
  static DispatchReceipt carriedTooLong(DispatchReceipt offer) {
    return new DispatchReceipt(
        offer.waveId(),
        offer.jobId(),
        offer.cityId(),
        offer.areaId(),
        offer.at(),
        offer.outcome(),
        offer.chosen(),
        offer.candidates(),
        offer.rejected(),
        "CARRY_LIMIT_EXCEEDED",
        offer.engineVersion());
  }

  /** The same when the job stays in the grab hall although somebody could be asked. */
  static DispatchReceipt inHall(DispatchReceipt offer) {
    return new DispatchReceipt(
        offer.waveId(),
        offer.jobId(),
        offer.cityId(),
        offer.areaId(),
        offer.at(),
        "HOLD",
        null,
        offer.candidates(),
        offer.rejected(),
        "LEFT_IN_HALL",
        offer.engineVersion());
  }

  private static Map<String, Long> terms(CostTerms cost) {
    Map<String, Long> terms = new LinkedHashMap<>();
    terms.put("lateness", cost.lateness());
    terms.put("travel", cost.travel());
    terms.put("waiting", cost.waiting());
    terms.put("carry", cost.carry());
    terms.put("equity", cost.equity());
    terms.put("level", cost.level());
    terms.put("disturbance", cost.disturbance());
    return terms;
  }

  /**
   * One line for the rider.
   *
   * @param secondsToStore planned, from now to the first new pickup
   */
  static String line(List<JobDecision.Offer> bundle, long secondsToStore) {
    Receipt first = bundle.get(0).receipt();
    int compared = first.candidates().size() + first.otherCandidates();
    String reason =
        bundle.stream().anyMatch(o -> o.receipt().rule() == DecisionRule.SAME_STORE_BUNDLE)
            ? bundle.size() + " orders from one store"
            : switch (first.rule()) {
              case PROMISE_NEAR -> "its promise is near";
              case HOLD_EXHAUSTED -> "it has waited long enough";
              default -> "leave now and it is on time";
            };
    return "Best of "
        + Math.max(1, compared)
        + " riders; store in "
        + Math.max(0, Math.round(secondsToStore / 60.0))
        + " min; "
        + reason
        + ".";
  }

  /** The same for jobs taken over from others. */
  static String movedLine(List<Reassignment> moved, long secondsToStore) {
    return (moved.size() == 1 ? "You are" : "For " + moved.size() + " orders you are")
        + " so much nearer than who had it; store in "
        + Math.max(0, Math.round(secondsToStore / 60.0))
        + " min.";
  }
}
