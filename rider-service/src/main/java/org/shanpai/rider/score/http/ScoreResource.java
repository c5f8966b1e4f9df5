package org.shanpai.rider.score.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.City;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.score.LedgerRow;
import org.shanpai.rider.score.RuleSet;
import org.shanpai.rider.score.RuleSets;
import org.shanpai.rider.score.ScoreRows;
import org.shanpai.rider.score.ServiceScore;

/** A rider's own service score, and why it is what it is. */
@Path("/v1/rider/score")
@Tag(name = "Score")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class ScoreResource {

  private final ScoreRows rows;
  private final RuleSets ruleSets;
  private final CurrentCaller caller;
  private final CityClock clock;
  private final City city;
  private final Tx tx;

  public ScoreResource(
      ScoreRows rows, RuleSets ruleSets, CurrentCaller caller, CityClock clock, City city, Tx tx) {
    this.rows = rows;
    this.ruleSets = ruleSets;
    this.caller = caller;
    this.clock = clock;
    this.city = city;
    this.tx = tx;
  }

  /**
   * The score and everything that went into it. Points are thousandths.
   *
   * @param reward whether the score is above the line from which there is an extra reward
   * @param formula how the inputs make the score
   */
  public record ScoreAnswer(
      @Schema(examples = "r-23") String riderId,
      @Schema(examples = "74500") int scoreMilliPoints,
      @Schema(examples = "false") boolean reward,
      @Schema(examples = "v1") String ruleSet,
      LocalDate businessDate,
      Inputs inputs,
      String formula) {}

  /**
   * @param newcomerWaived orders whose lateness takes nothing because the rider was new
   */
  public record Inputs(
      @Schema(examples = "70000") int startMilliPoints,
      @Schema(examples = "4500") int gainsMilliPoints,
      @Schema(examples = "4500") int gainsCountedMilliPoints,
      List<ServiceScore.DayLoss> losses,
      @Schema(examples = "0") int severeMilliPoints,
      @Schema(examples = "45") int ordersInWindow,
      @Schema(examples = "300") int windowOrders,
      @Schema(examples = "60") int windowDays,
      Set<String> newcomerWaived) {}

  /**
   * A row of the ledger with the rule in words and the facts judged.
   *
   * @param takesBack the entry this one reverses
   */
  public record Entry(
      String entryId,
      @Schema(examples = "46") long no,
      @Schema(examples = "o-01jd") String subject,
      @Schema(examples = "OT1") String rule,
      @Schema(examples = "OT") String group,
      @Schema(examples = "1") int revision,
      @Schema(examples = "-1000") int milliPoints,
      @Schema(examples = "v1") String ruleSet,
      @Schema(examples = "Late by up to 5 minutes") String en,
      @Schema(examples = "超时5分钟以内") String zh,
      LocalDate businessDate,
      Instant occurredAt,
      Instant recordedAt,
      @JsonRawValue
          @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT)
          String facts,
      String factsHash,
      @Schema(examples = "E2") String exemption,
      String actor,
      String takesBack) {}

  /**
   * @param nextBefore send it as {@code before} for the next page; null on the last
   */
  public record Ledger(List<Entry> entries, Long nextBefore) {}

  @GET
  @Operation(
      summary = "My service score and its inputs",
      description = "Starts at 70. The score never touches base pay.")
  public Uni<ScoreAnswer> score() {
    String rider = caller.subject();
    Instant now = clock.now();
    LocalDate today = city.businessDate(now);
    return tx.read(
        () ->
            ruleSets
                .getInForceAt(now)
                .chain(
                    rules ->
                        rows.score(rider, today, rules)
                            .map(score -> answer(rider, today, rules, score))));
  }

  private static ScoreAnswer answer(
      String rider, LocalDate today, RuleSet rules, ServiceScore score) {
    return new ScoreAnswer(
        rider,
        score.milliPoints(),
        score.milliPoints() > rules.rewardAboveMilliPoints(),
        rules.version(),
        today,
        new Inputs(
            score.startMilliPoints(),
            score.gainsMilliPoints(),
            score.gainsCountedMilliPoints(),
            score.days(),
            score.severeMilliPoints(),
            score.ordersInWindow(),
            rules.windowOrders(),
            rules.windowDays(),
            score.waived()),
        "clamp(start + gainsCounted - sum(overtimeCounted + other by day) - severe, 0, "
            + rules.maxMilliPoints()
            + ")");
  }

  @GET
  @Path("/ledger")
  @Operation(summary = "Every row behind my score, newest first")
  public Uni<Ledger> ledger(
      @QueryParam("before") @Min(1) Long before,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit) {
    String rider = caller.subject();
    return tx.read(
        () ->
            rows.page(rider, before == null ? Long.MAX_VALUE : before, limit)
                .chain(this::explained)
                .map(
                    entries ->
                        new Ledger(
                            entries,
                            entries.size() < limit ? null : entries.get(entries.size() - 1).no())));
  }

  private Uni<List<Entry>> explained(List<LedgerRow> page) {
    Uni<List<Entry>> all = Uni.createFrom().item(new java.util.ArrayList<Entry>());
    for (LedgerRow row : page) {
      all =
          all.chain(
              entries ->
                  ruleSets
                      .getVersion(row.ruleSet())
                      .map(
                          rules -> {
                            entries.add(entry(row, rules.getRule(row.line().rule())));
                            return entries;
                          }));
    }
    return all;
  }

  private static Entry entry(LedgerRow row, RuleSet.Rule rule) {
    return new Entry(
        row.line().entryId(),
        row.entryNo(),
        row.line().subject(),
        row.line().rule(),
        row.line().group(),
        row.line().revision(),
        row.line().milliPoints(),
        row.ruleSet(),
        rule.en(),
        rule.zh(),
        row.line().businessDate(),
        row.line().occurredAt(),
        row.recordedAt(),
        row.facts(),
        row.factsHash(),
        row.exemption(),
        row.actor(),
        row.line().takesBack());
  }
}
