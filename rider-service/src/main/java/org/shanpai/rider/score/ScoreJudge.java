package org.shanpai.rider.score;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.shanpai.contracts.event.WeatherAlert;

/**
 * Says which rows should stand for a case. Pure: the same facts, rule sets and weather give the
 * same rows, in whatever order the facts came. Time enters once only: what is over too long takes
 * nothing any more.
 */
public final class ScoreJudge {

  /** The worst alert in an area at any moment of a span. */
  @FunctionalInterface
  public interface Weather {
    WeatherAlert.Level worst(String areaId, Instant from, Instant to);
  }

  private final RuleBook book;
  private final Weather weather;

  public ScoreJudge(RuleBook book, Weather weather) {
    this.book = book;
    this.weather = weather;
  }

  /**
   * @param limited all the rider's confirmed rulings of the rules in {@link Limits#RULES}
   * @param existing the rows of the case in the ledger; empty for a replay from nothing
   * @param now city time
   * @return what should stand; at most one for each subject and group
   */
  public List<Verdict> judge(
      ScoreCase found, Collection<Ruling> limited, Collection<ScoreLine> existing, Instant now) {
    List<ScoreLine> standing = ServiceScore.standing(existing);
    List<Verdict> verdicts = new ArrayList<>();
    for (Ruling ruling : found.rulings()) {
      ruled(ruling, limited)
          .map(verdict -> inTime(verdict, standing, now))
          .ifPresent(verdicts::add);
    }
    boolean violation =
        verdicts.stream().anyMatch(v -> v.rule().kind().violation() && v.milliPoints() < 0);
    if (found.delivery() != null) {
      delivered(found, violation)
          .map(verdict -> inTime(verdict, standing, now))
          .ifPresent(verdicts::add);
    }
    for (ScoreLine line : standing) {
      boolean kept =
          line.kind().gain()
              && line.milliPoints() > 0
              && !(line.kind() == RuleKind.SMOOTH && violation)
              && verdicts.stream().noneMatch(v -> replaces(v, line))
              && over(line.occurredAt(), book.inForceAt(line.occurredAt()), line.rule(), now);
      if (kept) {
        verdicts.add(asItStands(line));
      }
    }
    return verdicts;
  }

  private Optional<Verdict> delivered(ScoreCase found, boolean violation) {
    DeliveryFacts told = found.delivery();
    DeliveryFacts facts =
        told.in(weather.worst(told.areaId(), told.acceptedAt(), told.deliveredAt()));
    Optional<Ruling> exempting = found.exempting();
    Verdict verdict =
        book.best(
            facts.acceptedAt(),
            rules -> {
              DeliveryJudge.Verdict judged = DeliveryJudge.judge(rules, facts);
              boolean excused = judged.rule().kind() == RuleKind.OVERTIME && exempting.isPresent();
              RuleSet.Rule rule = excused ? rules.smooth() : judged.rule();
              return new Verdict(
                  rules,
                  rule,
                  found.about(),
                  true,
                  found.about(),
                  rule.milliPoints(),
                  facts.deliveredAt(),
                  excused ? excuse(exempting.get()) : judged.exemption(),
                  facts,
                  excused ? exempting.get().evidence() : null,
                  excused ? exempting.get().actor() : "rules");
            },
            Verdict::milliPoints);
    return verdict.rule().kind() == RuleKind.SMOOTH && violation
        ? Optional.empty()
        : Optional.of(verdict);
  }

  private static String excuse(Ruling ruling) {
    return ruling.excuse() == null ? "APPEAL" : ruling.excuse();
  }

