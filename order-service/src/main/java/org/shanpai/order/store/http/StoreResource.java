package org.shanpai.order.store.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.shanpai.chassis.City;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.ToldPlace;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.order.PlainText;
import org.shanpai.order.store.Store;
import org.shanpai.order.store.StoreDetails;
import org.shanpai.order.store.StoreFile;
import org.shanpai.order.store.StoreKeeping;

/** Merchants keep their stores. */
@Path("/v1/stores")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Stores", description = "Where goods are picked up, and how far they go")
public class StoreResource {

  private static final String EXAMPLE =
      "{\"name\": \"晨光便利 · 静安店\", \"coordinateSystem\": \"GCJ-02\","
          + " \"place\": {\"lat\": 31.2285, \"lon\": 121.4782},"
          + " \"rangeMetres\": 3000, \"preparationSeconds\": 600, \"open\": true}";

  private static final String HOURS =
      "{\"weekly\": {\"FRIDAY\": [{\"opens\": \"10:00\", \"closes\": \"14:00\"},"
          + " {\"opens\": \"17:00\", \"closes\": \"02:00\"}]},"
          + " \"special\": [{\"date\": \"2027-02-06\", \"spans\": []}]}";

  private static final String FILE =
      "storeId,name,lat,lon,rangeMetres,preparationSeconds,open,hours\n"
          + "s-jingan,晨光便利 · 静安店,31.2285,121.4782,3000,600,true,"
          + "\"Mo-Fr 08:00-12:00,13:00-22:00; Sa-Su 10:00-02:00; 2027-02-06 off\"\n";

  private static final int MOST_EXPORTED = 10_000;

  private final StoreKeeping keeping;
  private final CurrentCaller caller;
  private final CityClock clock;
  private final City city;

  StoreResource(StoreKeeping keeping, CurrentCaller caller, CityClock clock, City city) {
    this.keeping = keeping;
    this.caller = caller;
    this.clock = clock;
    this.city = city;
  }

  /** What a merchant says of a store. */
  @Schema(name = "StoreChange")
  public record StoreChange(
      @NotBlank @Size(max = 120) @PlainText String name,
      @NotNull(message = CoordinateSystem.MUST_BE_NAMED)
          @Schema(description = "The system of the place", required = true)
          CoordinateSystem coordinateSystem,
      @NotNull @Schema(description = "Degrees in the system named") ToldPlace place,
      @NotNull
          @Min(100)
          @Max(60_000)
          @Schema(description = "How far it delivers as the crow flies, metres")
          Integer rangeMetres,
      @NotNull
          @Min(0)
          @Max(10_800)
          @Schema(description = "How long its kitchen usually takes, seconds")
          Integer preparationSeconds,
      @NotNull @Schema(description = "The switch: whether it takes orders, within its hours if any")
          Boolean open,
      @Valid @Schema(description = "Left as they are when missing") HoursBody hours) {
    StoreDetails details() {
      return new StoreDetails(
          name.strip(), place.in(coordinateSystem), rangeMetres, preparationSeconds, open);
    }
  }

  /** A store. */
  @Schema(name = "Store")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StoreAnswer(
      StoreId storeId,
      AreaId areaId,
      long version,
      String name,
      GeoPoint place,
      int rangeMetres,
      int preparationSeconds,
      boolean open,
      @Schema(description = "Missing: the switch alone") HoursBody hours,
      @Schema(description = "By switch and hours, at this moment of city time") Boolean openNow,
      @Schema(description = "When its hours open it next; missing while they do") Instant opensAt) {
    static StoreAnswer of(Store store, Instant now, ZoneId zone) {
      StoreDetails details = store.details();
      return new StoreAnswer(
          store.id(),
          store.areaId(),
          store.version(),
          details.name(),
          details.place(),
          details.rangeMetres(),
          details.preparationSeconds(),
          details.open(),
          HoursBody.of(store.hours()),
          store.openAt(now, zone),
          store.hours() == null || store.hours().openAt(now, zone)
              ? null
              : store.hours().opensAt(now, zone).orElse(null));
    }
  }

  /** Whether a store takes orders. */
  @Schema(name = "StoreSwitch")
  public record SwitchBody(@NotNull @Schema(examples = "false") Boolean open) {}

