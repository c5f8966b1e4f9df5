package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;

/** Why a score is what it is, as of any past instant. */
@ApplicationScoped
public class Explanations {

  private final Tx tx;
  private final ScoreAsOf scores;
  private final RuleSets ruleSets;
  private final Closings closings;
  private final CityClock clock;

  Explanations(Tx tx, ScoreAsOf scores, RuleSets ruleSets, Closings closings, CityClock clock) {
    this.tx = tx;
    this.scores = scores;
    this.ruleSets = ruleSets;
    this.closings = closings;
    this.clock = clock;
  }

  /** What a row does to the score. */
  public enum Effect {
    COUNTS,
    /** Not among the newest orders, or too old. */
    OUT_OF_WINDOW,
    /** A newcomer's first late orders take nothing. */
    WAIVED_NEWCOMER,
    /** The level of that day waived it. */
    WAIVED_LEVEL,
    /** Another row took it back. */
    TAKEN_BACK,
    /** It takes another row back. */
    TAKES_BACK
  }

  /**
   * A row behind the score.
   *
   * @param stayed an appeal against it is open: it does not count in the level
   * @param leavesOn business date from which it counts no more; null when it counts nothing now
   * @param leavesAfterOrders so many more orders push it out of the window; null for an incident
   */
  public record Row(
      LedgerRow row,
      RuleSet.Rule rule,
      Effect effect,
      boolean stayed,
      LocalDate leavesOn,
      Integer leavesAfterOrders) {}

  /**
   * @param rows everything but orders simply delivered well, newest first
   * @param smoothOrders how many of those there are in the window
   * @param next the way up; null on the highest step of the ladder
   */
  public record Explanation(
      ScoreAsOf.Standing standing, List<Row> rows, int smoothOrders, WayUp.Next next) {}

  /**
   * @param at city time; null for now
   * @throws Problem 404 for an unknown rider; 422 for a time to come
   */
  public Uni<Explanation> of(String riderId, Instant at) {
    Instant now = clock.now();
    if (at != null && at.isAfter(now)) {
      throw Problem.unprocessable("at", "The score of a time to come is not known.");
    }
    Instant asOf = at == null ? now : at;
    return tx.read(
        () ->
            ruleSets
                .book()
                .chain(
                    book ->
                        closings
                            .stays(List.of(riderId))
                            .chain(
                                stays ->
                                    scores
                                        .ledgered(riderId, asOf, true)
                                        .map(
                                            found ->
                                                explain(
                                                    found,
                                                    book,
                                                    stays.getOrDefault(riderId, List.of()))))));
  }

  private Explanation explain(ScoreAsOf.Ledgered found, RuleBook book, List<Closings.Stay> stays) {
    ScoreAsOf.Standing standing = found.standing();
    ScoreWindow window = found.window();
    Set<String> takenBack =
        found.rows().stream()
            .map(row -> row.line().takesBack())
            .filter(id -> id != null)
            .collect(Collectors.toCollection(HashSet::new));
    Map<Long, Integer> newer = newer(window, standing.businessDate());
    Set<Long> counted = ServiceScore.counted(standing.businessDate(), standing.rules(), window);
    List<Row> rows = new ArrayList<>();
    int smooth = 0;
    for (LedgerRow row : found.rows()) {
      ScoreLine line = row.line();
      Effect effect = effect(line, standing, counted, takenBack);
      boolean plain =
          line.kind() == RuleKind.SMOOTH
              && row.exemption() == null
              && line.revision() == 1
              && line.takesBack() == null
              && !takenBack.contains(line.entryId());
      if (plain) {
        smooth += effect == Effect.COUNTS ? 1 : 0;
        continue;
      }
      RuleSet rules = book.version(row.ruleSet());
      boolean counts = effect == Effect.COUNTS;
      rows.add(
          new Row(
              row,
              rules.findRule(line.rule()).orElse(null),
              effect,
              stays.stream().anyMatch(s -> s.holdsAt(standing.at()) && s.covers(line)),
              counts ? line.businessDate().plusDays(days(line, standing.rules()) + 1L) : null,
              counts && line.order()
                  ? leavesAfter(newer.get(ScoreWindow.key(line.capped())), standing.rules())
                  : null));
    }
    rows.sort(Comparator.comparingLong((Row row) -> row.row().entryNo()).reversed());
    Optional<WayUp.Next> next = WayUp.from(standing.businessDate(), standing.rules(), window);
    return new Explanation(standing, rows, smooth, next.orElse(null));
  }

  /** How many orders are newer, by order. */
  private static Map<Long, Integer> newer(ScoreWindow window, LocalDate day) {
    List<ScoreWindow.Marks> orders =
        window.orders().stream().filter(o -> o.day() <= day.toEpochDay()).toList();
    Map<Long, Integer> newer = new java.util.HashMap<>();
    for (int i = 0; i < orders.size(); i++) {
      newer.put(orders.get(i).key(), orders.size() - 1 - i);
    }
    return newer;
  }

  private static Integer leavesAfter(Integer newer, RuleSet rules) {
    return newer == null ? null : Math.max(0, rules.windowOrders() - newer);
  }

  private static int days(ScoreLine line, RuleSet rules) {
    return line.kind() == RuleKind.SEVERE ? rules.severeWindowDays() : rules.windowDays();
  }

  private static Effect effect(
      ScoreLine line, ScoreAsOf.Standing standing, Set<Long> counted, Set<String> takenBack) {
    if (line.takesBack() != null) {
      return Effect.TAKES_BACK;
    }
    if (takenBack.contains(line.entryId())) {
      return Effect.TAKEN_BACK;
    }
    ServiceScore score = standing.score();
    long key = ScoreWindow.key(line.capped());
    LocalDate oldest = standing.businessDate().minusDays(days(line, standing.rules()));
    boolean within =
        !line.businessDate().isBefore(oldest)
            && !line.businessDate().isAfter(standing.businessDate())
            && (!line.order() || line.kind() == RuleKind.SEVERE || counted.contains(key));
    if (!within) {
      return Effect.OUT_OF_WINDOW;
    }
    ServiceScore.Waiver waiver = line.kind() == RuleKind.OVERTIME ? score.waived().get(key) : null;
    if (waiver == null) {
      return Effect.COUNTS;
    }
    return waiver == ServiceScore.Waiver.NEWCOMER ? Effect.WAIVED_NEWCOMER : Effect.WAIVED_LEVEL;
  }
}
