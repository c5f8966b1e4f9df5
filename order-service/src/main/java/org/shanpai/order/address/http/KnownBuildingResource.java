package org.shanpai.order.address.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.order.address.BuildingFile;
import org.shanpai.order.address.BuildingImport;
import org.shanpai.order.address.BuildingImport.Fate;
import org.shanpai.order.address.BuildingImport.Report;

/** Managers tell where buildings are. */
@Path("/v1/known-buildings")
@RolesAllowed(Roles.MANAGER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Addresses")
public class KnownBuildingResource {

  private static final String CSV =
      "district,estate,road,number,building,lat,lon\n" + "长宁区,虹仙公寓,仙霞路,321号,3号楼,31.2082,121.3948\n";

  private static final String GEO_JSON =
      "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"geometry\":"
          + " {\"type\": \"Point\", \"coordinates\": [121.3948, 31.2082]}, \"properties\":"
          + " {\"district\": \"长宁区\", \"estate\": \"虹仙公寓\", \"building\": \"3号楼\"}}]}";

  private final BuildingImport buildings;

  KnownBuildingResource(BuildingImport buildings) {
    this.buildings = buildings;
  }

  /** The report on a line or a feature. */
  @Schema(name = "KnownBuildingImportLine")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(int line, Fate outcome, String reason) {}

  /** The report on a file. */
  @Schema(name = "KnownBuildingImportReport")
  public record ImportReport(long created, long updated, long refused, List<Line> lines) {
    static ImportReport of(List<Report> reports) {
      return new ImportReport(
          count(reports, Fate.CREATED),
          count(reports, Fate.UPDATED),
          count(reports, Fate.REFUSED),
          reports.stream().map(r -> new Line(r.line(), r.fate(), r.reason())).toList());
    }

    private static long count(List<Report> reports, Fate fate) {
      return reports.stream().filter(report -> report.fate() == fate).count();
    }
  }

  @POST
  @Path("import")
  @Consumes({"text/csv", MediaType.TEXT_PLAIN})
  @Operation(
      summary = "Tell buildings by CSV",
      description =
          "UTF-8, heading district,estate,road,number,building,lat,lon, at most 10,000 lines. An"
              + " estate or a road with a number is needed. Every good line is taken, every bad one"
              + " reported; sending a file twice changes nothing the second time.")
  @RequestBody(
      content =
          @Content(mediaType = "text/csv", examples = @ExampleObject(name = "file", value = CSV)))
  @APIResponse(
      responseCode = "200",
      description = "A report for each line",
      content = @Content(schema = @Schema(implementation = ImportReport.class)))
  @APIResponse(responseCode = "422", description = "No such file, or coordinateSystem is missing")
  public Uni<ImportReport> csv(
      @Parameter(description = "WGS-84, GCJ-02 or BD-09", required = true, example = "GCJ-02")
          @QueryParam("coordinateSystem")
          String coordinateSystem,
      @NotNull String csv) {
    return buildings.take(BuildingFile.csv(csv, system(coordinateSystem))).map(ImportReport::of);
  }

  @POST
  @Path("import")
  @Consumes({"application/geo+json", MediaType.APPLICATION_JSON})
  @Operation(
      summary = "Tell buildings by GeoJSON",
      description = "Points with district, estate, road, number and building as properties.")
  @RequestBody(
      content =
          @Content(
              mediaType = "application/geo+json",
              schema = @Schema(type = SchemaType.OBJECT),
              examples = @ExampleObject(name = "file", value = GEO_JSON)))
  @APIResponse(
      responseCode = "200",
      description = "A report for each feature",
      content = @Content(schema = @Schema(implementation = ImportReport.class)))
  @APIResponse(responseCode = "422", description = "No such file, or coordinateSystem is missing")
  public Uni<ImportReport> geoJson(
      @Parameter(description = "WGS-84, GCJ-02 or BD-09", required = true, example = "WGS-84")
          @QueryParam("coordinateSystem")
          String coordinateSystem,
      @NotNull String geoJson) {
    return buildings
        .take(BuildingFile.geoJson(geoJson, system(coordinateSystem)))
        .map(ImportReport::of);
  }

  private static CoordinateSystem system(String name) {
    try {
      return CoordinateSystem.parse(name);
    } catch (IllegalArgumentException unknown) {
      throw Problem.unprocessable("coordinateSystem", unknown.getMessage());
    }
  }
}