  /** What became of a line of a file. */
  public enum Outcome {
    CREATED,
    UPDATED,
    REFUSED
  }

  /** The report on a line. */
  @Schema(name = "StoreImportLine")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ImportLine(int line, Outcome outcome, String reason, StoreId storeId) {
    static ImportLine of(StoreKeeping.LineReport report) {
      return report.kept() == null
          ? new ImportLine(report.line(), Outcome.REFUSED, report.reason(), null)
          : new ImportLine(
              report.line(),
              report.kept().created() ? Outcome.CREATED : Outcome.UPDATED,
              null,
              report.kept().store().id());
    }
  }

  /** The report on a file. */
  @Schema(name = "StoreImportReport")
  public record ImportReport(long created, long updated, long refused, List<ImportLine> lines) {
    static ImportReport of(List<ImportLine> lines) {
      return new ImportReport(
          count(lines, Outcome.CREATED),
          count(lines, Outcome.UPDATED),
          count(lines, Outcome.REFUSED),
          lines);
    }

    private static long count(List<ImportLine> lines, Outcome outcome) {
      return lines.stream().filter(line -> line.outcome() == outcome).count();
    }
  }

  /** A page of stores; {@code nextCursor} is null on the last one. */
  @Schema(name = "StorePage")
  public record StorePage(List<StoreAnswer> stores, String nextCursor) {}

