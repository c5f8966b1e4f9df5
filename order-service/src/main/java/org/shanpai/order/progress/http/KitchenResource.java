package org.shanpai.order.progress.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.StoreId;
import org.shanpai.order.progress.exception.ExceptionKeeping;

/** Merchants see how their kitchens keep their word. */
@Path("/v1/stores")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Stores", description = "Where goods are picked up")
public class KitchenResource {

  private final ExceptionKeeping keeping;
  private final CurrentCaller caller;

  KitchenResource(ExceptionKeeping keeping, CurrentCaller caller) {
    this.keeping = keeping;
    this.caller = caller;
  }

  /** How a store's kitchen keeps its word. */
  @Schema(name = "Kitchen")
  public record KitchenView(
      StoreId storeId,
      @Schema(description = "City time; counted from then on") Instant since,
      @Schema(description = "Orders that were said to be ready and were not") long falseReady) {}

  @GET
  @Path("{storeId}/kitchen")
  @Operation(
      summary = "How a store's kitchen keeps its word",
      description =
          "A ready tap is false when the pickup follows more than three minutes after the later of"
              + " tap and arrival, and positions show that the rider stood there.")
  @APIResponse(
      responseCode = "200",
      description = "Counted over the last days",
      content =
          @Content(
              schema = @Schema(implementation = KitchenView.class),
              examples =
                  @ExampleObject(
                      name = "kitchen",
                      value =
                          "{\"storeId\": \"s-jingan\", \"since\": \"2026-10-23T03:40:00Z\","
                              + " \"falseReady\": 2}")))
  @APIResponse(responseCode = "404", description = "You have no such store")
  public Uni<KitchenView> kitchen(@PathParam("storeId") StoreId storeId) {
    return keeping
        .kitchen(new MerchantId(caller.subject()), storeId)
        .map(told -> new KitchenView(told.storeId(), told.since(), told.falseReady()));
  }
}
