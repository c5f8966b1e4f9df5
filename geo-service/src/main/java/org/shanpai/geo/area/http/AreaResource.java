package org.shanpai.geo.area.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.event.AreaState;
import org.shanpai.geo.area.AreaRegister;
import org.shanpai.geo.area.AreaRegister.Outcome;
import org.shanpai.geo.area.AreaRegister.Wish;
import org.shanpai.geo.area.AreaShape;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.area.OutlineSettings;
import org.shanpai.geo.http.Parameters;

/** Managers set areas up; operators and services look at them. */
@Path("/v1/areas")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "areas")
public class AreaResource {

  private static final String SQUARE =
      "{\"name\":\"Core\",\"coordinateSystem\":\"WGS-84\",\"outline\":[{\"lat\":31.22,\"lon\":121.46},{\"lat\":31.22,\"lon\":121.48},"
          + "{\"lat\":31.24,\"lon\":121.48},{\"lat\":31.24,\"lon\":121.46}]}";
  private static final String REFUSED =
      "{\"type\":\"urn:shanpai:problem:unprocessable\",\"title\":\"Unprocessable\",\"status\":422,"
          + "\"detail\":\"outline crosses or touches itself near lat 31.230000, lon 121.470000.\","
          + "\"field\":\"outline\"}";

  /** An area of a file that was not taken. */
  @Schema(name = "RefusedArea")
  public record Refused(
      @Schema(description = "place in the file, from 0", examples = "2") int index,
      @Schema(examples = "a-west") String areaId,
      @Schema(examples = "outline") String field,
      @Schema(examples = "outline is missing.") String detail) {}

  /** What became of a file. */
  @Schema(name = "AreaImport")
  public record Imported(
      @Schema(examples = "3") int created,
      @Schema(examples = "0") int changed,
      @Schema(examples = "1") int unchanged,
      List<Refused> refused) {}

  private final AreaRegister register;
  private final Areas areas;
  private final OutlineSettings settings;
  private final CurrentCaller caller;

  public AreaResource(
      AreaRegister register, Areas areas, OutlineSettings settings, CurrentCaller caller) {
    this.register = register;
    this.areas = areas;
    this.settings = settings;
    this.caller = caller;
  }

  @GET
  @RolesAllowed({
    Roles.VIEWER,
    Roles.DISPATCHER,
    Roles.STATION_MANAGER,
    Roles.MANAGER,
    Roles.SERVICE
  })
  @Operation(summary = "All areas, by id")
  public Uni<List<AreaState>> list() {
    return Uni.createFrom()
        .item(areas.map().all().stream().map(shape -> shape.area().state()).toList());
  }

  @GET
  @Path("/{areaId}")
  @RolesAllowed({
    Roles.VIEWER,
    Roles.DISPATCHER,
    Roles.STATION_MANAGER,
    Roles.MANAGER,
    Roles.SERVICE
  })
  @Operation(summary = "One area")
  public Uni<AreaState> get(@Parameter(example = "a-core") @PathParam("areaId") String areaId) {
    AreaId id = Parameters.areaId(areaId);
    AreaShape shape = areas.map().find(id);
    if (shape == null) {
      throw Problem.notFound("area " + areaId);
    }
    return Uni.createFrom().item(shape.area().state());
  }

  @PUT
  @Path("/{areaId}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Set up or change an area",
      description =
          "The outline is told in the system named and comes back in WGS-84. It may be closed or"
              + " not and wind either way; it comes back counter-clockwise and not closed. The same"
              + " again changes nothing and keeps the version.")
  @RequestBody(content = @Content(examples = @ExampleObject(name = "a square", value = SQUARE)))
  @APIResponse(
      responseCode = "200",
      description = "Changed, or as it was",
      content = @Content(schema = @Schema(implementation = AreaState.class)))
  @APIResponse(
      responseCode = "201",
      description = "Set up",
      content = @Content(schema = @Schema(implementation = AreaState.class)))
  @APIResponse(
      responseCode = "422",
      description = "No area: field says which part",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class),
              examples = @ExampleObject(name = "a bow tie", value = REFUSED)))
  public Uni<Response> put(
      @Parameter(example = "a-core") @PathParam("areaId") String areaId, @NotNull AreaBody body) {
    AreaBody.Checked checked = body.check(areaId, settings.limits());
    if (checked instanceof AreaBody.Checked.Bad bad) {
      throw Problem.unprocessable(bad.field(), bad.detail());
    }
    Wish wish = ((AreaBody.Checked.Good) checked).wish();
    return register
        .put(List.of(wish), caller.subject())
        .map(
            results -> {
              AreaRegister.Result result = results.get(0);
              return Response.status(result.outcome() == Outcome.CREATED ? 201 : 200)
                  .entity(result.area().state())
                  .build();
            });
  }

  @POST
  @Path("/import")
  @Consumes({MediaType.APPLICATION_JSON, "application/geo+json"})
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Set up areas from a file",
      description =
          "The system of the places is named by a member coordinateSystem of the file or by the"
              + " query parameter. Our own JSON, or a GeoJSON FeatureCollection of Polygons without"
              + " holes (properties areaId and name). Areas that are fine are taken together; the"
              + " others come back with the reason. Sending the file again changes nothing.")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Object.class),
              examples = {
                @ExampleObject(
                    name = "own form",
                    value =
                        "{\"coordinateSystem\":\"GCJ-02\",\"areas\":[{\"areaId\":\"a-core\",\"name\":\"Core\",\"outline\":["
                            + "{\"lat\":31.22,\"lon\":121.46},{\"lat\":31.22,\"lon\":121.48},"
                            + "{\"lat\":31.24,\"lon\":121.48}]}]}"),
                @ExampleObject(
                    name = "GeoJSON",
                    value =
                        "{\"type\":\"FeatureCollection\",\"coordinateSystem\":\"WGS-84\",\"features\":[{\"type\":\"Feature\","
                            + "\"properties\":{\"areaId\":\"a-core\",\"name\":\"Core\"},"
                            + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[121.46,31.22],"
                            + "[121.48,31.22],[121.48,31.24],[121.46,31.22]]]}}]}")
              }))
  public Uni<Imported> importFile(
      @Parameter(description = "WGS-84, GCJ-02 or BD-09; needed when the file does not say")
          @QueryParam("coordinateSystem")
          String coordinateSystem,
      @NotNull JsonNode file) {
    List<AreaFile> entries = AreaFile.read(file, coordinateSystem, settings.polygonLimits());
    if (entries.size() > settings.mostAreasInFile()) {
      throw Problem.unprocessable(
          "areas",
          "The file has %d areas; at most %d are taken."
              .formatted(entries.size(), settings.mostAreasInFile()));
    }
    List<Wish> wishes = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      AreaFile entry = entries.get(i);
      AreaBody.Checked checked = entry.check(settings.limits());
      if (checked instanceof AreaBody.Checked.Bad bad) {
        refused.add(new Refused(i, entry.areaId(), bad.field(), bad.detail()));
      } else {
        wishes.add(((AreaBody.Checked.Good) checked).wish());
      }
    }
    return register
        .put(wishes, caller.subject())
        .map(
            results ->
                new Imported(
                    count(results, Outcome.CREATED),
                    count(results, Outcome.CHANGED),
                    count(results, Outcome.UNCHANGED),
                    refused));
  }

  private static int count(List<AreaRegister.Result> results, Outcome outcome) {
    return (int) results.stream().filter(result -> result.outcome() == outcome).count();
  }
}
