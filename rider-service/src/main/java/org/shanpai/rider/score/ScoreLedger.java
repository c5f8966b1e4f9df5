package org.shanpai.rider.score;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.ScoreEntry;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.PoisonException;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.stream.RiderMessages;

/**
 * Writes the score ledger: append-only, one standing row for each order, whatever comes twice or in
 * another order.
 *
 * <p>A rider's account row is locked while their ledger is written, so two events about one rider
 * are judged one after the other. Everything here runs inside the transaction that took the event.
 */
@ApplicationScoped
public class ScoreLedger {

  private final Tx tx;
  private final Outbox outbox;
  private final RiderMessages messages;
  private final RuleSets ruleSets;
  private final AreaWeather weather;
  private final ScoreRows rows;
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
      ScoreRows rows,
      CityClock clock,
      City city,
      IdSource ids,
      MeterRegistry metrics) {
    this.tx = tx;
    this.outbox = outbox;
    this.messages = messages;
    this.ruleSets = ruleSets;
    this.weather = weather;
    this.rows = rows;
    this.clock = clock;
    this.city = city;
    this.ids = ids;
    this.metrics = metrics;
  }

  /**
   * Judges a delivery and keeps its facts, so that it can be judged again.
   *
   * @throws PoisonException when the rider is unknown here
   */
  public Uni<Void> judge(DeliveryFacts delivery) {
    return rows.lockArea(delivery.areaId(), false)
        .chain(() -> rows.keepFacts(delivery))
        .chain(() -> settle(delivery));
  }

  /**
   * Notes new weather and judges again what was delivered in the area since its start: the news may
   * come after the news of a delivery it covers. Riders are taken in a fixed order, so that two
   * such runs cannot lock each other out.
   */
  public Uni<Void> weatherChanged(WeatherAlert alert) {
    String areaId = alert.areaId().value();
    return rows.lockArea(areaId, true)
        .chain(() -> weather.record(alert))
        .chain(() -> rows.factsOf(areaId, alert.from()))
        .chain(
            deliveries -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (DeliveryFacts delivery : deliveries) {
                all = all.chain(() -> settle(delivery));
              }
              return all;
            });
  }

  private Uni<Void> settle(DeliveryFacts delivery) {
    return rows.lockAccount(delivery.riderId())
        .onItem()
        .ifNull()
        .failWith(() -> new PoisonException("unknown rider " + delivery.riderId()))
        .chain(
            account ->
                weather
                    .getWorst(delivery.areaId(), delivery.acceptedAt(), delivery.deliveredAt())
                    .chain(worst -> settle(delivery.in(worst), account)));
  }

  private Uni<Void> settle(DeliveryFacts facts, ScoreRows.Account account) {
    return ruleSets
        .getInForceAt(facts.acceptedAt())
        .chain(
            rules ->
                rows.ofSubject(facts.riderId(), facts.orderId())
                    .chain(
                        existing -> {
                          DeliveryJudge.Verdict verdict = DeliveryJudge.judge(rules, facts);
                          List<Correction.NewRow> added =
                              Correction.towards(verdict.rule(), existing);
                          if (added.isEmpty() || tooLateToTake(added, facts, rules)) {
                            return Uni.createFrom().voidItem();
                          }
                          return post(facts, account, rules, verdict, added, existing.isEmpty());
                        }));
  }

  private boolean tooLateToTake(List<Correction.NewRow> added, DeliveryFacts facts, RuleSet rules) {
    Instant last = facts.deliveredAt().plus(Duration.ofHours(rules.deductionWithinHours()));
    return Correction.sum(added) < 0 && clock.now().isAfter(last);
  }

  private Uni<Void> post(
      DeliveryFacts facts,
      ScoreRows.Account account,
      RuleSet rules,
      DeliveryJudge.Verdict verdict,
      List<Correction.NewRow> added,
      boolean firstOfOrder) {
    String factsJson = Json.write(facts);
    String factsHash = Secrets.hash(factsJson);
    Instant now = clock.now();
    List<LedgerRow> posted = new ArrayList<>();
    for (Correction.NewRow row : added) {
      ScoreLine back = row.takesBack();
      posted.add(
          new LedgerRow(
              new ScoreLine(
                  ids.next("se"),
                  facts.orderId(),
                  true,
                  row.rule(),
                  row.kind(),
                  row.group(),
                  row.revision(),
                  row.milliPoints(),
                  back != null ? back.businessDate() : city.businessDate(facts.deliveredAt()),
                  back != null ? back.occurredAt() : facts.deliveredAt(),
                  back != null ? back.entryId() : null),
              account.entries() + posted.size() + 1,
              rules.version(),
              factsJson,
              factsHash,
              back == null ? verdict.exemption() : null,
              "rules",
              now));
    }
    Uni<Void> written = Uni.createFrom().voidItem();
    for (LedgerRow row : posted) {
      written = written.chain(() -> rows.insert(facts.riderId(), account.account(), row));
    }
    return written
        .chain(
            () ->
                rows.updateAccount(
                    facts.riderId(), posted.size(), firstOfOrder ? 1 : 0, Correction.sum(added)))
        .chain(() -> rows.score(facts.riderId(), city.businessDate(now), rules))
        .chain(score -> tell(facts.riderId(), posted, score.milliPoints()));
  }

  private Uni<Void> tell(String riderId, List<LedgerRow> posted, int scoreAfter) {
    tx.afterCommit(
        () ->
            posted.forEach(
                row ->
                    metrics
                        .counter("shanpai.score.entries", "rule", row.line().rule())
                        .increment()));
    Uni<Void> told = Uni.createFrom().voidItem();
    for (LedgerRow row : posted) {
      ScoreLine line = row.line();
      ScoreEntry entry =
          new ScoreEntry(
              line.entryId(),
              RiderId.of(riderId),
              city.id(),
              line.subject(),
              line.rule(),
              line.group(),
              line.revision(),
              line.milliPoints(),
              scoreAfter,
              row.ruleSet(),
              line.businessDate(),
              line.occurredAt());
      told =
          told.chain(() -> outbox.append(EventType.SCORE_ENTRY, riderId, 0, entry))
              .chain(() -> messages.append(riderId, "score", Json.write(entry)));
    }
    return told;
  }
}
