package org.shanpai.rider.score;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.shanpai.chassis.City;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.ScoreEntry;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.score.LedgerRows.Posted;
import org.shanpai.rider.stream.RiderMessages;

/**
 * Writes the score ledger: append-only, one standing row for each subject and group, whatever comes
 * twice or in another order.
 *
 * <p>Many cases are judged in one transaction with a fixed number of statements. The accounts of
 * their riders are locked meanwhile, so whatever concerns one rider is judged one after the other.
 * Runs in the caller's transaction.
 */
@ApplicationScoped
public class ScoreLedger {

  private static final String REPLAY = "replay";

  private final Tx tx;
  private final Outbox outbox;
  private final RiderMessages messages;
  private final RuleSets ruleSets;
  private final AreaWeather weather;
  private final FactRows facts;
  private final LedgerRows rows;
  private final AccountRows accounts;
  private final Levels levels;
  private final CityClock clock;
  private final City city;
  private final IdSource ids;
  private final MeterRegistry metrics;

  public ScoreLedger(
      Tx tx,
      Outbox outbox,
      RiderMessages messages,
      RuleSets ruleSets,
      AreaWeather weather,
      FactRows facts,
      LedgerRows rows,
      AccountRows accounts,
      Levels levels,
      CityClock clock,
      City city,
      IdSource ids,
      MeterRegistry metrics) {
    this.tx = tx;
    this.outbox = outbox;
    this.messages = messages;
    this.ruleSets = ruleSets;
    this.weather = weather;
    this.facts = facts;
    this.rows = rows;
    this.accounts = accounts;
    this.levels = levels;
    this.clock = clock;
    this.city = city;
    this.ids = ids;
    this.metrics = metrics;
  }

  /** What is known of the cases of a batch when they are judged. */
  private record Known(
      RuleBook book,
      ScoreJudge judge,
      Map<CaseKey, ScoreCase> cases,
      Map<String, List<Ruling>> limited,
      Map<String, List<ScoreLine>> existing,
      Map<String, AccountRows.Account> accounts) {}

  /**
   * Judges the cases and adds what their ledgers lack.
   *
   * @return the rows added
   */
  Uni<List<Posted>> judge(Collection<CaseKey> keys) {
    return judge(keys, null);
  }

  /** The same; the actor of what is added is the replay. */
  Uni<List<Posted>> replay(Collection<CaseKey> keys) {
    return judge(keys, REPLAY);
  }

