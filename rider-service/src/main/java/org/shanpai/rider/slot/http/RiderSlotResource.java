package org.shanpai.rider.slot.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.rider.slot.Slots;

/** Slots a rider may plan with. */
@Path("/v1/rider/slots")
@Tag(name = "Slots", description = "Planned slots (班次) and who works them.")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RolesAllowed(Roles.RIDER)
public class RiderSlotResource {

  private final Slots slots;
  private final CurrentCaller caller;

  public RiderSlotResource(Slots slots, CurrentCaller caller) {
    this.slots = slots;
    this.caller = caller;
  }

  /** Soonest first. */
  @Schema(name = "RiderSlots")
  public record Mine(List<Slots.Standing> slots) {}

  @GET
  @Operation(summary = "Slots of your pool and station in the next 15 days, soonest first")
  public Uni<Mine> slots() {
    return slots.forRider(caller.subject()).map(Mine::new);
  }

  @POST
  @Path("/{slotId}/sign-up")
  @Operation(summary = "Sign up, while there is a place", description = "Again changes nothing.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Slots.Standing.class)))
  @APIResponse(responseCode = "404", description = "Not a slot of your pool and station")
  @APIResponse(responseCode = "409", description = "`slot-full`, `slot-begun`")
  public Uni<Slots.Standing> signUp(@PathParam("slotId") String slotId) {
    return slots.signUp(slotId, caller.subject());
  }

  @POST
  @Path("/{slotId}/cancel")
  @Operation(
      summary = "Take your sign-up back before the slot begins",
      description = "It costs nothing. Again changes nothing.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Slots.Standing.class)))
  @APIResponse(responseCode = "404", description = "Not a slot of your pool and station")
  @APIResponse(responseCode = "409", description = "`slot-begun`")
  public Uni<Slots.Standing> cancel(@PathParam("slotId") String slotId) {
    return slots.cancel(slotId, caller.subject());
  }
}
