package org.shanpai.rider.handover.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.messaging.Idempotency;
import org.shanpai.rider.handover.HandOvers;
import org.shanpai.rider.task.remote.Dispatch;

/** Giving a job to another rider, and taking one over (转单). */
@Path("/v1/rider/hand-overs")
@Tag(name = "Hand-over", description = "Jobs given from rider to rider (转单).")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
@APIResponse(responseCode = "503", description = "Try again after Retry-After")
public class HandOverResource {

  private static final String ID = "[A-Za-z0-9._:-]{1,64}";

  private final HandOvers handOvers;
  private final Dispatch dispatch;
  private final CurrentCaller caller;

  public HandOverResource(HandOvers handOvers, Dispatch dispatch, CurrentCaller caller) {
    this.handOvers = handOvers;
    this.dispatch = dispatch;
    this.caller = caller;
  }

  /** A wish to give a job away. */
  @Schema(name = "HandOverWish")
  public record Wish(
      @NotNull @Pattern(regexp = ID) @Schema(examples = "j-17") String jobId,
      @NotNull @PositiveOrZero @Schema(examples = "3") Long epoch,
      @NotNull @Pattern(regexp = ID) @Schema(examples = "r-24") String toRiderId) {}

  /**
   * @param code as scanned from the other's phone; not needed before the pickup
   */
  @Schema(name = "HandOverTaken")
  public record Taken(@Pattern(regexp = "[0-9]{6}") @Schema(examples = "481516") String code) {}

  /** ASKED until answered, taken back or out of time. */
  @Schema(name = "HandOverState")
  public enum State {
    ASKED,
    ACCEPTED,
    DECLINED,
    WITHDRAWN,
    EXPIRED
  }

  /**
   * @param faceToFace the goods are out: you have to meet, and the other scans the code
   * @param code what the one who gives shows; for nobody else
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "HandOver")
  public record View(
      @Schema(examples = "ho-17") String handOverId,
      JobId jobId,
      long epoch,
      RiderId fromRiderId,
      RiderId toRiderId,
      State state,
      boolean faceToFace,
      @Schema(examples = "481516") String code,
      Instant askedAt,
      Instant expiresAt) {}

  /** With the job, for whoever is asked to take it. */
  @Schema(name = "OpenHandOver")
  public record Seen(View handOver, JobState job) {}

  /** Those you give and those you are asked to take. */
  @Schema(name = "HandOverList")
  public record Open(List<Seen> handOvers) {}

  /** What is so now. */
  @Schema(name = "HandOverAnswered")
  public record Answered(View handOver, JobState job, RiderWorkState work) {}

  @GET
  @Operation(summary = "Open hand-overs: those you give and those you are asked to take")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Open.class)))
  public Uni<String> open() {
    return dispatch.handOvers(caller.subject());
  }

  @POST
  @Operation(
      summary = "Ask another rider to take a job",
      description =
          "Nothing changes until they take it. Before the pickup, or face to face: then show them"
              + " the code. A job is handed over once; same pool, same area, with room.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = View.class)))
  @APIResponse(responseCode = "404", description = "Not a job of this rider")
  @APIResponse(
      responseCode = "409",
      description =
          "`stale-epoch`, `out-of-turn`, `handed-over-already`, `hand-over-open`, `not-able`")
  public Uni<String> ask(@HeaderParam("Idempotency-Key") String key, @NotNull @Valid Wish wish) {
    String rider = caller.subject();
    int longest = Idempotency.LONGEST_KEY - rider.length() - 1;
    if (key == null || key.isBlank() || key.length() > longest) {
      throw Problem.badRequest(
          "Idempotency-Key",
          "Send a header Idempotency-Key of 1 to " + longest + " characters, new for each action.");
    }
    return handOvers.ask(rider, rider + ":" + key, wish.jobId(), wish.epoch(), wish.toRiderId());
  }

  @POST
  @Path("/{handOverId}/accept")
  @Operation(summary = "Take the job over; with the goods out the code is needed")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Answered.class)))
  @APIResponse(responseCode = "404", description = "Nobody asked you")
  @APIResponse(
      responseCode = "409",
      description =
          "`hand-over-gone`, `wrong-code`, `not-able`, `hands-full`, `offer-open`, `paused`,"
              + " `rest-needed`")
  @APIResponse(responseCode = "422", description = "`code-needed`")
  public Uni<String> accept(
      @PathParam("handOverId") String handOverId, @NotNull @Valid Taken taken) {
    return handOvers.accept(caller.subject(), legal(handOverId), taken.code());
  }

  @POST
  @Path("/{handOverId}/decline")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Do not take it; it costs nothing")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Answered.class)))
  @APIResponse(responseCode = "404", description = "Nobody asked you")
  @APIResponse(responseCode = "409", description = "`hand-over-gone`")
  public Uni<String> decline(@PathParam("handOverId") String handOverId) {
    return handOvers.decline(caller.subject(), legal(handOverId));
  }

  @POST
  @Path("/{handOverId}/withdraw")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Take your question back")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Answered.class)))
  @APIResponse(responseCode = "404", description = "Not yours to take back")
  @APIResponse(responseCode = "409", description = "`hand-over-gone`")
  public Uni<String> withdraw(@PathParam("handOverId") String handOverId) {
    return handOvers.withdraw(caller.subject(), legal(handOverId));
  }

  private static String legal(String handOverId) {
    if (!handOverId.matches(ID)) {
      throw Problem.notFound("hand-over " + handOverId);
    }
    return handOverId;
  }
}
