package org.shanpai.geo.store.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.http.Parameters;
import org.shanpai.geo.store.Stores;

/** Stores near a place. */
@Path("/v1/stores")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stores")
public class StoreResource {

  private static final double FURTHEST_METRES = 20_000;
  private static final int MOST_STORES = 200;

  /**
   * A store near a place.
   *
   * @param metres great-circle distance
   */
  @Schema(name = "NearStore")
  public record NearStore(
      @Schema(examples = "s-4") String storeId,
      @Schema(examples = "Tea 4") String name,
      GeoPoint place,
      @Schema(examples = "a-core") String areaId,
      @Schema(examples = "true") boolean open,
      @Schema(examples = "3000") int rangeMetres,
      @Schema(examples = "120.5") double metres) {}

  private final Stores stores;

  public StoreResource(Stores stores) {
    this.stores = stores;
  }

  @GET
  @Path("/near")
  @RolesAllowed({
    Roles.VIEWER,
    Roles.DISPATCHER,
    Roles.STATION_MANAGER,
    Roles.MANAGER,
    Roles.SERVICE
  })
  @Operation(summary = "Stores near a place, open or not, nearest first; answered in WGS-84")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(type = SchemaType.ARRAY, implementation = NearStore.class),
              examples =
                  @ExampleObject(
                      name = "one store",
                      value =
                          "[{\"storeId\":\"s-4\",\"name\":\"Tea 4\",\"place\":{\"lat\":31.2304,"
                              + "\"lon\":121.4737},\"areaId\":\"a-core\",\"open\":true,"
                              + "\"rangeMetres\":3000,\"metres\":120.5}]")))
  public Uni<List<NearStore>> near(
      @Parameter(required = true, example = "31.2304") @QueryParam("lat") String lat,
      @Parameter(required = true, example = "121.4737") @QueryParam("lon") String lon,
      @Parameter(description = "WGS-84, GCJ-02 or BD-09", required = true, example = "GCJ-02")
          @QueryParam("coordinateSystem")
          String coordinateSystem,
      @Parameter(description = "1 … 20000, default 3000", example = "3000")
          @QueryParam("radiusMetres")
          String radiusMetres,
      @Parameter(description = "1 … 200, default 20", example = "20") @QueryParam("limit")
          String limit) {
    GeoPoint centre = Parameters.place(lat, lon, coordinateSystem);
    double radius = Parameters.number("radiusMetres", radiusMetres, 1, FURTHEST_METRES, 3_000);
    int most = (int) Parameters.number("limit", limit, 1, MOST_STORES, 20);
    return stores
        .near(centre, radius, most)
        .map(
            near ->
                near.stream()
                    .map(
                        one ->
                            new NearStore(
                                one.store().storeId().value(),
                                one.store().name(),
                                one.store().place(),
                                one.store().areaId() == null ? null : one.store().areaId().value(),
                                one.store().open(),
                                one.store().rangeMetres(),
                                Math.round(one.metres() * 10) / 10.0))
                    .toList());
  }
}
