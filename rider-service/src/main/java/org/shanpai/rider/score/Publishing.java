package org.shanpai.rider.score;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** Publishes rule sets. What was published never changes. */
@ApplicationScoped
public class Publishing {

  private final Tx tx;
  private final RuleSets ruleSets;
  private final FactRows facts;
  private final Judging judging;
  private final CityClock clock;

  Publishing(Tx tx, RuleSets ruleSets, FactRows facts, Judging judging, CityClock clock) {
    this.tx = tx;
    this.ruleSets = ruleSets;
    this.facts = facts;
    this.judging = judging;
    this.clock = clock;
  }

  /**
   * @param fresh false when the very same was published before
   */
  public record Outcome(RuleSets.Published published, boolean fresh) {}

  /**
   * Whether it could be published now; nothing is stored.
   *
   * @throws Problem 422 {@code rule-set-refused}, 409 {@code version-taken}
   */
  public Uni<RuleSet> check(JsonNode document, Instant effectiveFrom) {
    RuleSet rules = RuleSetCheck.read(document);
    return tx.read(ruleSets::book)
        .map(
            book -> {
              RuleSetCheck.schedule(rules, effectiveFrom, clock.now(), book);
              return rules;
            });
  }

  /**
   * Publishes it. The same document for the same time again changes nothing. What it applies back
   * to is judged again at once, and only ever better.
   *
   * @throws Problem as {@link #check}
   */
  public Uni<Outcome> publish(JsonNode document, Instant from, String operator) {
    RuleSet rules = RuleSetCheck.read(document);
    // To the millisecond, as it is stored, so that the same again is known to be the same.
    Instant effectiveFrom = from.truncatedTo(ChronoUnit.MILLIS);
    String text = Json.write(document);
    return tx.write(
        () ->
            ruleSets
                .list()
                .chain(
                    list -> {
                      RuleSets.Published same =
                          list.stream()
                              .filter(p -> p.version().equals(rules.version()))
                              .filter(p -> p.effectiveFrom().equals(effectiveFrom))
                              .findFirst()
                              .orElse(null);
                      return same == null
                          ? add(rules, text, effectiveFrom, operator)
                          : again(same, document, rules, effectiveFrom);
                    }));
  }

  private Uni<Outcome> again(
      RuleSets.Published same, JsonNode document, RuleSet rules, Instant effectiveFrom) {
    return ruleSets
        .document(same.version())
        .chain(
            stored -> {
              if (Json.read(stored, JsonNode.class).equals(document)) {
                return Uni.createFrom().item(new Outcome(same, false));
              }
              return ruleSets
                  .book()
                  .map(
                      book -> {
                        RuleSetCheck.schedule(rules, effectiveFrom, clock.now(), book);
                        throw new IllegalStateException("a taken version was not refused");
                      });
            });
  }

  private Uni<Outcome> add(RuleSet rules, String text, Instant effectiveFrom, String operator) {
    Instant now = clock.now();
    RuleSets.Published published =
        new RuleSets.Published(rules.version(), effectiveFrom, now, operator);
    return ruleSets
        .book()
        .invoke(book -> RuleSetCheck.schedule(rules, effectiveFrom, now, book))
        .chain(() -> ruleSets.insert(published, text))
        .invoke(
            inserted -> {
              if (!inserted) {
                throw Problem.conflict(
                    "version-taken",
                    "document.version",
                    "Somebody has just published this version or for this time.");
              }
            })
        .chain(
            () ->
                rules.appliesBackTo() == null
                    ? Uni.createFrom().item(0)
                    : facts.dueOfAcceptance(rules.appliesBackTo(), effectiveFrom))
        .invoke(due -> tx.afterCommit(judging::wake))
        .replaceWith(new Outcome(published, true));
  }
}
