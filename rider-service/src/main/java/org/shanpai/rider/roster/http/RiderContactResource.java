package org.shanpai.rider.roster.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.rider.roster.Roster;

/**
 * The telephone behind a number that stands in for it. order-service asks; it tells nobody the real
 * one.
 */
@Path("/internal/v1/riders/{riderId}/contact")
@RolesAllowed(Roles.SERVICE)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Riders (internal)")
public class RiderContactResource {

  private final Roster roster;

  RiderContactResource(Roster roster) {
    this.roster = roster;
  }

  /** How a rider is reached. */
  @Schema(name = "RiderContact")
  public record RiderContact(
      @Schema(examples = "r-23") String riderId, @Schema(examples = "13800000023") String phone) {
    @Override
    public String toString() {
      return "RiderContact[…]";
    }
  }

  @GET
  @Operation(summary = "A rider's telephone, for a number that stands in for it")
  @APIResponse(
      responseCode = "200",
      description = "The telephone",
      content =
          @Content(
              schema = @Schema(implementation = RiderContact.class),
              examples =
                  @ExampleObject(
                      name = "one",
                      value = "{\"riderId\": \"r-23\", \"phone\": \"13800000023\"}")))
  @APIResponse(responseCode = "404", description = "There is no such rider")
  public Uni<RestResponse<RiderContact>> contact(@PathParam("riderId") String riderId) {
    return roster
        .getProfile(riderId)
        .map(
            profile ->
                RestResponse.ResponseBuilder.ok(new RiderContact(riderId, profile.phone()))
                    .header("Cache-Control", "no-store")
                    .build());
  }
}
