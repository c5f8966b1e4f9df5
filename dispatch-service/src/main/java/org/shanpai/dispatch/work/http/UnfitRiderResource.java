package org.shanpai.dispatch.work.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.dispatch.work.UnfitRiders;
import org.shanpai.messaging.Tx;

/** Riders whom their phones keep from offers, for operators. */
@Path("/v1/riders/without-offers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
@Tag(name = "Riders", description = "Who gets no offers, and why.")
public class UnfitRiderResource {

  private static final String EXAMPLE =
      "[{\"riderId\":\"r-0007\",\"label\":\"骑手 007\",\"reason\":\"POSITION_NOT_TRUSTED\","
          + "\"batteryPercent\":64,\"trust\":15,"
          + "\"lastTrustedPlace\":{\"lat\":31.2304,\"lon\":121.4737},"
          + "\"lastTrustedAt\":\"2026-11-24T03:20:10Z\",\"jobsInHand\":1}]";

  private final Tx tx;
  private final UnfitRiders riders;

  public UnfitRiderResource(Tx tx, UnfitRiders riders) {
    this.tx = tx;
    this.riders = riders;
  }

  @GET
  @Operation(
      summary = "Riders online who get no offers because of their phones",
      description =
          "LOW_BATTERY: less left than the setting. POSITION_NOT_TRUSTED: positions were not"
              + " believed for longer than the setting; it ends with the first one that is.")
  @APIResponse(
      responseCode = "200",
      description = "In the order of their ids",
      content =
          @Content(
              schema = @Schema(type = SchemaType.ARRAY, implementation = UnfitRiders.Unfit.class),
              examples = @ExampleObject(name = "one", value = EXAMPLE)))
  public Uni<List<UnfitRiders.Unfit>> all() {
    return tx.read(riders::all);
  }
}