  private Uni<List<Posted>> judge(Collection<CaseKey> keys, String actor) {
    if (keys.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    Instant now = clock.now();
    return know(keys, now)
        .chain(
            known ->
                levels
                    .close(known.accounts().values(), known.book(), now)
                    .chain(() -> post(known, now, actor)));
  }

  private Uni<Known> know(Collection<CaseKey> keys, Instant now) {
    Set<CaseKey> wanted = new LinkedHashSet<>(keys);
    Set<String> riders = new HashSet<>();
    wanted.forEach(key -> riders.add(key.riderId()));
    return accounts
        .lock(riders)
        .chain(
            locked ->
                ruleSets
                    .book()
                    .chain(
                        book ->
                            facts
                                .cases(wanted)
                                .chain(this::withLimited)
                                .chain(cases -> know(book, cases, locked, now))));
  }

  /** Adds the other cases whose judgement a limited ruling among these may change. */
  private Uni<Map<CaseKey, ScoreCase>> withLimited(Map<CaseKey, ScoreCase> cases) {
    Set<String> riders = new HashSet<>();
    for (ScoreCase found : cases.values()) {
      if (found.rulings().stream().anyMatch(ruling -> Limits.RULES.contains(ruling.rule()))) {
        riders.add(found.riderId());
      }
    }
    if (riders.isEmpty()) {
      return Uni.createFrom().item(cases);
    }
    return facts
        .limitedCases(riders)
        .chain(
            keys -> {
              keys.addAll(cases.keySet());
              return facts.cases(keys);
            });
  }

  private Uni<Known> know(
      RuleBook book, Map<CaseKey, ScoreCase> cases, List<AccountRows.Account> locked, Instant now) {
    Set<CaseKey> subjects = new HashSet<>();
    Set<String> areas = new HashSet<>();
    Map<String, List<Ruling>> limited = new HashMap<>();
    Instant since = now;
    for (ScoreCase found : cases.values()) {
      found.subjects().forEach(s -> subjects.add(new CaseKey(found.riderId(), s)));
      if (found.delivery() != null) {
        areas.add(found.delivery().areaId());
        since = earlier(since, found.delivery().acceptedAt());
      }
      for (Ruling ruling : found.rulings()) {
        if (ruling.areaId() != null) {
          areas.add(ruling.areaId());
          since = earlier(since, ruling.occurredAt());
        }
        if (Limits.RULES.contains(ruling.rule())) {
          limited.computeIfAbsent(found.riderId(), rider -> new ArrayList<>()).add(ruling);
        }
      }
    }
    return weather
        .of(areas, since)
        .chain(
            sky ->
                rows.ofSubjects(subjects)
                    .map(
                        existing ->
                            new Known(
                                book,
                                new ScoreJudge(book, sky),
                                cases,
                                limited,
                                existing,
                                AccountRows.byRider(locked))));
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** What a batch does to one rider. */
  private static final class Touched {
    final AccountRows.Account account;
    final List<Posted> posted = new ArrayList<>();
    final List<ScoreLine> plain = new ArrayList<>();
    int orders;
    boolean again;

    Touched(AccountRows.Account account) {
      this.account = account;
      again = account.window() == null;
    }

    int sum() {
      return posted.stream().mapToInt(p -> p.row().line().milliPoints()).sum();
    }
  }

  private Uni<List<Posted>> post(Known known, Instant now, String actor) {
    Map<String, Touched> touched = new HashMap<>();
    known.accounts().forEach((rider, account) -> touched.put(rider, new Touched(account)));
    for (ScoreCase found : known.cases().values()) {
      Touched rider = touched.get(found.riderId());
      if (rider != null) {
        add(known, found, rider, now, actor);
      }
    }
    List<Posted> posted = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    touched.values().removeIf(rider -> rider.posted.isEmpty());
    for (Touched rider : touched.values()) {
      posted.addAll(rider.posted);
      names.put(rider.account.riderId(), rider.account.name());
    }
    if (posted.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    LocalDate today = city.businessDate(now);
    return rows.insert(posted, names)
        .chain(() -> levels.waiving(waited(touched.values()), known.book(), now))
        .chain(waiving -> windows(touched.values(), waiving, now))
        .chain(windows -> settle(touched, windows, known.book(), now, today))
        .chain(windows -> tell(posted, windows, known.book().inForceAt(now), today))
        .replaceWith(posted);
  }

  /** Writes the accounts; once more where a closing was raised, and with it what was waived. */
  private Uni<Map<String, ScoreWindow>> settle(
      Map<String, Touched> touched,
      Map<String, ScoreWindow> windows,
      RuleBook book,
      Instant now,
      LocalDate today) {
    return accounts
        .update(changes(touched.values(), windows))
        .chain(() -> levels.revise(revisable(touched.values(), today), book, now))
        .chain(
            raised -> {
              if (raised.isEmpty()) {
                return Uni.createFrom().item(windows);
              }
              List<Touched> again = raised.stream().map(touched::get).toList();
              again.forEach(rider -> rider.again = true);
              return levels
                  .waiving(raised, book, now)
                  .chain(waiving -> windows(again, waiving, now))
                  .call(anew -> accounts.update(windowsOnly(anew)))
                  .map(
                      anew -> {
                        Map<String, ScoreWindow> all = new HashMap<>(windows);
                        all.putAll(anew);
                        return all;
                      });
            });
  }

  private static List<AccountRows.Change> windowsOnly(Map<String, ScoreWindow> windows) {
    return windows.entrySet().stream()
        .map(entry -> new AccountRows.Change(entry.getKey(), 0, 0, 0, entry.getValue()))
        .toList();
  }

  private void add(Known known, ScoreCase found, Touched rider, Instant now, String actor) {
    List<ScoreLine> existing =
        known.existing().getOrDefault(found.riderId(), List.of()).stream()
            .filter(line -> found.subjects().contains(line.subject()))
            .toList();
    List<Verdict> verdicts =
        known
            .judge()
            .judge(found, known.limited().getOrDefault(found.riderId(), List.of()), existing, now);
    List<Correction.NewRow> added = Correction.towards(verdicts, existing);
    boolean seen = existing.stream().anyMatch(ScoreLine::order);
    boolean newOrder =
        !seen && added.stream().anyMatch(row -> row.verdict() != null && row.verdict().order());
    for (Correction.NewRow row : added) {
      ScoreLine line = row.line(ids.next("se"), city::businessDate);
      String json = Json.write(judged(row, found));
      Verdict verdict = row.verdict();
      rider.posted.add(
          new Posted(
              found.riderId(),
              new LedgerRow(
                  line,
                  rider.account.entries() + rider.posted.size() + 1,
                  ruleSetOf(row, known.book()),
                  json,
                  Secrets.hash(json),
                  verdict == null ? null : verdict.exemption(),
                  verdict == null ? null : verdict.evidence(),
                  actor != null ? actor : verdict == null ? found.decider() : verdict.actor(),
                  now)));
      if (existing.isEmpty() && added.size() == 1) {
        rider.plain.add(line);
      } else {
        rider.again = true;
      }
    }
    rider.orders += newOrder ? 1 : 0;
  }

  private static String ruleSetOf(Correction.NewRow row, RuleBook book) {
    return row.verdict() != null
        ? row.verdict().ruleSet().version()
        : book.inForceAt(row.takesBack().occurredAt()).version();
  }

  /** The facts of a reversal are those the case is judged by now. */
  private static Object judged(Correction.NewRow row, ScoreCase found) {
    if (row.verdict() != null && row.verdict().facts() != null) {
      return row.verdict().facts();
    }
    return found.delivery() != null
        ? found.delivery()
        : found.rulings().isEmpty() ? Map.of() : found.rulings().get(found.rulings().size() - 1);
  }

  /** Riders for whom it matters what their level waives. */
  private static Set<String> waited(Collection<Touched> touched) {
    Set<String> riders = new HashSet<>();
    for (Touched rider : touched) {
      boolean late = rider.plain.stream().anyMatch(line -> line.kind() == RuleKind.OVERTIME);
      if (rider.again || late) {
        riders.add(rider.account.riderId());
      }
    }
    return riders;
  }

  private Uni<Map<String, ScoreWindow>> windows(
      Collection<Touched> touched, Map<String, ToIntFunction<LocalDate>> waivers, Instant now) {
    Map<String, ScoreWindow> windows = new HashMap<>();
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Touched rider : touched) {
      AccountRows.Account account = rider.account;
      String id = account.riderId();
      ToIntFunction<LocalDate> waiving = waivers.getOrDefault(id, day -> 0);
      if (!rider.again) {
        ScoreWindow window = account.window();
        long ever = account.ever();
        for (ScoreLine line : rider.plain) {
          ever += line.order() ? 1 : 0;
          window = window.with(line, ever, waiving);
        }
        windows.put(id, window);
        continue;
      }
      all =
          all.chain(() -> rows.window(id, now))
              .invoke(
                  found ->
                      windows.put(
                          id,
                          ScoreWindow.of(
                              ServiceScore.standing(found.stream().map(LedgerRow::line).toList()),
                              account.ever() + rider.orders,
                              waiving)))
              .replaceWithVoid();
    }
    return all.replaceWith(windows);
  }

  private static List<AccountRows.Change> changes(
      Collection<Touched> touched, Map<String, ScoreWindow> windows) {
    return touched.stream()
        .map(
            rider ->
                new AccountRows.Change(
                    rider.account.riderId(),
                    rider.posted.size(),
                    rider.orders,
                    rider.sum(),
                    windows.get(rider.account.riderId())))
        .toList();
  }

  /** From when on the closings of riders are no longer what the ledger says. */
  private static Map<String, LocalDate> revisable(Collection<Touched> touched, LocalDate today) {
    Map<String, LocalDate> since = new HashMap<>();
    for (Touched rider : touched) {
      for (Posted posted : rider.posted) {
        LocalDate day = posted.row().line().businessDate();
        if (day.isBefore(today)) {
          since.merge(rider.account.riderId(), day, (a, b) -> a.isBefore(b) ? a : b);
        }
      }
    }
    return since;
  }

  private Uni<Void> tell(
      List<Posted> posted, Map<String, ScoreWindow> windows, RuleSet rules, LocalDate today) {
    tx.afterCommit(
        () ->
            posted.forEach(
                p ->
                    metrics
                        .counter("shanpai.score.entries", "rule", p.row().line().rule())
                        .increment()));
    Map<String, Integer> after = new HashMap<>();
    windows.forEach(
        (rider, window) -> after.put(rider, ServiceScore.on(today, rules, window).milliPoints()));
    List<Outbox.Fact<ScoreEntry>> events = new ArrayList<>(posted.size());
    List<RiderMessages.Addressed> told = new ArrayList<>(posted.size());
    for (Posted p : posted) {
      ScoreLine line = p.row().line();
      ScoreEntry entry =
          new ScoreEntry(
              line.entryId(),
              RiderId.of(p.riderId()),
              city.id(),
              line.subject(),
              line.rule(),
              line.group(),
              line.revision(),
              line.milliPoints(),
              after.get(p.riderId()),
              p.row().ruleSet(),
              line.businessDate(),
              line.occurredAt());
      events.add(new Outbox.Fact<>(p.riderId(), entry));
      told.add(new RiderMessages.Addressed(p.riderId(), "score", Json.write(entry)));
    }
    return outbox.appendAll(EventType.SCORE_ENTRY, events).chain(() -> messages.appendAll(told));
  }
}
