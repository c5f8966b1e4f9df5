package org.shanpai.rider.earnings.http;

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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.City;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.earnings.EarningsLedger;

/** What a rider earned, line by line. */
@Path("/v1/rider/earnings")
@Tag(name = "Earnings")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class EarningsResource {

  private final EarningsLedger ledger;
  private final CurrentCaller caller;
  private final CityClock clock;
  private final City city;
  private final Tx tx;

  public EarningsResource(
      EarningsLedger ledger, CurrentCaller caller, CityClock clock, City city, Tx tx) {
    this.ledger = ledger;
    this.caller = caller;
    this.clock = clock;
    this.city = city;
    this.tx = tx;
  }

  /**
   * @param subject what is paid for, once for each kind and revision
   * @param jobId the job paid for; null for {@code CAMPAIGN} and {@code WELFARE}
   * @param kind {@code BASE}, {@code DISTANCE}, {@code TIP}, {@code WASTED_TRIP}, {@code WAIT},
   *     {@code RETURN}, {@code WEATHER}, {@code LEVEL_REWARD}, {@code CAMPAIGN} or {@code WELFARE}
   * @param revision 0 first; a top-up is the next
   * @param recordedAt city time
   */
  public record Line(
      String lineId,
      @Schema(examples = "17") long no,
      @Schema(examples = "j-01jd") String subject,
      @Schema(examples = "j-01jd") String jobId,
      @Schema(examples = "BASE") String kind,
      @Schema(examples = "0") int revision,
      @Schema(examples = "650") long amountFen,
      LocalDate businessDate,
      Instant occurredAt,
      Instant recordedAt) {}

  /**
   * @param nextBefore send it as {@code before} for the next page; null on the last
   */
  public record Earnings(
      @Schema(examples = "11050") long balanceFen,
      @Schema(examples = "6500") long todayFen,
      @Schema(examples = "17") long lineCount,
      List<Line> lines,
      Long nextBefore) {}

  @GET
  @Operation(
      summary = "My earnings, newest first",
      description =
          "Integer fen. No line is ever negative. Only LEVEL_REWARD reads the score: yesterday's level adds to"
              + " today's orders, and never takes.")
  public Uni<Earnings> earnings(
      @QueryParam("before") @Min(1) Long before,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit) {
    String rider = caller.subject();
    LocalDate today = city.businessDate(clock.now());
    return tx.read(
        () ->
            ledger
                .getBalance(rider, today)
                .chain(
                    balance ->
                        ledger
                            .page(rider, before == null ? Long.MAX_VALUE : before, limit)
                            .map(page -> answer(balance, page, limit))));
  }

  private static Earnings answer(
      EarningsLedger.Balance balance, List<EarningsLedger.Recorded> page, int limit) {
    return new Earnings(
        balance.balance().fen(),
        balance.today().fen(),
        balance.lines(),
        page.stream().map(EarningsResource::line).toList(),
        page.size() < limit ? null : page.get(page.size() - 1).no());
  }

  private static Line line(EarningsLedger.Recorded recorded) {
    return new Line(
        recorded.lineId(),
        recorded.no(),
        recorded.line().subject(),
        recorded.line().job(),
        recorded.line().kind().name(),
        recorded.line().revision(),
        recorded.line().amount().fen(),
        recorded.line().businessDate(),
        recorded.line().occurredAt(),
        recorded.recordedAt());
  }
}
