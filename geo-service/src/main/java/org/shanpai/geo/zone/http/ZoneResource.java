package org.shanpai.geo.zone.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.chassis.problem.ProblemBody;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.http.Parameters;
import org.shanpai.geo.polygon.PolygonCheck;
import org.shanpai.geo.store.Stores;
import org.shanpai.geo.zone.ZoneRegister;
import org.shanpai.geo.zone.ZoneRegister.Outcome;
import org.shanpai.geo.zone.ZoneSettings;
import org.shanpai.geo.zone.ZoneWish;
import org.shanpai.geo.zone.Zones;
import org.shanpai.geo.zone.postgres.ZoneTable;
import org.shanpai.messaging.Tx;

/** Managers draw no-go zones, slow zones and delivery ranges; operators look at them. */
@Path("/v1/zones")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "zones", description = "Parts of the city with a rule of their own; answers are WGS-84")
@RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER, Roles.SERVICE})
public class ZoneResource {

  private static final String GEOJSON = "application/geo+json";
  private static final String RING =
      "[[[121.470,31.228],[121.476,31.228],[121.476,31.233],[121.470,31.233],[121.470,31.228]]]";
  private static final String SQUARE =
      "{\"kind\":\"NO_GO\",\"name\":\"People's Square\",\"coordinateSystem\":\"GCJ-02\","
          + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
          + RING
          + "}}";
  private static final String FILE =
      "{\"type\":\"FeatureCollection\",\"coordinateSystem\":\"WGS-84\",\"features\":[{\"type\":"
          + "\"Feature\",\"id\":\"z-square\",\"properties\":{\"kind\":\"SLOW\",\"name\":\"Market\","
          + "\"speedFactor\":0.5},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
          + RING
          + "}}]}";
  private static final String REFUSED =
      "{\"type\":\"urn:shanpai:problem:unprocessable\",\"title\":\"Unprocessable\",\"status\":422,"
          + "\"detail\":\"geometry.coordinates[0] crosses or touches itself near lat 31.230000,"
          + " lon 121.470000.\",\"field\":\"geometry.coordinates[0]\"}";

  /**
   * A zone and what was said of it.
   *
   * @param notes what was repaired, or may be a mistake
   */
  @Schema(name = "ZoneKept")
  public record Kept(ZoneState zone, List<String> notes) {}

  /**
   * A zone as it was from then on.
   *
   * @param at city time
   */
  @Schema(name = "ZoneVersion")
  public record Version(ZoneState zone, Instant at, @Schema(examples = "u-3") String by) {}

  private final ZoneRegister register;
  private final Zones zones;
  private final ZoneTable table;
  private final ZoneSettings settings;
  private final Areas areas;
  private final Stores stores;
  private final CurrentCaller caller;
  private final Tx tx;
  private final Vertx vertx;

  public ZoneResource(
      ZoneRegister register,
      Zones zones,
      ZoneTable table,
      ZoneSettings settings,
      Areas areas,
      Stores stores,
      CurrentCaller caller,
      Tx tx,
      Vertx vertx) {
    this.register = register;
    this.zones = zones;
    this.table = table;
    this.settings = settings;
    this.areas = areas;
    this.stores = stores;
    this.caller = caller;
    this.tx = tx;
    this.vertx = vertx;
  }

  @GET
  @Operation(summary = "All zones, by id")
  public Uni<Collection<ZoneState>> list() {
    return Uni.createFrom().item(zones.map().all());
  }

