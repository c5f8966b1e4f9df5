package org.shanpai.rider.score.http;

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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.score.Explanations;
import org.shanpai.rider.score.ScoreAsOf;

/** A rider's own service score, and why it is what it is. */
@Path("/v1/rider/score")
@Tag(name = "Score")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class ScoreResource {

  private final ScoreAsOf scores;
  private final Explanations explanations;
  private final LedgerPages ledger;
  private final CurrentCaller caller;
  private final Tx tx;

  public ScoreResource(
      ScoreAsOf scores,
      Explanations explanations,
      LedgerPages ledger,
      CurrentCaller caller,
      Tx tx) {
    this.scores = scores;
    this.explanations = explanations;
    this.ledger = ledger;
    this.caller = caller;
    this.tx = tx;
  }

  @GET
  @APIResponse(
      responseCode = "200",
      description = "The score",
      content = @Content(schema = @Schema(implementation = ScoreAnswers.ScoreAnswer.class)))
  @APIResponse(responseCode = "404", description = "The account is gone")
  @Operation(
      summary = "My service score and its inputs",
      description = "Starts at 70. The score never touches base pay.")
  public Uni<ScoreAnswers.ScoreAnswer> score() {
    String rider = caller.subject();
    return tx.read(() -> scores.now(rider)).map(ScoreAnswers::score);
  }

  @GET
  @Path("/explanation")
  @APIResponse(
      responseCode = "200",
      description = "The score and why",
      content = @Content(schema = @Schema(implementation = ScoreAnswers.ExplanationAnswer.class)))
  @APIResponse(responseCode = "404", description = "The account is gone")
  @APIResponse(responseCode = "422", description = "`unprocessable`: `at` is a time to come")
  @Operation(
      summary = "Why my score is what it is, now or at any past time",
      description =
          "The formula's inputs, every row that gained or lost something with its facts and the"
              + " rule in words, when it leaves the window, the weights and the way up.")
  public Uni<ScoreAnswers.ExplanationAnswer> explanation(@QueryParam("at") String at) {
    return explanations
        .of(caller.subject(), LedgerPages.instant(at))
        .map(ScoreAnswers::explanation);
  }

  @GET
  @Path("/ledger")
  @Operation(summary = "Every row behind my score, newest first")
  public Uni<ScoreAnswers.Ledger> ledger(
      @QueryParam("before") @Min(1) Long before,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit) {
    return ledger.of(caller.subject(), before, limit);
  }
}
