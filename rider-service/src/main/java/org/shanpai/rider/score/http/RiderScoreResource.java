package org.shanpai.rider.score.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.rider.score.Explanations;
import org.shanpai.rider.score.Replay;
import org.shanpai.rider.station.Stations;

/** A rider's service score as operators see it: the very same. */
@Path("/v1/riders/{riderId}/score")
@Tag(name = "Score")
@Produces(MediaType.APPLICATION_JSON)
public class RiderScoreResource {

  private final Explanations explanations;
  private final LedgerPages ledger;
  private final Replay replay;
  private final Stations stations;
  private final CurrentCaller caller;

  public RiderScoreResource(
      Explanations explanations,
      LedgerPages ledger,
      Replay replay,
      Stations stations,
      CurrentCaller caller) {
    this.explanations = explanations;
    this.ledger = ledger;
    this.replay = replay;
    this.stations = stations;
    this.caller = caller;
  }

  /**
   * @param cases judged again
   * @param corrections rows added because the ledger was not what the facts give
   */
  public record ReplayAnswer(
      @Schema(examples = "r-23") String riderId,
      @Schema(examples = "312") int cases,
      List<String> corrections) {}

  @GET
  @RolesAllowed({Roles.MANAGER, Roles.STATION_MANAGER, Roles.DISPATCHER})
  @APIResponse(
      responseCode = "200",
      description = "The score and why",
      content = @Content(schema = @Schema(implementation = ScoreAnswers.ExplanationAnswer.class)))
  @APIResponse(responseCode = "422", description = "`unprocessable`: `at` is a time to come")
  @Operation(summary = "Why a rider's score is what it is, now or at any past time")
  public Uni<ScoreAnswers.ExplanationAnswer> explanation(
      @PathParam("riderId") String riderId, @QueryParam("at") String at) {
    return stations
        .requireReach(caller, riderId)
        .chain(() -> explanations.of(riderId, LedgerPages.instant(at)))
        .map(ScoreAnswers::explanation);
  }

  @GET
  @Path("/ledger")
  @RolesAllowed({Roles.MANAGER, Roles.STATION_MANAGER, Roles.DISPATCHER})
  @Operation(summary = "Every row behind a rider's score, newest first")
  public Uni<ScoreAnswers.Ledger> ledger(
      @PathParam("riderId") String riderId,
      @QueryParam("before") @Min(1) Long before,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit) {
    return stations.requireReach(caller, riderId).chain(() -> ledger.of(riderId, before, limit));
  }

  @POST
  @Path("/replay")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Judge a rider again from the kept facts",
      description =
          "What the ledger lacks is added as corrections; a second time adds nothing. What is over"
              + " too long takes nothing any more.")
  public Uni<ReplayAnswer> replay(@PathParam("riderId") String riderId) {
    return replay
        .rider(riderId)
        .map(
            done ->
                new ReplayAnswer(
                    riderId,
                    done.cases(),
                    done.added().stream().map(row -> row.line().entryId()).toList()));
  }
}
