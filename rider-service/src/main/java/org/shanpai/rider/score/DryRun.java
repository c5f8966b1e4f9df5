package org.shanpai.rider.score;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;

/**
 * What a rule set would have changed, for whom, had it held all of last week: that week's facts are
 * judged by the rules that held and by the new ones, and both scores are told. Nothing is stored.
 */
@ApplicationScoped
public class DryRun {

  private static final Duration WEEK = Duration.ofDays(7);

  private final Tx tx;
  private final RuleSets ruleSets;
  private final FactRows facts;
  private final LedgerRows rows;
  private final AccountRows accounts;
  private final AreaWeather weather;
  private final CityClock clock;
  private final City city;

  DryRun(
      Tx tx,
      RuleSets ruleSets,
      FactRows facts,
      LedgerRows rows,
      AccountRows accounts,
      AreaWeather weather,
      CityClock clock,
      City city) {
    this.tx = tx;
    this.ruleSets = ruleSets;
    this.facts = facts;
    this.rows = rows;
    this.accounts = accounts;
    this.weather = weather;
    this.clock = clock;
    this.city = city;
  }

  /**
   * @param rule and how often it would stand before and after
   */
  public record RuleChange(String rule, int before, int after) {}

  /**
   * A rider whose score or level would be another.
   *
   * @param changed the rows that would differ, as rule before and after by subject
   */
  public record RiderChange(
      String riderId,
      int scoreBeforeMilliPoints,
      int scoreAfterMilliPoints,
      String bandBefore,
      String bandAfter,
      List<String> changed) {}

  /**
   * @param riders looked at; the busiest, when there are more than may be
   * @param cases orders and incidents judged
   * @param better riders with a higher score, {@code worse} with a lower one
   * @param changes the riders it changes most, at most 200
   */
  public record Report(
      String version,
      Instant from,
      Instant until,
      int riders,
      boolean allRiders,
      int cases,
      int better,
      int worse,
      int same,
      List<RuleChange> rules,
      List<RiderChange> changes) {}

  private static final int MOST_TOLD = 200;

  /**
   * @param mostRiders at most so many are looked at
   * @throws Problem 422 {@code rule-set-refused} for a rule set that could never be published
   */
  public Uni<Report> lastWeek(JsonNode document, int mostRiders) {
    RuleSet rules = RuleSetCheck.read(document);
    Instant now = clock.now();
    Instant from = now.minus(WEEK);
    return tx.detached(
        () ->
            tx.read(
                () ->
                    facts
                        .ridersWithin(from, now, mostRiders + 1)
                        .chain(
                            riders ->
                                ruleSets
                                    .book()
                                    .chain(
                                        book ->
                                            report(rules, book, riders, from, now, mostRiders)))));
  }

  /** What is summed up over riders. */
  private static final class Sum {
    int cases;
    int better;
    int worse;
    int same;
    final Map<String, int[]> rules = new TreeMap<>();
    final List<RiderChange> changes = new ArrayList<>();
  }

  private Uni<Report> report(
      RuleSet rules, RuleBook book, List<String> found, Instant from, Instant now, int most) {
    List<String> riders = found.subList(0, Math.min(most, found.size()));
    Sum sum = new Sum();
    Uni<Void> all = Uni.createFrom().voidItem();
    for (String rider : riders) {
      all = all.chain(() -> rider(rules, book, rider, from, now, sum));
    }
    return all.map(
        done ->
            new Report(
                rules.version(),
                from,
                now,
                riders.size(),
                riders.size() == found.size(),
                sum.cases,
                sum.better,
                sum.worse,
                sum.same,
                sum.rules.entrySet().stream()
                    .map(e -> new RuleChange(e.getKey(), e.getValue()[0], e.getValue()[1]))
                    .toList(),
                sum.changes.stream()
                    .sorted(
                        Comparator.comparingInt(
                                (RiderChange c) ->
                                    -Math.abs(
                                        c.scoreAfterMilliPoints() - c.scoreBeforeMilliPoints()))
                            .thenComparing(RiderChange::riderId))
                    .limit(MOST_TOLD)
                    .toList()));
  }

