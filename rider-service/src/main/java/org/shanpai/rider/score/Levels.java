package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.shanpai.chassis.City;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.roster.Roster;

/**
 * Levels: a day is closed once it is over, and its level score holds the whole next day. What is
 * found out later raises a closing, and never lowers it. Runs in the caller's transaction.
 */
@ApplicationScoped
public class Levels {

  /** Longer than anything in a window is waived by. */
  private static final int DAYS_BACK = 2 * ScoreWindow.KEPT_DAYS;

  private final Tx tx;
  private final RuleSets ruleSets;
  private final Closings closings;
  private final LedgerRows rows;
  private final AccountRows accounts;
  private final Roster roster;
  private final CityClock clock;
  private final City city;

  Levels(
      Tx tx,
      RuleSets ruleSets,
      Closings closings,
      LedgerRows rows,
      AccountRows accounts,
      Roster roster,
      CityClock clock,
      City city) {
    this.tx = tx;
    this.ruleSets = ruleSets;
    this.closings = closings;
    this.rows = rows;
    this.accounts = accounts;
    this.roster = roster;
    this.clock = clock;
    this.city = city;
  }

  /** The level that holds on a business date, by what is known now. */
  public Uni<Level> on(String riderId, LocalDate day) {
    return on(riderId, day, clock.now());
  }

  /**
   * @param knownAt by what had been recorded then, city time
   */
  public Uni<Level> on(String riderId, LocalDate day, Instant knownAt) {
    return ruleSets
        .book()
        .chain(
            book ->
                closings
                    .of(List.of(riderId), day.minusDays(1), knownAt)
                    .map(
                        found ->
                            level(book, found.getOrDefault(riderId, Closings.Days.none()), day)));
  }

  private Level level(RuleBook book, Closings.Days days, LocalDate day) {
    return level(book, days.asOf(day.minusDays(1)), day);
  }

  /**
   * The level that holds on a business date.
   *
   * @param closing of the day before; null when nothing was ever closed
   */
  Level level(RuleBook book, Closings.Closing closing, LocalDate day) {
    RuleSet inForce = book.inForceAt(startOf(day));
    if (closing == null) {
      int start = inForce.startMilliPoints();
      return new Level(
          day, start, start, inForce.version(), inForce.band(start), inForce.rewardOrdersPerDay());
    }
    return new Level(
        day,
        closing.levelMilliPoints(),
        closing.scoreMilliPoints(),
        inForce.version(),
        inForce.band(closing.levelMilliPoints()),
        inForce.rewardOrdersPerDay());
  }

