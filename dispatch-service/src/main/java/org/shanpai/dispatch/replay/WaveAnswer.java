package org.shanpai.dispatch.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.engine.CostTerms;
import org.shanpai.engine.JobDecision;
import org.shanpai.engine.Plan;
import org.shanpai.engine.Reassignment;
import org.shanpai.engine.Receipt;
import org.shanpai.engine.Stop;
import org.shanpai.engine.StopKind;

/**
 * What the engine answered to a wave, in lines that a person can read and a program can compare:
 * every decision with its reasons, every route, the cost. Equal answers give equal lines.
 *
 * @param lines in the order of the wave
 */
public record WaveAnswer(List<String> lines) {

  /**
   * Where two answers part.
   *
   * @param line counted from 1
   * @param stored null when the stored answer has no such line
   * @param found null when the new answer has no such line
   */
  public record Difference(int line, String stored, String found) {}

  public WaveAnswer {
    lines = List.copyOf(lines);
  }

  /** The answer a plan is. */
  public static WaveAnswer of(Plan plan) {
    List<String> lines = new ArrayList<>();
    for (JobDecision decision : plan.decisions()) {
      lines.add(decision(decision) + " " + why(decision.receipt()));
    }
    for (Reassignment moved : plan.reassignments()) {
      lines.add(reassignment(moved) + " " + why(moved.receipt()));
    }
    plan.routes().forEach((courier, stops) -> lines.add(route(courier, stops)));
    lines.add("cost " + terms(plan.cost().routes()) + " held=" + plan.cost().held());
    return new WaveAnswer(lines);
  }

  /** The answer of an engine that broke. */
  public static WaveAnswer of(Throwable failure) {
    return new WaveAnswer(List.of("failed " + failure.getClass().getName()));
  }

  /** Equal for equal answers; hexadecimal. */
  public String digest() {
    return Secrets.hash(String.join("\n", lines));
  }

  /** The first line that is not the same; empty when the answers are equal. */
  public Optional<Difference> differenceTo(WaveAnswer found) {
    int most = Math.max(lines.size(), found.lines.size());
    for (int i = 0; i < most; i++) {
      String stored = i < lines.size() ? lines.get(i) : null;
      String other = i < found.lines.size() ? found.lines.get(i) : null;
      if (stored == null || !stored.equals(other)) {
        return Optional.of(new Difference(i + 1, stored, other));
      }
    }
    return Optional.empty();
  }

  private static String decision(JobDecision decision) {
    if (decision instanceof JobDecision.Offer o) {
      return "offer %s to %s bundle=%s stops=%d,%d arrive=%d take=%d deliver=%d"
          .formatted(
              o.jobId(),
              o.courierId(),
              o.bundleId(),
              o.pickupIndex(),
              o.dropoffIndex(),
              o.pickupArrivalMillis(),
              o.pickupMillis(),
              o.dropoffMillis());
    }
    return decision instanceof JobDecision.Hold hold
        ? "hold " + hold.jobId() + " until=" + hold.untilMillis()
        : "nobody " + decision.jobId();
  }

  private static String reassignment(Reassignment moved) {
    return "reassign %s from %s to %s gain=%d arrive=%d deliver=%d"
        .formatted(
            moved.jobId(),
            moved.fromCourier(),
            moved.toCourier(),
            moved.gainMillicost(),
            moved.pickupArrivalMillis(),
            moved.dropoffMillis());
  }

  private static String why(Receipt why) {
    Map<String, Integer> rejected = new TreeMap<>();
    why.rejected().forEach((rule, count) -> rejected.put(rule.name(), count));
    String candidates =
        why.candidates().stream()
            .map(c -> c.courierId() + ":" + c.extra().total() + "@" + c.deliveredMillis())
            .collect(Collectors.joining(","));
    return "by=%s candidates=[%s] others=%d rejected=%s"
        .formatted(why.rule(), candidates, why.otherCandidates(), rejected);
  }

  private static String route(String courier, List<Stop> stops) {
    return "route "
        + courier
        + stops.stream()
            .map(s -> (s.kind() == StopKind.PICKUP ? " +" : " -") + s.jobId())
            .collect(Collectors.joining());
  }

  private static String terms(CostTerms cost) {
    return "lateness=%d travel=%d waiting=%d carry=%d equity=%d level=%d disturbance=%d"
        .formatted(
            cost.lateness(),
            cost.travel(),
            cost.waiting(),
            cost.carry(),
            cost.equity(),
            cost.level(),
            cost.disturbance());
  }
}
