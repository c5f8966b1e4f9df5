package org.shanpai.dispatch.handover.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
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
import org.shanpai.chassis.problem.Problem;
import org.shanpai.dispatch.handover.HandOver;
import org.shanpai.dispatch.handover.HandOvers;
import org.shanpai.messaging.Idempotency;
import org.shanpai.messaging.Idempotency.Answer;

/** Jobs given from rider to rider, for rider-service on behalf of the rider its token names. */
@Path("/internal/v1/riders/{riderId}/hand-overs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
@Tag(name = "Riders (internal)", description = "For rider-service, on behalf of one rider.")
public class HandOverDesk {

  /** A wish to give a job away. */
  @Schema(name = "HandOverWish")
  public record Wish(
      @NotBlank @Schema(examples = "j-17") String jobId,
      @NotNull @Schema(examples = "1") Long epoch,
      @NotBlank @Schema(examples = "r-018") String toRiderId) {}

  /**
   * @param code as scanned from the other's phone; null before the pickup
   */
  @Schema(name = "HandOverTaken")
  public record Taken(@Pattern(regexp = "[0-9]{6}") @Schema(examples = "481516") String code) {}

  /** Open ones. */
  @Schema(name = "HandOverList")
  public record Open(List<HandOvers.Seen> handOvers) {}

  private final HandOvers handOvers;
  private final Idempotency idempotency;
  private final CurrentCaller caller;

  public HandOverDesk(HandOvers handOvers, Idempotency idempotency, CurrentCaller caller) {
    this.handOvers = handOvers;
    this.idempotency = idempotency;
    this.caller = caller;
  }

  @GET
  @Operation(summary = "Open hand-overs that the rider gives or is asked to take")
  public Uni<Open> open(@PathParam("riderId") String riderId) {
    requireActor(riderId);
    return handOvers.of(riderId).map(Open::new);
  }

  @POST
  @Operation(summary = "Ask another rider to take a job (转单)")
  @APIResponse(
      responseCode = "200",
      description = "Asked, now or before; the code is for the one who gives",
      content = @Content(schema = @Schema(implementation = HandOver.class)))
  @APIResponse(responseCode = "404", description = "No such job of this rider")
  @APIResponse(
      responseCode = "409",
      description = "stale-epoch, out-of-turn, handed-over-already, hand-over-open, not-able")
  @APIResponse(responseCode = "422", description = "To oneself; or the key had another body")
  public Uni<Response> ask(
      @PathParam("riderId") String riderId,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull @Valid Wish wish) {
    requireActor(riderId);
    return idempotency
        .once(
            riderId + "/hand-over/" + wish.jobId(),
            key,
            wish,
            () ->
                handOvers
                    .ask(wish.jobId(), riderId, wish.epoch(), wish.toRiderId())
                    .map(asked -> new Answer(200, asked)))
        .map(Answer::toResponse);
  }

  @POST
  @Path("/{handOverId}/accept")
  @Operation(summary = "Take the job over")
  @APIResponse(
      responseCode = "200",
      description = "The job is the rider's, now or before",
      content = @Content(schema = @Schema(implementation = HandOvers.Answered.class)))
  @APIResponse(responseCode = "404", description = "Nobody asked this rider")
  @APIResponse(
      responseCode = "409",
      description =
          "hand-over-gone, wrong-code, not-able, hands-full, offer-open, paused, rest-needed")
  @APIResponse(responseCode = "422", description = "code-needed")
  public Uni<HandOvers.Answered> accept(
      @PathParam("riderId") String riderId,
      @PathParam("handOverId") String handOverId,
      @NotNull @Valid Taken taken) {
    requireActor(riderId);
    return handOvers.accept(handOverId, riderId, taken.code());
  }

  @POST
  @Path("/{handOverId}/decline")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Do not take it; that costs nothing")
  @APIResponse(
      responseCode = "200",
      description = "The job stays where it is",
      content = @Content(schema = @Schema(implementation = HandOvers.Answered.class)))
  @APIResponse(responseCode = "404", description = "Nobody asked this rider")
  @APIResponse(responseCode = "409", description = "hand-over-gone")
  public Uni<HandOvers.Answered> decline(
      @PathParam("riderId") String riderId, @PathParam("handOverId") String handOverId) {
    requireActor(riderId);
    return handOvers.decline(handOverId, riderId);
  }

  @POST
  @Path("/{handOverId}/withdraw")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Take the question back")
  @APIResponse(
      responseCode = "200",
      description = "The job stays where it is",
      content = @Content(schema = @Schema(implementation = HandOvers.Answered.class)))
  @APIResponse(responseCode = "404", description = "Not this rider's to take back")
  @APIResponse(responseCode = "409", description = "hand-over-gone")
  public Uni<HandOvers.Answered> withdraw(
      @PathParam("riderId") String riderId, @PathParam("handOverId") String handOverId) {
    requireActor(riderId);
    return handOvers.withdraw(handOverId, riderId);
  }

  /** A service may act here only for the rider its token names. */
  private void requireActor(String riderId) {
    if (!riderId.equals(caller.actor())) {
      throw Problem.notFound("rider " + riderId);
    }
  }
}