  /** What each rider's level waived a week, by business date. */
  Uni<Map<String, ToIntFunction<LocalDate>>> waiving(
      Collection<String> riders, RuleBook book, Instant knownAt) {
    if (riders.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return closings
        .of(riders, city.businessDate(knownAt).minusDays(DAYS_BACK), knownAt)
        .map(
            found -> {
              Map<String, ToIntFunction<LocalDate>> byRider = new HashMap<>();
              found.forEach((rider, days) -> byRider.put(rider, waivers(book, days)));
              return byRider;
            });
  }

  private ToIntFunction<LocalDate> waivers(RuleBook book, Closings.Days days) {
    return day -> level(book, days, day).band().waiversPerWeek();
  }

  /** Closes every day that is over for accounts that are behind. */
  Uni<Void> close(Collection<AccountRows.Account> found, RuleBook book, Instant now) {
    LocalDate yesterday = city.businessDate(now).minusDays(1);
    List<AccountRows.Account> behind =
        found.stream()
            .filter(a -> a.closedOn() == null || a.closedOn().isBefore(yesterday))
            .toList();
    if (behind.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<String> riders = behind.stream().map(AccountRows.Account::riderId).toList();
    return closings
        .of(riders, yesterday.minusDays(DAYS_BACK), now)
        .chain(
            known ->
                closings
                    .stays(riders)
                    .chain(
                        stays -> {
                          List<Closings.Stored> stored = new ArrayList<>();
                          Map<String, Integer> changed = new TreeMap<>();
                          Uni<Void> all = Uni.createFrom().voidItem();
                          for (AccountRows.Account account : behind) {
                            Closings.Days days =
                                known.getOrDefault(account.riderId(), Closings.Days.none());
                            boolean exact =
                                account.window() == null || stays.containsKey(account.riderId());
                            if (account.entries() == 0) {
                              continue;
                            }
                            Uni<Void> one =
                                exact
                                    ? byLedger(
                                        account,
                                        from(account, yesterday),
                                        days,
                                        stays.getOrDefault(account.riderId(), List.of()),
                                        book,
                                        now,
                                        stored,
                                        false)
                                    : Uni.createFrom()
                                        .voidItem()
                                        .invoke(
                                            () -> byWindow(account, yesterday, days, book, stored));
                            all =
                                all.chain(() -> one)
                                    .invoke(
                                        () ->
                                            changed.put(
                                                account.riderId(),
                                                level(book, days, yesterday.plusDays(1))
                                                    .milliPoints()));
                          }
                          return all.chain(() -> closings.add(stored, now))
                              .chain(() -> accounts.closed(riders, yesterday))
                              .chain(() -> tell(changed));
                        }));
  }

  private static LocalDate from(AccountRows.Account account, LocalDate yesterday) {
    return account.closedOn() == null ? yesterday : account.closedOn().plusDays(1);
  }

  private void byWindow(
      AccountRows.Account account,
      LocalDate yesterday,
      Closings.Days days,
      RuleBook book,
      List<Closings.Stored> stored) {
    LocalDate last = yesterday;
    for (LocalDate day = from(account, last); !day.isAfter(last); day = day.plusDays(1)) {
      RuleSet rules = book.inForceAt(startOf(day.plusDays(1)));
      int score = ServiceScore.on(day, rules, account.window()).milliPoints();
      note(account.riderId(), day, score, score, rules, days, stored, false);
    }
  }

  /** Closes days from the ledger itself: what is under appeal is left out of the level. */
  private Uni<Void> byLedger(
      AccountRows.Account account,
      LocalDate since,
      Closings.Days days,
      List<Closings.Stay> stays,
      RuleBook book,
      Instant now,
      List<Closings.Stored> stored,
      boolean upwards) {
    LocalDate yesterday = city.businessDate(now).minusDays(1);
    return rows.window(account.riderId(), now)
        .invoke(
            found -> {
              List<ScoreLine> lines =
                  ServiceScore.standing(found.stream().map(LedgerRow::line).toList());
              for (LocalDate day = since; !day.isAfter(yesterday); day = day.plusDays(1)) {
                Instant end = startOf(day.plusDays(1));
                RuleSet rules = book.inForceAt(end);
                ScoreWindow all = windowOn(day, lines, account, book, days);
                int score = ServiceScore.on(day, rules, all).milliPoints();
                List<ScoreLine> counting = Closings.stayed(lines, stays, end);
                int level =
                    ServiceScore.on(day, rules, windowOn(day, counting, account, book, days))
                        .milliPoints();
                note(account.riderId(), day, level, score, rules, days, stored, upwards);
              }
            })
        .replaceWithVoid();
  }

  private ScoreWindow windowOn(
      LocalDate day,
      List<ScoreLine> lines,
      AccountRows.Account account,
      RuleBook book,
      Closings.Days days) {
    List<ScoreLine> until = lines.stream().filter(l -> !l.businessDate().isAfter(day)).toList();
    long after =
        lines.stream()
            .filter(l -> l.order() && l.businessDate().isAfter(day))
            .map(ScoreLine::subject)
            .distinct()
            .count();
    return ScoreWindow.of(until, account.ever() - after, waivers(book, days));
  }

  private static void note(
      String rider,
      LocalDate day,
      int level,
      int score,
      RuleSet rules,
      Closings.Days days,
      List<Closings.Stored> stored,
      boolean upwards) {
    Closings.Closing before = days.asOf(day);
    int least = upwards && before != null ? before.levelMilliPoints() : 0;
    int closing = Math.max(level, least);
    if (before != null
        && before.levelMilliPoints() == closing
        && before.scoreMilliPoints() == score) {
      return;
    }
    stored.add(new Closings.Stored(rider, day.toString(), closing, score, rules.version()));
    days.byDay().put(day, new Closings.Closing(closing, score, rules.version()));
  }

  /**
   * Raises closings that a correction makes better.
   *
   * @param since by rider, the earliest day corrected
   * @return riders with a closing that changed: what their levels waived may have, too
   */
  Uni<Set<String>> revise(Map<String, LocalDate> since, RuleBook book, Instant now) {
    Set<String> raised = new TreeSet<>();
    Uni<Void> all = Uni.createFrom().voidItem();
    for (String rider : since.keySet().stream().sorted().toList()) {
      all =
          all.chain(() -> revise(rider, since.get(rider), book, now))
              .invoke(
                  changed -> {
                    if (changed) {
                      raised.add(rider);
                    }
                  })
              .replaceWithVoid();
    }
    return all.replaceWith(raised);
  }

  private Uni<Boolean> revise(String rider, LocalDate corrected, RuleBook book, Instant now) {
    LocalDate today = city.businessDate(now);
    LocalDate oldest = today.minusDays(DAYS_BACK);
    LocalDate since = corrected.isBefore(oldest) ? oldest : corrected;
    List<Closings.Stored> stored = new ArrayList<>();
    return accounts
        .read(rider)
        .chain(
            account ->
                closings
                    .of(List.of(rider), since.minusDays(DAYS_BACK), now)
                    .chain(
                        known -> {
                          Closings.Days recorded = known.getOrDefault(rider, Closings.Days.none());
                          Closings.Days favoured =
                              new Closings.Days(dense(recorded, since, today.minusDays(1)));
                          return closings
                              .stays(List.of(rider))
                              .chain(
                                  stays ->
                                      byLedger(
                                          account,
                                          since,
                                          favoured,
                                          stays.getOrDefault(rider, List.of()),
                                          book,
                                          now,
                                          stored,
                                          true))
                              .chain(() -> closings.add(kept(stored, recorded, favoured), now))
                              .chain(
                                  () ->
                                      tell(
                                          Map.of(
                                              rider, level(book, favoured, today).milliPoints())))
                              .map(told -> !stored.isEmpty());
                        }));
  }

  /** With a closing on every day, so that raising one does not raise the days after it. */
  private static TreeMap<LocalDate, Closings.Closing> dense(
      Closings.Days days, LocalDate since, LocalDate until) {
    TreeMap<LocalDate, Closings.Closing> all = new TreeMap<>(days.byDay());
    for (LocalDate day = since; !day.isAfter(until); day = day.plusDays(1)) {
      Closings.Closing closing = days.asOf(day);
      if (closing != null) {
        all.put(day, closing);
      }
    }
    return all;
  }

  /** What has to be written so that days without a closing are again as the day before. */
  private static List<Closings.Stored> kept(
      List<Closings.Stored> changed, Closings.Days recorded, Closings.Days favoured) {
    if (changed.isEmpty()) {
      return changed;
    }
    String rider = changed.get(0).rider();
    Closings.Days written = new Closings.Days(new TreeMap<>(recorded.byDay()));
    List<Closings.Stored> stored = new ArrayList<>();
    LocalDate first = LocalDate.parse(changed.get(0).day());
    favoured
        .byDay()
        .tailMap(first, true)
        .forEach(
            (day, closing) -> {
              if (!closing.equals(written.asOf(day))) {
                stored.add(
                    new Closings.Stored(
                        rider,
                        day.toString(),
                        closing.levelMilliPoints(),
                        closing.scoreMilliPoints(),
                        closing.ruleSet()));
                written.byDay().put(day, closing);
              }
            });
    return stored;
  }

  /** Brings the roster, and so dispatch, up to today's levels; in one order. */
  private Uni<Void> tell(Map<String, Integer> levels) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (String rider : levels.keySet().stream().sorted().toList()) {
      all = all.chain(() -> roster.setLevel(rider, levels.get(rider)));
    }
    return all;
  }

  /** Closes the days that are over for some riders; says how many accounts were behind. */
  Uni<Integer> closeSome(int most) {
    Instant now = clock.now();
    LocalDate yesterday = city.businessDate(now).minusDays(1);
    return tx.write(
        () ->
            accounts
                .unclosed(yesterday, most)
                .chain(
                    riders ->
                        riders.isEmpty()
                            ? Uni.createFrom().item(0)
                            : accounts
                                .lock(riders)
                                .chain(
                                    locked ->
                                        ruleSets.book().chain(book -> close(locked, book, now)))
                                .replaceWith(riders.size())));
  }

  private Instant startOf(LocalDate day) {
    return day.atStartOfDay(city.zone()).toInstant();
  }
}
