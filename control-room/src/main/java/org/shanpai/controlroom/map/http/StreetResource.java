package org.shanpai.controlroom.map.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.controlroom.map.GeoStreets;
import org.shanpai.controlroom.map.StreetMap;
import org.shanpai.controlroom.map.Streets;

/** The streets behind the map. */
@Path("/v1/map/streets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "map")
@RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
public class StreetResource {

  private final StreetMap map;
  private final GeoStreets geo;
  private final CurrentCaller caller;

  public StreetResource(StreetMap map, GeoStreets geo, CurrentCaller caller) {
    this.map = map;
    this.geo = geo;
    this.caller = caller;
  }

  /** What a put left behind. */
  public record Put(@Schema(examples = "3") long version, @Schema(examples = "480") int streets) {}

  /** What a page draws. */
  @Schema(name = "DrawnStreets", description = "Streets as lines of places, WGS-84")
  public record Drawn(@Schema(examples = "3") long version, List<List<GeoPoint>> streets) {}

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Replace the streets",
      description = "Idempotent; open pages draw them anew. They come back in WGS-84.")
  @APIResponse(
      responseCode = "200",
      description = "Drawn from now on",
      content = @Content(schema = @Schema(implementation = Put.class)))
  @APIResponse(responseCode = "422", description = "A street of less than two places")
  public Uni<Put> put(@NotNull @Valid Streets streets) {
    return map.put(streets, caller.subject())
        .map(version -> new Put(version, streets.streets().size()));
  }

  @GET
  @Operation(
      summary = "The streets, with an ETag",
      description =
          "geo-service's own, with kinds and flat lines, when it plans on a street file; otherwise"
              + " those put here.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Drawn.class)))
  public Uni<Response> get(@Context Request request) {
    return geo.ask(caller.subject())
        .chain(
            streets ->
                streets.isPresent()
                    ? Uni.createFrom()
                        .item(
                            answer(
                                request,
                                "geo-" + Integer.toHexString(streets.get().hashCode()),
                                streets.get()))
                    : map.get().map(stored -> answer(request, stored)));
  }

  private static Response answer(Request request, StreetMap.Stored stored) {
    return answer(
        request,
        "streets-" + stored.version(),
        "{\"version\":" + stored.version() + ",\"streets\":" + stored.streetsJson() + "}");
  }

  private static Response answer(Request request, String name, String json) {
    EntityTag tag = new EntityTag(name);
    CacheControl mayKeep = new CacheControl();
    mayKeep.setNoCache(true);
    mayKeep.setPrivate(true);
    Response.ResponseBuilder same = request.evaluatePreconditions(tag);
    if (same == null) {
      same = Response.ok(json, MediaType.APPLICATION_JSON);
    }
    return same.tag(tag).cacheControl(mayKeep).build();
  }
}
