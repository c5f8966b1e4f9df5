package org.shanpai.geo.learning.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.chassis.problem.WireInstants;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.http.Parameters;
import org.shanpai.geo.learning.LearnedCorrection;
import org.shanpai.geo.learning.LearningSettings;
import org.shanpai.geo.learning.TravelFactors;
import org.shanpai.geo.learning.postgres.LegTable;
import org.shanpai.messaging.Tx;

/** What finished rides taught about travel times, as facts with counts. */
@Path("/v1/travel/corrections")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "learned")
public class CorrectionsResource {

  private static final int MOST_CELLS = 5_000;

  /**
   * By how much rides take longer than the map says.
   *
   * @param city all rides
   * @param cells cells and half hours with rides of their own, at most 5000
   * @param rides what became of the rides of the window; those under TEACHES were learned from
   */
  @Schema(name = "TravelCorrections")
  public record Corrections(Factor city, List<Factor> cells, Map<String, Long> rides) {}

  /**
   * A factor.
   *
   * @param cell H3 cell, resolution 8; null for the city
   * @param centre of the cell
   * @param halfHour 0–47 of the city's day; null for all
   * @param factor real over mapped time
   * @param samples rides of its own
   */
  @Schema(name = "TravelCorrection")
  public record Factor(
      @Schema(examples = "8830e1d8a5fffff") String cell,
      GeoPoint centre,
      @Schema(examples = "24") Integer halfHour,
      @Schema(examples = "1.18") double factor,
      @Schema(examples = "64") long samples) {}

  private final LearnedCorrection correction;
  private final LegTable legs;
  private final Cells cells;
  private final LearningSettings settings;
  private final CityClock clock;
  private final Tx tx;

  public CorrectionsResource(
      LearnedCorrection correction,
      LegTable legs,
      Cells cells,
      LearningSettings settings,
      CityClock clock,
      Tx tx) {
    this.correction = correction;
    this.legs = legs;
    this.cells = cells;
    this.settings = settings;
    this.clock = clock;
    this.tx = tx;
  }

  @GET
  @RolesAllowed({
    Roles.VIEWER,
    Roles.DISPATCHER,
    Roles.STATION_MANAGER,
    Roles.MANAGER,
    Roles.SERVICE
  })
  @Operation(
      summary = "By how much rides take longer than the map says",
      description =
          "By H3 cell of resolution 8 and half hour in which the ride began. With lat, lon and"
              + " coordinateSystem that cell alone, at the half hour of at; answered also where no"
              + " ride began yet.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = Corrections.class),
              examples =
                  @ExampleObject(
                      name = "at noon",
                      value =
                          "{\"city\":{\"factor\":1.06,\"samples\":5120},"
                              + "\"cells\":[{\"cell\":\"8830e1d8a5fffff\","
                              + "\"centre\":{\"lat\":31.23,\"lon\":121.47},\"halfHour\":24,"
                              + "\"factor\":1.18,\"samples\":64}],"
                              + "\"rides\":{\"TEACHES\":5120,\"TOO_FAST\":31,\"WRONG_WAY\":12}}")))
  public Uni<Corrections> corrections(
      @Parameter(example = "31.23") @QueryParam("lat") String lat,
      @Parameter(example = "121.47") @QueryParam("lon") String lon,
      @Parameter(example = "WGS-84") @QueryParam("coordinateSystem") String coordinateSystem,
      @Parameter(description = "City time, default now", example = "2026-11-22T04:00:00Z")
          @QueryParam("at")
          String at) {
    Instant moment = time(at);
    TravelFactors learned = correction.learned();
    List<Factor> factors = new ArrayList<>();
    if (lat != null || lon != null) {
      long cell =
          cells.of(Parameters.place(lat, lon, coordinateSystem), LearnedCorrection.CELL_RESOLUTION);
      factors.add(factor(learned.at(cell, correction.slot(moment))));
    } else {
      for (TravelFactors.Learned one : learned.all()) {
        if (factors.size() < MOST_CELLS) {
          factors.add(factor(one));
        }
      }
    }
    TravelFactors.Learned city = learned.city();
    return tx.read(() -> legs.verdicts(clock.now().minus(settings.window())))
        .map(
            rides ->
                new Corrections(
                    new Factor(null, null, null, thousandths(city.factor()), city.samples()),
                    factors,
                    rides));
  }

  private Instant time(String at) {
    try {
      return at == null ? clock.now() : WireInstants.parse(at);
    } catch (DateTimeParseException e) {
      throw Problem.badRequest("at", "at must be an ISO-8601 instant but is '" + at + "'.");
    }
  }

  private Factor factor(TravelFactors.Learned learned) {
    return new Factor(
        Cells.text(learned.cell()),
        cells.centre(learned.cell()),
        learned.slot(),
        thousandths(learned.factor()),
        learned.samples());
  }

  private static double thousandths(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
