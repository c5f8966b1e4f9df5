package org.shanpai.geo.coverage.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.coverage.CoverageMap;
import org.shanpai.geo.coverage.DemandCells;
import org.shanpai.geo.coverage.Outcome;
import org.shanpai.geo.coverage.SiteKind;
import org.shanpai.geo.coverage.Siting;
import org.shanpai.geo.http.Parameters;

/** Where demand is not served, and where a store would serve it. */
@Path("/v1/coverage")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "coverage")
@RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER, Roles.SERVICE})
public class CoverageResource {

  private static final Duration USUAL_SPAN = Duration.ofDays(7);
  private static final int MOST_PLACES = 20;

  // Looking for places takes a core for a moment; the others wait their turn, and when too many do,
  // come again.
  private static final int AT_ONCE = 2;
  private static final int MOST_WAITING = 16;

  // Every page with the layer open asks the same, again and again; wall time.
  private static final Duration FRESH = Duration.ofSeconds(20);

  private record Question(
      CoverageMap.Hours hours, SiteKind kind, int places, double radius, AreaId area) {}

  private final CoverageMap map;
  private final Siting siting;
  private final DemandCells cells;
  private final Areas areas;
  private final CityClock clock;
  private final WorkerExecutor worker;
  private final Semaphore turns = new Semaphore(AT_ONCE + MOST_WAITING);
  private final Cache<Question, Uni<SuggestionsView>> answers =
      Caffeine.newBuilder().maximumSize(64).expireAfterWrite(FRESH).build();

  public CoverageResource(
      CoverageMap map,
      Siting siting,
      DemandCells cells,
      Areas areas,
      CityClock clock,
      Vertx vertx) {
    this.map = map;
    this.siting = siting;
    this.cells = cells;
    this.areas = areas;
    this.clock = clock;
    this.worker = vertx.createSharedWorkerExecutor("siting", AT_ONCE, 1, TimeUnit.MINUTES);
  }

  @PreDestroy
  void close() {
    worker.close();
  }