  @GET
  @Path("/{zoneId}")
  @Operation(summary = "One zone")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ZoneState.class)))
  public Uni<ZoneState> get(@Parameter(example = "z-square") @PathParam("zoneId") String zoneId) {
    ZoneState zone = zones.map().find(zoneId);
    if (zone == null) {
      throw Problem.notFound("zone " + zoneId);
    }
    return Uni.createFrom().item(zone);
  }

  @GET
  @Path("/{zoneId}/versions")
  @Operation(
      summary = "What a zone was, newest first",
      description = "The newest hundred; a zone that was removed still has them.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = Version.class)))
  public Uni<List<Version>> versions(
      @Parameter(example = "z-square") @PathParam("zoneId") String zoneId) {
    return tx.read(() -> table.versions(zoneId))
        .map(
            versions -> {
              if (versions.isEmpty()) {
                throw Problem.notFound("zone " + zoneId);
              }
              return versions.stream()
                  .map(version -> new Version(version.zone(), version.at(), version.by()))
                  .toList();
            });
  }

  @GET
  @Path("/export")
  @Produces({GEOJSON, MediaType.APPLICATION_JSON})
  @Operation(
      summary = "All zones as a GeoJSON FeatureCollection, WGS-84",
      description = "A file the import takes unchanged.")
  public Uni<Map<String, Object>> export() {
    return Uni.createFrom().item(ZoneFile.write(zones.map().all()));
  }

  @PUT
  @Path("/{zoneId}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Set up or change a zone",
      description =
          "The geometry is GeoJSON in the system named; it comes back in WGS-84. Rings closed, at"
              + " most 2000 corners, no bigger than a city, in the city or near it. Borders that"
              + " wind clockwise and holes that wind counter-clockwise are turned, and notes say"
              + " so. The same again changes nothing and keeps the version.")
  @RequestBody(content = @Content(examples = @ExampleObject(name = "a square", value = SQUARE)))
  @APIResponse(
      responseCode = "200",
      description = "Changed, or as it was",
      content = @Content(schema = @Schema(implementation = Kept.class)))
  @APIResponse(
      responseCode = "201",
      description = "Set up",
      content = @Content(schema = @Schema(implementation = Kept.class)))
  @APIResponse(
      responseCode = "422",
      description = "No zone: field says which part",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class),
              examples = @ExampleObject(name = "a bow tie", value = REFUSED)))
  public Uni<Response> put(
      @Parameter(example = "z-square") @PathParam("zoneId") String zoneId, @NotNull ZoneBody body) {
    String actor = caller.subject();
    return apart(() -> body.check(zoneId, around()))
        .chain(
            checked -> {
              if (checked instanceof ZoneBody.Checked.Bad bad) {
                throw Problem.unprocessable(bad.field(), bad.detail());
              }
              ZoneWish wish = ((ZoneBody.Checked.Good) checked).wish();
              return register
                  .put(List.of(wish), false, actor)
                  .map(
                      results ->
                          Response.status(results.get(0).outcome() == Outcome.CREATED ? 201 : 200)
                              .entity(new Kept(results.get(0).zone(), wish.notes()))
                              .build());
            });
  }

  @DELETE
  @Path("/{zoneId}")
  @RolesAllowed(Roles.MANAGER)
  @Operation(summary = "Remove a zone", description = "Its versions stay. 404 when there is none.")
  @APIResponse(responseCode = "204", description = "It holds no longer")
  public Uni<Void> delete(@Parameter(example = "z-square") @PathParam("zoneId") String zoneId) {
    return register
        .remove(zoneId, caller.subject())
        .invoke(
            zone -> {
              if (zone == null) {
                throw Problem.notFound("zone " + zoneId);
              }
            })
        .replaceWithVoid();
  }

  @POST
  @Path("/import")
  @Consumes({MediaType.APPLICATION_JSON, GEOJSON})
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Set up zones from a GeoJSON FeatureCollection",
      description =
          "The system is named by a foreign member coordinateSystem or in the query. Each feature"
              + " has an id (or property zoneId) and properties kind, name, and speedFactor or"
              + " storeId. Those that are fine are taken together, the others come back with the"
              + " reason. With swap=true the file becomes all zones there are: all or nothing, and"
              + " zones it does not hold are removed. Sending a file again changes nothing.")
  @RequestBody(
      content =
          @Content(
              mediaType = GEOJSON,
              schema = @Schema(implementation = Object.class),
              examples = @ExampleObject(name = "a slow zone", value = FILE)))
  @APIResponse(
      responseCode = "200",
      description = "Taken, as far as nothing was wrong",
      content = @Content(schema = @Schema(implementation = ZoneImport.class)))
  @APIResponse(
      responseCode = "422",
      description = "swap, and something was wrong: nothing was changed; features tell why",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ZoneImport.class)))
  public Uni<Response> importFile(
      @Parameter(description = "WGS-84, GCJ-02 or BD-09; needed when the file does not say")
          @QueryParam("coordinateSystem")
          String coordinateSystem,
      @Parameter(description = "true: all or nothing, and instead of all zones there are")
          @QueryParam("swap")
          @DefaultValue("false")
          boolean swap,
      @NotNull JsonNode file) {
    ZoneFile.mustBeCollection(file);
    CoordinateSystem system = Parameters.system(file, coordinateSystem);
    if (file.path("features").size() > settings.mostZones()) {
      throw Problem.unprocessable(
          "features",
          "The file has %d features; at most %d are taken."
              .formatted(file.path("features").size(), settings.mostZones()));
    }
    String actor = caller.subject();
    return apart(() -> ZoneFile.read(file, system, around()))
        .chain(features -> take(features, swap, actor));
  }

  private Uni<Response> take(List<ZoneFile.Feature> features, boolean swap, String actor) {
    List<ZoneWish> wishes =
        features.stream()
            .map(ZoneFile.Feature::checked)
            .filter(ZoneBody.Checked.Good.class::isInstance)
            .map(checked -> ((ZoneBody.Checked.Good) checked).wish())
            .toList();
    if (swap && wishes.size() < features.size()) {
      return Uni.createFrom()
          .item(
              Response.status(422)
                  .type(ProblemBody.MEDIA_TYPE)
                  .entity(ZoneImport.refused(features))
                  .build());
    }
    return register
        .put(wishes, swap, actor)
        .map(results -> Response.ok(ZoneImport.taken(features, results)).build());
  }

  private ZoneBody.Around around() {
    PolygonCheck polygons =
        new PolygonCheck(
            settings.limits(), place -> areas.covers(place, settings.cityMarginMetres()));
    return new ZoneBody.Around() {
      @Override
      public PolygonCheck polygons() {
        return polygons;
      }

      @Override
      public boolean knowsStore(StoreId storeId) {
        return stores.knows(storeId);
      }
    };
  }

  /** Whether thousands of corners make polygons takes longer than an event loop may be held up. */
  private <T> Uni<T> apart(Callable<T> work) {
    return Uni.createFrom()
        .completionStage(() -> vertx.executeBlocking(work, false).toCompletionStage());
  }
}
