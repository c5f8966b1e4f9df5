package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.ToIntFunction;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;

/**
 * A rider's score and level, now or as they were at any past instant: by what had been recorded by
 * then and by the rules in force then. Runs in the caller's session.
 */
@ApplicationScoped
public class ScoreAsOf {

  private final RuleSets ruleSets;
  private final AccountRows accounts;
  private final LedgerRows rows;
  private final Closings closings;
  private final Levels levels;
  private final CityClock clock;
  private final City city;

  ScoreAsOf(
      RuleSets ruleSets,
      AccountRows accounts,
      LedgerRows rows,
      Closings closings,
      Levels levels,
      CityClock clock,
      City city) {
    this.ruleSets = ruleSets;
    this.accounts = accounts;
    this.rows = rows;
    this.closings = closings;
    this.levels = levels;
    this.clock = clock;
    this.city = city;
  }

  /**
   * @param score what it was, with the formula's inputs
   * @param levelScoreMilliPoints the same without what is under appeal: tomorrow's level, should
   *     nothing more happen
   * @param level what held that day
   */
  public record Standing(
      String riderId,
      Instant at,
      LocalDate businessDate,
      RuleSet rules,
      ServiceScore score,
      int levelScoreMilliPoints,
      Level level) {}

  /** What a score was made of. */
  record Ledgered(Standing standing, ScoreWindow window, List<LedgerRow> rows) {}

  /**
   * @throws Problem 404 when there is no such rider
   */
  public Uni<Standing> now(String riderId) {
    Instant now = clock.now();
    LocalDate today = city.businessDate(now);
    return accounts
        .standing(riderId, now, today.minusDays(1))
        .chain(
            found -> {
              require(found, riderId);
              AccountRows.Account account = found.account();
              boolean unknown = account.window() == null && account.entries() > 0;
              return unknown || found.underAppeal()
                  ? at(riderId, now)
                  : ruleSets.book(found.published()).map(book -> plain(found, book, now, today));
            });
  }

  /** What counts in the score counts in the level, too. */
  private Standing plain(AccountRows.Standing found, RuleBook book, Instant now, LocalDate today) {
    AccountRows.Account account = found.account();
    ScoreWindow window =
        account.window() == null
            ? new ScoreWindow(account.ever(), List.of(), List.of())
            : account.window();
    RuleSet rules = book.inForceAt(now);
    ServiceScore score = ServiceScore.on(today, rules, window);
    return new Standing(
        account.riderId(),
        now,
        today,
        rules,
        score,
        score.milliPoints(),
        levels.level(book, found.closing(), today));
  }

  /**
   * @param at city time, not in the future
   * @throws Problem 404 when there is no such rider
   */
  public Uni<Standing> at(String riderId, Instant at) {
    return ledgered(riderId, at, false).map(Ledgered::standing);
  }

  /**
   * The same with the rows behind it.
   *
   * @param facts whether the rows are wanted with what was judged
   */
  Uni<Ledgered> ledgered(String riderId, Instant at, boolean facts) {
    LocalDate day = city.businessDate(at);
    return accounts
        .read(riderId)
        .invoke(account -> require(account, riderId))
        .chain(
            account ->
                ruleSets
                    .book()
                    .chain(
                        book ->
                            (facts ? rows.explained(riderId, at) : rows.window(riderId, at))
                                .chain(
                                    found ->
                                        rows.ordersBy(riderId, at)
                                            .chain(
                                                orders ->
                                                    made(
                                                        account,
                                                        book,
                                                        found,
                                                        orders + account.priorOrders(),
                                                        day,
                                                        at)))));
  }

  private Uni<Ledgered> made(
      AccountRows.Account account,
      RuleBook book,
      List<LedgerRow> found,
      long ever,
      LocalDate day,
      Instant at) {
    String riderId = account.riderId();
    List<ScoreLine> lines = ServiceScore.standing(found.stream().map(LedgerRow::line).toList());
    RuleSet rules = book.inForceAt(at);
    return levels
        .waiving(List.of(riderId), book, at)
        .chain(
            waivers ->
                closings
                    .stays(List.of(riderId))
                    .chain(
                        stays ->
                            levels
                                .on(riderId, day, at)
                                .map(
                                    level -> {
                                      ToIntFunction<LocalDate> waiving =
                                          waivers.getOrDefault(riderId, date -> 0);
                                      ScoreWindow window = ScoreWindow.of(lines, ever, waiving);
                                      List<ScoreLine> counting =
                                          Closings.stayed(
                                              lines, stays.getOrDefault(riderId, List.of()), at);
                                      return new Ledgered(
                                          new Standing(
                                              riderId,
                                              at,
                                              day,
                                              rules,
                                              ServiceScore.on(day, rules, window),
                                              ServiceScore.on(
                                                      day,
                                                      rules,
                                                      ScoreWindow.of(counting, ever, waiving))
                                                  .milliPoints(),
                                              level),
                                          window,
                                          found);
                                    })));
  }

  private static void require(Object found, String riderId) {
    if (found == null) {
      throw Problem.notFound("rider " + riderId);
    }
  }
}
