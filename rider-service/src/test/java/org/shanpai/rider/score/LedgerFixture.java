package org.shanpai.rider.score;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.WeatherAlert;

/** A rider's ledger kept in memory by the same core as the real one. */
final class LedgerFixture {

  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  static final String RIDER = "r-1";

  private final RuleBook book;
  private final RuleSet rules;
  private final Map<String, DeliveryFacts> deliveries = new TreeMap<>();
  private final Map<String, Map<String, Ruling>> rulings = new TreeMap<>();
  private final List<ScoreLine> lines = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private int orders;

  LedgerFixture(RuleBook book) {
    this.book = book;
    this.rules = book.editions().get(book.editions().size() - 1).rules();
  }

  LedgerFixture() {
    this(RuleSetFixture.book());
  }

  static LocalDate date(Instant instant) {
    return instant.atZone(ZONE).toLocalDate();
  }

  List<ScoreLine> lines() {
    return List.copyOf(lines);
  }

  /** From now on everything is judged at that time; before, nothing was ever too late. */
  LedgerFixture judgedAt(Instant time) {
    now = time;
    return this;
  }

  LedgerFixture smooth(int times, Instant from) {
    for (int i = 0; i < times; i++) {
      deliver("s" + ++orders, from.plusSeconds(i), 0);
    }
    return this;
  }

  LedgerFixture late(long seconds, Instant at) {
    return deliver("l" + ++orders, at, seconds);
  }

  LedgerFixture deliver(String order, Instant deliveredAt, long lateSeconds) {
    return judge(facts(order, deliveredAt, lateSeconds));
  }

  /** A delivery, without its database. */
  LedgerFixture judge(DeliveryFacts facts) {
    deliveries.put(facts.orderId(), facts);
    return judgeCase(facts.orderId());
  }

  LedgerFixture rule(Ruling ruling) {
    String about = FactRows.about(ruling);
    Map<String, Ruling> known = rulings.computeIfAbsent(about, key -> new TreeMap<>());
    Ruling before = known.get(ruling.rulingId());
    if (before == null || before.revision() < ruling.revision()) {
      known.put(ruling.rulingId(), ruling);
    }
    if (Limits.RULES.contains(ruling.rule())) {
      // As the ledger does: whatever the news may change is judged again.
      rulings.forEach(
          (key, others) -> {
            if (others.values().stream().anyMatch(o -> o.rule().equals(ruling.rule()))) {
              judgeCase(key);
            }
          });
      return this;
    }
    return judgeCase(about);
  }

  /** An incident, confirmed by a person. */
  LedgerFixture row(String subject, String rule, Instant at) {
    boolean ofOrder = rule.startsWith("CX") || "SM2".equals(rule) || "SM4".equals(rule);
    return rule(ruling(rule + "-" + subject, 1, rule, ofOrder ? subject : null, subject, at, null));
  }

  static Ruling ruling(
      String id,
      long revision,
      String rule,
      String orderId,
      String subject,
      Instant at,
      String excuse) {
    return new Ruling(
        id,
        revision,
        RIDER,
        rule,
        orderId,
        subject,
        Ruling.Status.CONFIRMED,
        "boss",
        true,
        at,
        null,
        null,
        null,
        excuse,
        null,
        null,
        null);
  }

  private LedgerFixture judgeCase(String about) {
    ScoreCase found =
        new ScoreCase(
            RIDER,
            about,
            deliveries.get(about),
            List.copyOf(rulings.getOrDefault(about, Map.of()).values()));
    List<ScoreLine> existing =
        lines.stream().filter(line -> found.subjects().contains(line.subject())).toList();
    List<Verdict> verdicts = judge().judge(found, limited(), existing, now);
    for (Correction.NewRow row : Correction.towards(verdicts, existing)) {
      lines.add(row.line("e" + (lines.size() + 1), LedgerFixture::date));
    }
    return this;
  }

  private List<Ruling> limited() {
    return rulings.values().stream()
        .flatMap(known -> known.values().stream())
        .filter(ruling -> Limits.RULES.contains(ruling.rule()))
        .toList();
  }

  private ScoreJudge judge() {
    return new ScoreJudge(book, (area, from, to) -> WeatherAlert.Level.NONE);
  }

  /** What the facts give from nothing: the standing rows as rule and points by subject. */
  List<String> replayed() {
    List<String> keys = new ArrayList<>(deliveries.keySet());
    rulings.keySet().stream().filter(key -> !keys.contains(key)).forEach(keys::add);
    List<String> rows = new ArrayList<>();
    for (String about : keys) {
      ScoreCase found =
          new ScoreCase(
              RIDER,
              about,
              deliveries.get(about),
              List.copyOf(rulings.getOrDefault(about, Map.of()).values()));
      judge()
          .judge(found, limited(), List.of(), Instant.EPOCH)
          .forEach(v -> rows.add(v.subject() + " " + v.rule().rule() + " " + v.milliPoints()));
    }
    return rows.stream().sorted().toList();
  }

  List<String> standing() {
    return ServiceScore.standing(lines).stream()
        .map(line -> line.subject() + " " + line.rule() + " " + line.milliPoints())
        .sorted()
        .toList();
  }

  static DeliveryFacts facts(String order, Instant deliveredAt, long lateSeconds) {
    Instant deadline = deliveredAt.minusSeconds(lateSeconds);
    return facts(order, deliveredAt, deadline, deadline);
  }

  static DeliveryFacts facts(
      String order, Instant deliveredAt, Instant promiseEnd, Instant deadline) {
    return new DeliveryFacts(
        order,
        "j-" + order,
        RIDER,
        "a-1",
        1,
        deliveredAt.minus(Duration.ofMinutes(24)),
        deliveredAt,
        promiseEnd,
        deadline,
        null,
        null,
        0,
        null,
        WeatherAlert.Level.NONE,
        Fault.NONE,
        null,
        null);
  }

  ServiceScore score(LocalDate day, long ordersBefore, ToIntFunction<LocalDate> waivers) {
    List<ScoreLine> standing = ServiceScore.standing(lines);
    long seen =
        standing.stream().filter(ScoreLine::order).map(ScoreLine::subject).distinct().count();
    return ServiceScore.on(day, rules, ScoreWindow.of(standing, seen + ordersBefore, waivers));
  }

  /** The score of a newcomer. */
  ServiceScore newcomer(LocalDate day) {
    return score(day, 0, date -> 0);
  }

  /** The score of somebody who is no newcomer, in points. */
  double veteranPoints(LocalDate day) {
    return score(day, 100, date -> 0).milliPoints() / 1000.0;
  }
}
