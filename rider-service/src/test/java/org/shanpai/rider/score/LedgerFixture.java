package org.shanpai.rider.score;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A rider's ledger kept in memory by the same rules as the real one. */
final class LedgerFixture {

  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

  private final RuleSet rules;
  private final List<ScoreLine> lines = new ArrayList<>();
  private int orders;

  LedgerFixture(RuleSet rules) {
    this.rules = rules;
  }

  static LocalDate date(Instant instant) {
    return instant.atZone(ZONE).toLocalDate();
  }

  List<ScoreLine> lines() {
    return List.copyOf(lines);
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

  /** What the service does with a delivery, without its database. */
  LedgerFixture judge(DeliveryFacts facts) {
    DeliveryJudge.Verdict verdict = DeliveryJudge.judge(rules, facts);
    List<ScoreLine> existing =
        lines.stream().filter(line -> line.subject().equals(facts.orderId())).toList();
    for (Correction.NewRow row : Correction.towards(verdict.rule(), existing)) {
      lines.add(
          new ScoreLine(
              "e" + (lines.size() + 1),
              facts.orderId(),
              true,
              row.rule(),
              row.kind(),
              row.group(),
              row.revision(),
              row.milliPoints(),
              date(facts.deliveredAt()),
              facts.deliveredAt(),
              row.takesBack() == null ? null : row.takesBack().entryId()));
    }
    return this;
  }

  LedgerFixture row(String subject, String rule, Instant at) {
    RuleSet.Rule published = rules.getRule(rule);
    lines.add(
        new ScoreLine(
            "e" + (lines.size() + 1),
            subject,
            true,
            rule,
            published.kind(),
            published.group(),
            1,
            published.milliPoints(),
            date(at),
            at,
            null));
    return this;
  }

  static DeliveryFacts facts(String order, Instant deliveredAt, long lateSeconds) {
    Instant deadline = deliveredAt.minusSeconds(lateSeconds);
    return new DeliveryFacts(
        order,
        "j-" + order,
        "r-1",
        "a-1",
        deliveredAt.minus(Duration.ofMinutes(24)),
        deliveredAt,
        deadline,
        deadline,
        0,
        org.shanpai.contracts.event.WeatherAlert.Level.NONE,
        org.shanpai.contracts.event.Fault.NONE,
        null,
        null);
  }

  /** The score of somebody who is no newcomer, in points. */
  double veteranPoints(LocalDate day) {
    return ServiceScore.on(day, rules, lines, ServiceScore.Experience.VETERAN).milliPoints()
        / 1000.0;
  }
}