  @PUT
  @Path("{storeId}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Create a store, or change it",
      description =
          "The place is told in the system named and answered in WGS-84. The area of dispatch"
              + " follows from it. Closing a store refuses new orders; those"
              + " under way go on.")
  @RequestBody(content = @Content(examples = @ExampleObject(name = "store", value = EXAMPLE)))
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              schema = @Schema(implementation = StoreAnswer.class),
              examples =
                  @ExampleObject(
                      name = "store",
                      value =
                          "{\"storeId\": \"s-jingan\", \"areaId\": \"a-jingan\", \"version\": 1,"
                              + " \"name\": \"晨光便利 · 静安店\","
                              + " \"place\": {\"lat\": 31.2304, \"lon\": 121.4737},"
                              + " \"rangeMetres\": 3000, \"preparationSeconds\": 600,"
                              + " \"open\": true}")))
  @APIResponse(responseCode = "200", description = "Changed, or nothing to change")
  @APIResponse(responseCode = "404", description = "The id is another merchant's")
  @APIResponse(responseCode = "422", description = "The place lies outside every area")
  @APIResponse(responseCode = "503", description = "The area cannot be looked up now; try again")
  public Uni<RestResponse<StoreAnswer>> put(
      @PathParam("storeId") StoreId storeId, @NotNull @Valid StoreChange change) {
    return keeping
        .keep(
            me(),
            storeId,
            change.details(),
            change.hours() == null ? null : change.hours().hours(),
            change.place().otherReadings(change.coordinateSystem()))
        .map(
            kept ->
                RestResponse.status(
                    kept.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                    answer(kept.store())));
  }

  @PUT
  @Path("{storeId}/hours")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Say when a store is open",
      description =
          "In the city's zone, beside the switch. A span that closes at or before it opens ends on"
              + " the next day; it belongs to the day on which it begins. A special day counts"
              + " instead of its day of the week; without spans the store is closed.")
  @RequestBody(content = @Content(examples = @ExampleObject(name = "hours", value = HOURS)))
  @APIResponse(
      responseCode = "200",
      description = "Set",
      content = @Content(schema = @Schema(implementation = StoreAnswer.class)))
  @APIResponse(responseCode = "404", description = "You have no such store")
  @APIResponse(responseCode = "422", description = "Spans overlap, or are too many")
  public Uni<StoreAnswer> hours(
      @PathParam("storeId") StoreId storeId, @NotNull @Valid HoursBody hours) {
    return keeping.setHours(me(), storeId, hours.hours()).map(this::answer);
  }

  @PUT
  @Path("{storeId}/open")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Open a store, or close it, by hand",
      description =
          "Closed by hand it takes no orders, pre-booked ones included, whatever its hours.")
  @RequestBody(
      content = @Content(examples = @ExampleObject(name = "closed", value = "{\"open\": false}")))
  @APIResponse(
      responseCode = "200",
      description = "Done",
      content = @Content(schema = @Schema(implementation = StoreAnswer.class)))
  @APIResponse(responseCode = "404", description = "You have no such store")
  public Uni<StoreAnswer> open(
      @PathParam("storeId") StoreId storeId, @NotNull @Valid SwitchBody change) {
    return keeping.setOpen(me(), storeId, change.open()).map(this::answer);
  }

  @POST
  @Path("import")
  @Consumes({"text/csv", MediaType.TEXT_PLAIN})
  @Operation(
      summary = "Create and change stores by file",
      description =
          "CSV, UTF-8, heading storeId,name,lat,lon,rangeMetres,preparationSeconds,open,hours, at"
              + " most 1,000 lines. Hours read like Mo-Fr 08:00-12:00,13:00-22:00; Sa,Su"
              + " 10:00-02:00; 2027-02-06 off; an empty field leaves them as they are. Every good"
              + " line is taken, every bad one reported; sending a file twice changes nothing the"
              + " second time.")
  @RequestBody(
      content =
          @Content(mediaType = "text/csv", examples = @ExampleObject(name = "file", value = FILE)))
  @APIResponse(
      responseCode = "200",
      description = "A report for each line",
      content = @Content(schema = @Schema(implementation = ImportReport.class)))
  @APIResponse(responseCode = "422", description = "No such file, or coordinateSystem is missing")
  public Uni<ImportReport> importFile(
      @Parameter(description = "WGS-84, GCJ-02 or BD-09", required = true, example = "GCJ-02")
          @QueryParam("coordinateSystem")
          String coordinateSystem,
      @NotNull String csv) {
    CoordinateSystem system = system(coordinateSystem);
    return keeping
        .keepAll(me(), StoreFile.parse(csv, system))
        .map(reports -> ImportReport.of(reports.stream().map(ImportLine::of).toList()));
  }

  @GET
  @Path("export")
  @Produces("text/csv")
  @Operation(
      summary = "Your stores as a file",
      description = "As the import takes it, by id, at most 10,000.")
  @APIResponse(
      responseCode = "200",
      description = "The file",
      content =
          @Content(mediaType = "text/csv", examples = @ExampleObject(name = "file", value = FILE)))
  @APIResponse(responseCode = "422", description = "coordinateSystem is missing")
  public Uni<String> export(
      @Parameter(description = "WGS-84, GCJ-02 or BD-09", required = true, example = "GCJ-02")
          @QueryParam("coordinateSystem")
          String coordinateSystem) {
    CoordinateSystem system = system(coordinateSystem);
    return keeping.list(me(), null, MOST_EXPORTED).map(stores -> StoreFile.write(stores, system));
  }

  private static CoordinateSystem system(String name) {
    try {
      return CoordinateSystem.parse(name);
    } catch (IllegalArgumentException unknown) {
      throw Problem.unprocessable("coordinateSystem", unknown.getMessage());
    }
  }

  @GET
  @Path("{storeId}")
  @Operation(summary = "One of your stores")
  @APIResponse(
      responseCode = "200",
      description = "The store",
      content = @Content(schema = @Schema(implementation = StoreAnswer.class)))
  @APIResponse(responseCode = "404", description = "You have no such store")
  public Uni<StoreAnswer> get(@PathParam("storeId") StoreId storeId) {
    return keeping.get(me(), storeId).map(this::answer);
  }

  @GET
  @Operation(summary = "Your stores by id, page by page")
  @APIResponse(
      responseCode = "200",
      description = "A page",
      content = @Content(schema = @Schema(implementation = StorePage.class)))
  public Uni<StorePage> list(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
      @QueryParam("cursor") @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") String cursor) {
    return keeping
        .list(me(), cursor == null ? null : new StoreId(cursor), limit + 1)
        .map(
            found -> {
              boolean more = found.size() > limit;
              List<StoreAnswer> page = found.stream().limit(limit).map(this::answer).toList();
              return new StorePage(page, more ? page.get(page.size() - 1).storeId().value() : null);
            });
  }

  private StoreAnswer answer(Store store) {
    return StoreAnswer.of(store, clock.now(), city.zone());
  }

  private MerchantId me() {
    return new MerchantId(caller.subject());
  }
}
