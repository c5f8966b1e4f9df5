package org.shanpai.rider.slot.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.chassis.problem.WireInstants;
import org.shanpai.rider.slot.Slot;
import org.shanpai.rider.slot.Slots;

/** Slots for those who plan them. */
@Path("/v1/slots")
@Tag(name = "Slots", description = "Planned slots (班次) and who works them.")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SlotResource {

  private final Slots slots;
  private final CurrentCaller caller;

  public SlotResource(Slots slots, CurrentCaller caller) {
    this.slots = slots;
    this.caller = caller;
  }

  /** Soonest first. */
  @Schema(name = "SlotList")
  public record SlotList(List<Slots.Standing> slots) {}

  /** Who signed up; {@code worked} is null until the slot is closed. */
  @Schema(name = "SlotSignUps")
  public record SignUps(List<Slots.SignUp> signUps) {}

  @PUT
  @Path("/{slotId}")
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Publish a slot",
      description =
          "It lies ahead and is not changed after; the same again changes nothing. Who is online"
              + " for 80 % of a slot they signed up for has worked it; a peak slot worked counts"
              + " for the score. Signing up and not coming costs nothing.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Slots.Standing.class)))
  @APIResponse(responseCode = "404", description = "No such station")
  @APIResponse(responseCode = "409", description = "`slot-published`: another one of that name")
  @APIResponse(responseCode = "422", description = "Times that make no slot")
  public Uni<Slots.Standing> publish(
      @PathParam("slotId") String slotId, @NotNull @Valid Slot slot) {
    if (!slotId.matches("[A-Za-z0-9._:-]{1,64}")) {
      throw Problem.badRequest(
          "slotId", "slotId must be 1 to 64 letters, digits or any of . _ : -.");
    }
    return slots.publish(slotId, slot, caller.subject());
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
  @Operation(summary = "Slots that overlap a span, soonest first")
  public Uni<SlotList> list(
      @Parameter(required = true, example = "2026-11-22T00:00:00Z") @QueryParam("from") String from,
      @Parameter(required = true, example = "2026-11-29T00:00:00Z") @QueryParam("to") String to) {
    return slots.between(instant("from", from), instant("to", to)).map(SlotList::new);
  }

  @GET
  @Path("/{slotId}/sign-ups")
  @RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
  @Operation(summary = "Who signed up for a slot, and who worked it")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = SignUps.class)))
  @APIResponse(responseCode = "404", description = "No such slot")
  public Uni<SignUps> signUps(@PathParam("slotId") String slotId) {
    return slots.signUps(slotId).map(SignUps::new);
  }

  private static Instant instant(String name, String text) {
    try {
      return WireInstants.parse(text == null ? "" : text);
    } catch (DateTimeParseException noInstant) {
      throw Problem.badRequest(name, name + " must be an instant such as 2026-11-22T04:05:06Z.");
    }
  }
}