  private Uni<Void> rider(
      RuleSet rules, RuleBook book, String rider, Instant from, Instant now, Sum sum) {
    return facts
        .casesOf(rider, from)
        .chain(facts::cases)
        .chain(
            cases ->
                weather
                    .of(areas(cases.values()), from.minus(WEEK))
                    .chain(
                        sky ->
                            rows.window(rider, now)
                                .chain(
                                    ledger ->
                                        accounts
                                            .read(rider)
                                            .invoke(
                                                account ->
                                                    compare(
                                                        rules,
                                                        book,
                                                        cases.values(),
                                                        sky,
                                                        ledger,
                                                        account,
                                                        now,
                                                        sum)))))
        .replaceWithVoid();
  }

  private static Set<String> areas(Collection<ScoreCase> cases) {
    Set<String> areas = new HashSet<>();
    for (ScoreCase found : cases) {
      if (found.delivery() != null) {
        areas.add(found.delivery().areaId());
      }
      found.rulings().stream().map(Ruling::areaId).filter(a -> a != null).forEach(areas::add);
    }
    return areas;
  }

  private void compare(
      RuleSet rules,
      RuleBook book,
      Collection<ScoreCase> cases,
      ScoreJudge.Weather sky,
      List<LedgerRow> ledger,
      AccountRows.Account account,
      Instant now,
      Sum sum) {
    RuleBook asIf = new RuleBook(List.of(new RuleBook.Edition(Instant.EPOCH, rules)));
    List<Ruling> limited =
        cases.stream()
            .flatMap(found -> found.rulings().stream())
            .filter(ruling -> Limits.RULES.contains(ruling.rule()))
            .toList();
    List<ScoreLine> standing = ServiceScore.standing(ledger.stream().map(LedgerRow::line).toList());
    Map<String, ScoreLine> after = new HashMap<>();
    standing.forEach(line -> after.put(key(line), line));
    Set<String> changed = new HashSet<>();
    for (ScoreCase found : cases) {
      sum.cases++;
      List<ScoreLine> existing =
          standing.stream().filter(line -> found.subjects().contains(line.subject())).toList();
      List<Verdict> verdicts =
          new ScoreJudge(asIf, sky).judge(found, limited, List.of(), Instant.EPOCH);
      existing.forEach(
          line -> {
            after.remove(key(line));
            count(sum, line.rule(), 0);
          });
      for (Verdict verdict : verdicts) {
        ScoreLine line =
            new Correction.NewRow(verdict, null, 1)
                .line("new-" + verdict.subject() + verdict.rule().group(), city::businessDate);
        after.put(key(line), line);
        count(sum, line.rule(), 1);
        if (existing.stream().noneMatch(verdict::isWhat)) {
          changed.add(
              verdict.subject()
                  + ": "
                  + existing.stream()
                      .filter(old -> old.subject().equals(verdict.subject()))
                      .map(old -> old.rule() + " " + old.milliPoints())
                      .findFirst()
                      .orElse("-")
                  + " → "
                  + verdict.rule().rule()
                  + " "
                  + verdict.milliPoints());
        }
      }
    }
    LocalDate today = city.businessDate(now);
    RuleSet inForce = book.inForceAt(now);
    int before = score(today, inForce, standing, account);
    int then = score(today, rules, after.values(), account);
    sum.better += then > before ? 1 : 0;
    sum.worse += then < before ? 1 : 0;
    sum.same += then == before ? 1 : 0;
    String bandBefore = inForce.band(before).band();
    String bandAfter = rules.band(then).band();
    if (then != before || !bandBefore.equals(bandAfter)) {
      sum.changes.add(
          new RiderChange(
              account.riderId(),
              before,
              then,
              bandBefore,
              bandAfter,
              changed.stream().sorted().limit(20).toList()));
    }
  }

  private static int score(
      LocalDate day, RuleSet rules, Collection<ScoreLine> lines, AccountRows.Account account) {
    return ServiceScore.on(day, rules, ScoreWindow.of(lines, account.ever(), date -> 0))
        .milliPoints();
  }

  private static String key(ScoreLine line) {
    return line.subject() + "/" + line.group();
  }

  private static void count(Sum sum, String rule, int side) {
    sum.rules.computeIfAbsent(rule, name -> new int[2])[side]++;
  }
}
