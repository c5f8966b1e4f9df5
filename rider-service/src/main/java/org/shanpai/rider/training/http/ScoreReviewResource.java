package org.shanpai.rider.training.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.messaging.Idempotency;
import org.shanpai.rider.appeal.NamedPerson;
import org.shanpai.rider.training.ScoreReviews;

/** Low scores for people to look at. */
@Path("/v1/score-reviews")
@Tag(name = "Training")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.MANAGER)
public class ScoreReviewResource {

  private final ScoreReviews reviews;
  private final Idempotency idempotency;
  private final CurrentCaller caller;

  ScoreReviewResource(ScoreReviews reviews, Idempotency idempotency, CurrentCaller caller) {
    this.reviews = reviews;
    this.idempotency = idempotency;
    this.caller = caller;
  }

  /** Those nobody looked at for longest first. */
  @Schema(name = "LowScores")
  public record Low(
      @Schema(examples = "40000") int belowMilliPoints, List<ScoreReviews.Low> riders) {}

  /**
   * @param note at least 10 characters
   */
  @Schema(name = "ScoreReview")
  public record Review(
      @NotNull @Schema(examples = "TALKED", required = true) ScoreReviews.Outcome outcome,
      @NotBlank
          @Size(max = 2000)
          @Schema(examples = "Broken brake for a week, has a new bike now", required = true)
          String note) {}

  /** A review that was noted. */
  @Schema(name = "ScoreReviewNoted")
  public record Noted(@Schema(examples = "rv-01jd") String reviewId) {}

  @GET
  @Operation(
      summary = "Riders whose level is below 40, for a person to look at",
      description = "Nothing follows from it by itself; nobody is ever suspended automatically.")
  public Uni<Low> list(@QueryParam("limit") @DefaultValue("100") @Min(1) @Max(500) int limit) {
    return reviews.list(limit).map(found -> new Low(ScoreReviews.LINE, found));
  }

  @POST
  @Path("/{riderId}")
  @Operation(summary = "Note that you looked at a rider's score, and what came of it")
  @APIResponse(
      responseCode = "201",
      description = "Noted",
      content = @Content(schema = @Schema(implementation = Noted.class)))
  public Uni<Response> add(
      @PathParam("riderId") String riderId,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull @Valid Review body) {
    NamedPerson operator = NamedPerson.of(caller);
    return idempotency
        .once(
            operator.name() + "/score-reviews/" + riderId,
            key,
            body,
            () ->
                reviews
                    .add(operator, riderId, body.outcome(), body.note())
                    .map(id -> new Idempotency.Answer(201, new Noted(id))))
        .map(Idempotency.Answer::toResponse);
  }
}
