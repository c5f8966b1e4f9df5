package org.shanpai.geo.learning.http;

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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.geo.learning.KitchenTime;
import org.shanpai.geo.learning.Lessons;
import org.shanpai.geo.learning.PickupPoint;
import org.shanpai.geo.learning.StopTime;
import org.shanpai.geo.store.Stores;

/** What finished jobs taught about a store, as facts with counts. */
@Path("/v1/stores/{storeId}/learned")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "learned")
public class LearnedResource {

  /**
   * What finished jobs taught about a store.
   *
   * @param told the place as told by the merchant
   * @param pickup where riders stand
   * @param metres between the two
   * @param visits how many visits pickup comes from
   * @param preparationSeconds as told by the merchant
   * @param kitchen until goods can be taken, drawn towards the told time
   * @param handover with ready goods
   */
  @Schema(name = "LearnedStore")
  public record LearnedStore(
      @Schema(examples = "s-4") String storeId,
      GeoPoint told,
      GeoPoint pickup,
      @Schema(examples = "37.5") double metres,
      @Schema(examples = "41") int visits,
      @Schema(examples = "600") int preparationSeconds,
      KitchenTime kitchen,
      StopTime handover) {}

  private final Lessons lessons;
  private final Stores stores;
  private final CurrentCaller caller;

  public LearnedResource(Lessons lessons, Stores stores, CurrentCaller caller) {
    this.lessons = lessons;
    this.stores = stores;
    this.caller = caller;
  }

  @GET
  @RolesAllowed({
    Roles.MERCHANT,
    Roles.VIEWER,
    Roles.DISPATCHER,
    Roles.STATION_MANAGER,
    Roles.MANAGER,
    Roles.SERVICE
  })
  @Operation(
      summary = "What finished jobs taught about a store",
      description = "Merchants see their own stores. Counts of 0: nothing yet, what is assumed.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = LearnedStore.class),
              examples =
                  @ExampleObject(
                      name = "a tea shop in a mall",
                      value =
                          "{\"storeId\":\"s-4\",\"told\":{\"lat\":31.23,\"lon\":121.47},"
                              + "\"pickup\":{\"lat\":31.2303,\"lon\":121.4702},\"metres\":38.1,"
                              + "\"visits\":41,\"preparationSeconds\":420,"
                              + "\"kitchen\":{\"seconds\":510,\"p80Seconds\":700,\"samples\":38},"
                              + "\"handover\":{\"seconds\":60,\"p80Seconds\":95,\"samples\":41}}")))
  public LearnedStore store(@Parameter(example = "s-4") @PathParam("storeId") String storeId) {
    StoreState state = find(storeId);
    if (state == null
        || (caller.has(Roles.MERCHANT)
            && (state.merchantId() == null
                || !state.merchantId().value().equals(caller.subject())))) {
      throw Problem.notFound("store " + storeId);
    }
    PickupPoint pickup = lessons.pickup(state.storeId(), state.place());
    return new LearnedStore(
        storeId,
        state.place(),
        pickup.place(),
        Math.round(pickup.place().metresTo(state.place()) * 10) / 10.0,
        pickup.visits(),
        state.preparationSeconds(),
        lessons.kitchen(state.storeId(), state.preparationSeconds()),
        lessons.atStore(state.storeId()));
  }

  private StoreState find(String storeId) {
    try {
      return stores.find(StoreId.of(storeId));
    } catch (IllegalArgumentException noId) {
      return null;
    }
  }
}