  @GET
  @Operation(
      summary = "What was asked where, and what came of it",
      description =
          "H3 cells, fullest first. asked = served + missed; late counts the served that were"
              + " promised late. Hours are whole and of city time; what is older than is kept is left"
              + " out, and from says so. Demand appears seconds after it was refused or delivered.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = CoverageView.class),
              examples = @ExampleObject(name = "one cell", value = CoverageView.EXAMPLE)))
  @APIResponse(
      responseCode = "400",
      description = "A parameter cannot be read; the problem names it")
  @APIResponse(responseCode = "404", description = "There is no such area")
  public Uni<CoverageView> coverage(
      @Parameter(description = "City time; default 7 days before to", example = FROM)
          @QueryParam("from")
          String from,
      @Parameter(description = "City time; default now", example = TO) @QueryParam("to") String to,
      @Parameter(
              description =
                  "Only missed for these: OUT_OF_RANGE, NO_WAY, OVERLOADED, RED_ALERT,"
                      + " CLOSED, LATE_PROMISE, LATE_KITCHEN; may be repeated",
              example = "OUT_OF_RANGE")
          @QueryParam("reason")
          List<String> reason,
      @Parameter(description = "Only of stores in this area", example = "a-core")
          @QueryParam("areaId")
          String areaId,
      @Parameter(description = "H3 resolution of the cells, 7 … 9, default 9", example = "9")
          @QueryParam("resolution")
          String resolution) {
    int fineness =
        (int)
            Parameters.number(
                "resolution",
                resolution,
                DemandCells.COARSEST,
                DemandCells.RESOLUTION,
                DemandCells.RESOLUTION);
    return map.picture(hours(from, to), reasons(reason), area(areaId), fineness)
        .map(picture -> CoverageView.of(picture, fineness, cells));
  }

  @GET
  @Path("/suggestions")
  @Operation(
      summary = "The best places for a new store or flash warehouse",
      description =
          "Each place with the orders it would have served in those hours beyond what the places"
              + " before it would: greedy maximal coverage, the first alone the best there is, all"
              + " together at least 63 % of the best choice. A place lies in an area and in no no-go"
              + " zone and serves doors whose way is no longer than radiusMetres. What was missed is"
              + " missed, though another store may stand near. STORE serves OUT_OF_RANGE, NO_WAY and,"
              + " in part, LATE_PROMISE; FLASH_WAREHOUSE besides CLOSED. An answer may be 20 seconds"
              + " old.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = SuggestionsView.class),
              examples = @ExampleObject(name = "one place", value = SuggestionsView.EXAMPLE)))
  @APIResponse(
      responseCode = "400",
      description = "A parameter cannot be read; the problem names it")
  @APIResponse(responseCode = "404", description = "There is no such area")
  @APIResponse(responseCode = "503", description = "Others are being looked for; try again")
  public Uni<SuggestionsView> suggestions(
      @Parameter(description = "1 … 20, default 5", example = "5") @QueryParam("k") String k,
      @Parameter(description = "300 … 10000, default 3000", example = "3000")
          @QueryParam("radiusMetres")
          String radiusMetres,
      @Parameter(description = "STORE (default) or FLASH_WAREHOUSE", example = "FLASH_WAREHOUSE")
          @QueryParam("kind")
          String kind,
      @Parameter(description = "City time; default 7 days before to", example = FROM)
          @QueryParam("from")
          String from,
      @Parameter(description = "City time; default now", example = TO) @QueryParam("to") String to,
      @Parameter(description = "Only demand of stores in this area", example = "a-core")
          @QueryParam("areaId")
          String areaId) {
    int places = (int) Parameters.number("k", k, 1, MOST_PLACES, 5);
    double radius = Parameters.number("radiusMetres", radiusMetres, 300, 10_000, 3_000);
    SiteKind site =
        kind == null || kind.isBlank() ? SiteKind.STORE : named("kind", SiteKind.class, kind);
    Question question = new Question(hours(from, to), site, places, radius, area(areaId));
    return answers.get(question, this::look);
  }

  /** A failure is nobody else's answer. */
  private Uni<SuggestionsView> look(Question question) {
    return Uni.createFrom()
        .deferred(() -> weigh(question))
        .onFailure()
        .invoke(() -> answers.invalidate(question))
        .memoize()
        .indefinitely();
  }

  private Uni<SuggestionsView> weigh(Question question) {
    if (!turns.tryAcquire()) {
      throw Problem.unavailable("Other places are being looked for; try again.", 1);
    }
    return map.demand(question.hours(), question.area())
        .chain(
            demand ->
                Uni.createFrom()
                    .completionStage(
                        () ->
                            worker
                                .executeBlocking(
                                    () ->
                                        siting.suggest(
                                            demand,
                                            question.kind(),
                                            question.places(),
                                            question.radius()),
                                    false)
                                .toCompletionStage()))
        .onTermination()
        .invoke(() -> turns.release())
        .map(
            outlook ->
                SuggestionsView.of(
                    question.hours(), question.kind(), question.radius(), outlook, cells));
  }

  private static final String FROM = "2026-11-15T00:00:00Z";
  private static final String TO = "2026-11-22T00:00:00Z";

  private CoverageMap.Hours hours(String from, String to) {
    Instant end = to == null || to.isBlank() ? clock.now() : instant("to", to);
    Instant begin = from == null || from.isBlank() ? end.minus(USUAL_SPAN) : instant("from", from);
    if (!begin.isBefore(end)) {
      throw Problem.badRequest("from", "from must lie before to.");
    }
    return map.hours(begin, end);
  }

  private static Instant instant(String name, String text) {
    try {
      Instant instant = Instant.parse(text);
      // Beyond these years the database cannot follow.
      if (instant.isAfter(Instant.parse("1970-01-01T00:00:00Z"))
          && instant.isBefore(Instant.parse("3000-01-01T00:00:00Z"))) {
        return instant;
      }
    } catch (DateTimeParseException e) {
      // Told below, with the others.
    }
    throw Problem.badRequest(
        name, name + " must be an instant such as " + FROM + " but is '" + text + "'.");
  }

  private AreaId area(String areaId) {
    if (areaId == null || areaId.isBlank()) {
      return null;
    }
    AreaId id = Parameters.areaId(areaId);
    if (!areas.knows(id)) {
      throw Problem.notFound("area " + areaId);
    }
    return id;
  }

  private static Set<Outcome> reasons(List<String> texts) {
    Set<Outcome> reasons = EnumSet.noneOf(Outcome.class);
    for (String text : texts) {
      Outcome reason = named("reason", Outcome.class, text);
      if (reason == Outcome.SERVED) {
        throw Problem.badRequest("reason", "SERVED is no reason for missing anything.");
      }
      reasons.add(reason);
    }
    return reasons;
  }

  private static <E extends Enum<E>> E named(String parameter, Class<E> type, String text) {
    List<String> names = new ArrayList<>();
    for (E one : type.getEnumConstants()) {
      if (one.name().equals(text)) {
        return one;
      }
      names.add(one.name());
    }
    throw Problem.badRequest(
        parameter,
        parameter + " must be one of " + String.join(", ", names) + " but is '" + text + "'.");
  }
}
