package org.shanpai.geo.zone.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.geo.http.Parameters;
import org.shanpai.geo.zone.ZoneMap;
import org.shanpai.geo.zone.Zones;

/** Whether zones let a store serve a place. */
@Path("/internal/v1/stores/{storeId}/serves")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "internal")
@RolesAllowed(Roles.SERVICE)
public class ServesResource {

  /** Why a place is not served. */
  public enum Reason {
    NO_GO,
    OUTSIDE_DELIVERY_RANGE
  }

  /**
   * What zones say of a place.
   *
   * @param reason null when it is served
   * @param inRange whether it is in the store's delivery range; null when the store has none drawn
   */
  @Schema(name = "StoreServes")
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Serves(
      @Schema(examples = "false") boolean serves,
      @Schema(examples = "NO_GO") Reason reason,
      @Schema(examples = "true") Boolean inRange) {

    /** What the map's zones say. */
    public static Serves of(ZoneMap map, StoreId store, GeoPoint place) {
      Boolean inRange = map.inDeliveryRange(store, place);
      Reason reason =
          map.noGo(place)
              ? Reason.NO_GO
              : Boolean.FALSE.equals(inRange) ? Reason.OUTSIDE_DELIVERY_RANGE : null;
      return new Serves(reason == null, reason, inRange);
    }
  }

  private final Zones zones;

  public ServesResource(Zones zones) {
    this.zones = zones;
  }

  @GET
  @Operation(
      summary = "Whether zones let the store serve a place, WGS-84",
      description =
          "Not inside a no-go zone, nor outside the delivery range drawn for the store. A store"
              + " nobody drew a range for has inRange null: its radius counts, which is"
              + " order-service's.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = Serves.class),
              examples =
                  @ExampleObject(
                      name = "no-go",
                      value = "{\"serves\":false,\"reason\":\"NO_GO\",\"inRange\":true}")))
  public Uni<Serves> serves(
      @Parameter(example = "s-4") @PathParam("storeId") String storeId,
      @Parameter(required = true, example = "31.2304") @QueryParam("lat") String lat,
      @Parameter(required = true, example = "121.4737") @QueryParam("lon") String lon) {
    StoreId id;
    try {
      id = StoreId.of(storeId);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("store " + storeId);
    }
    GeoPoint place = Parameters.place(lat, lon);
    return Uni.createFrom().item(Serves.of(zones.map(), id, place));
  }
}