  private Optional<Verdict> ruled(Ruling ruling, Collection<Ruling> limited) {
    if (ruling.status() != Ruling.Status.CONFIRMED || ruling.excuse() != null) {
      return Optional.empty();
    }
    Verdict verdict =
        book.best(
            ruling.ruledBy(),
            rules ->
                rules
                    .findRule(ruling.rule())
                    .map(rule -> verdict(ruling, rules, rule))
                    .orElse(null),
            v -> v == null ? Integer.MIN_VALUE : v.milliPoints());
    if (verdict == null || verdict.rule().kind() == RuleKind.ZERO) {
      return Optional.empty();
    }
    if (Ruling.needsPerson(ruling.rule()) && !ruling.person()) {
      return Optional.empty();
    }
    if ("SM3".equals(ruling.rule()) && inBadWeather(ruling, verdict.ruleSet())) {
      return Optional.empty();
    }
    if (!Limits.RULES.contains(ruling.rule())) {
      return Optional.of(verdict);
    }
    Set<String> within =
        Limits.within(
            book,
            limited.stream()
                .filter(other -> other.rule().equals(ruling.rule()))
                .filter(other -> other.status() == Ruling.Status.CONFIRMED)
                .filter(other -> other.excuse() == null)
                .toList());
    boolean counts = within.contains(ruling.rulingId()) != "FU1".equals(ruling.rule());
    return Optional.of(
        counts ? verdict : nothing(verdict, "FU1".equals(ruling.rule()) ? "FREE" : "TOO_SOON"));
  }

  private boolean inBadWeather(Ruling ruling, RuleSet rules) {
    Instant end = ruling.endedAt() == null ? ruling.occurredAt() : ruling.endedAt();
    return ruling.areaId() != null
        && rules.exemptWeather().contains(weather.worst(ruling.areaId(), ruling.occurredAt(), end));
  }

  private static Verdict verdict(Ruling ruling, RuleSet rules, RuleSet.Rule rule) {
    return new Verdict(
        rules,
        rule,
        ruling.subject(),
        ruling.subject().equals(ruling.orderId()),
        ruling.orderId(),
        rule.milliPoints(),
        ruling.occurredAt(),
        null,
        ruling,
        ruling.evidence(),
        ruling.actor());
  }

  private static Verdict nothing(Verdict v, String why) {
    return new Verdict(
        v.ruleSet(),
        v.rule(),
        v.subject(),
        v.order(),
        v.orderId(),
        0,
        v.occurredAt(),
        why,
        v.facts(),
        v.evidence(),
        v.actor());
  }

  /** A loss that comes too late takes no more than what stands already; null for nothing. */
  private Verdict inTime(Verdict verdict, List<ScoreLine> standing, Instant now) {
    boolean late = over(verdict.occurredAt(), verdict.ruleSet(), verdict.rule().rule(), now);
    if (verdict.milliPoints() >= 0 || !late) {
      return verdict;
    }
    ScoreLine before =
        standing.stream().filter(line -> replaces(verdict, line)).findFirst().orElse(null);
    if (before == null) {
      return null;
    }
    return before.milliPoints() <= verdict.milliPoints() ? verdict : asItStands(before);
  }

  /** Whether the verdict and the row answer the same question. */
  private static boolean replaces(Verdict verdict, ScoreLine line) {
    if (!line.subject().equals(verdict.subject())) {
      return false;
    }
    return ofDelivery(line.kind()) && ofDelivery(verdict.rule().kind())
        || line.group().equals(verdict.rule().group());
  }

  private static boolean ofDelivery(RuleKind kind) {
    return kind == RuleKind.SMOOTH || kind == RuleKind.OVERTIME;
  }

  private static boolean over(Instant occurredAt, RuleSet rules, String rule, Instant now) {
    return now.isAfter(occurredAt.plus(Duration.ofHours(rules.withinHours(rule))));
  }

  private Verdict asItStands(ScoreLine line) {
    RuleSet rules = book.inForceAt(line.occurredAt());
    return new Verdict(
        rules,
        new RuleSet.Rule(line.rule(), line.group(), line.kind(), line.milliPoints(), null, "", ""),
        line.subject(),
        line.order(),
        line.orderId(),
        line.milliPoints(),
        line.occurredAt(),
        null,
        null,
        null,
        "rules");
  }
}
