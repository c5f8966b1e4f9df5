package org.shanpai.rider.fatigue.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.event.RiderWorkState.FatigueState;
import org.shanpai.rider.task.remote.Dispatch;

/** How long a rider has worked, and what comes next. dispatch-service counts, and keeps to it. */
@Path("/v1/rider/fatigue")
@Tag(name = "Shift")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
@APIResponse(responseCode = "503", description = "Try again after Retry-After")
public class FatigueResource {

  private final Dispatch dispatch;
  private final CurrentCaller caller;

  public FatigueResource(Dispatch dispatch, CurrentCaller caller) {
    this.dispatch = dispatch;
    this.caller = caller;
  }

  /** The limits, in seconds. */
  @Schema(name = "FatigueLimits")
  public record Limits(
      @Schema(examples = "14400") long streakSeconds,
      @Schema(examples = "1200") long restSeconds,
      @Schema(examples = "28800") long confirmSeconds,
      @Schema(examples = "3600", description = "So long before that the word is taken already")
          long confirmLeadSeconds,
      @Schema(examples = "43200") long daySeconds,
      @Schema(examples = "28800") long nightRestSeconds,
      @Schema(examples = "86400") long windowSeconds) {}

  /**
   * @param at city time
   * @param workedSeconds today, from acceptance to completion, each minute once
   * @param streakSeconds without a rest
   * @param limitAt when the next limit is reached if you work on without a break
   * @param next which limit that is
   * @param offersFrom when offers come again if you do nothing until then
   */
  @Schema(name = "Fatigue")
  public record View(
      @Schema(
              description =
                  "FIT: offers come. REST: worked 4 h, 20 min of rest. CONFIRM: worked 8 h today,"
                      + " say that you go on. DAY_OVER: worked 12 h today, finish what is in hand."
                      + " NIGHT_REST: 8 h of rest in 24 are missing")
          FatigueState state,
      Instant at,
      @Schema(examples = "9360") long workedSeconds,
      Instant streakSince,
      @Schema(examples = "5400") long streakSeconds,
      boolean confirmed,
      Instant limitAt,
      FatigueState next,
      Instant offersFrom,
      Limits limits) {}

  @GET
  @Operation(summary = "How long you have worked, and what comes next")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = View.class)))
  @APIResponse(responseCode = "404", description = "Just onboarded: dispatch has not heard yet")
  public Uni<String> fatigue() {
    return dispatch.fatigue(caller.subject());
  }

  @POST
  @Path("/confirm")
  @Operation(
      summary = "Say that you go on after 8 hours",
      description = "Once a day. Again changes nothing.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = View.class)))
  @APIResponse(responseCode = "409", description = "`too-early`: nobody asks")
  public Uni<String> confirm() {
    return dispatch.confirmFatigue(caller.subject());
  }
}
