package org.shanpai.geo.learning.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.http.Parameters;
import org.shanpai.geo.learning.KitchenTime;
import org.shanpai.geo.learning.LearnedCorrection;
import org.shanpai.geo.learning.LearningSettings;
import org.shanpai.geo.learning.Lessons;
import org.shanpai.geo.learning.PickupPoint;
import org.shanpai.geo.learning.StopTime;
import org.shanpai.geo.learning.TravelFactors;
import org.shanpai.geo.learning.postgres.LegTable;
import org.shanpai.geo.store.Stores;
import org.shanpai.messaging.Tx;

/** What finished jobs taught, as facts with counts. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "learned")
public class LearnedResource {

  private static final int MOST_CELLS = 5_000;

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

  private final Lessons lessons;
  private final LearnedCorrection correction;
  private final LegTable legs;
  private final Stores stores;
  private final Cells cells;
  private final LearningSettings settings;
  private final CityClock clock;
  private final CurrentCaller caller;
  private final Tx tx;

  public LearnedResource(
      Lessons lessons,
      LearnedCorrection correction,
      LegTable legs,
      Stores stores,
      Cells cells,
      LearningSettings settings,
      CityClock clock,
      CurrentCaller caller,
      Tx tx) {
    this.lessons = lessons;
    this.correction = correction;
    this.legs = legs;
    this.stores = stores;
    this.cells = cells;
    this.settings = settings;
    this.clock = clock;
    this.caller = caller;
    this.tx = tx;
  }

  @GET
  @Path("/stores/{storeId}/learned")
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

  @GET
  @Path("/travel/corrections")
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
    TravelFactors learned = correction.learned();
    List<Factor> factors = new ArrayList<>();
    if (lat != null || lon != null) {
      long cell =
          cells.of(Parameters.place(lat, lon, coordinateSystem), LearnedCorrection.CELL_RESOLUTION);
      factors.add(factor(learned.at(cell, correction.slot(time(at)))));
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
      return at == null ? clock.now() : Instant.parse(at);
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
