package org.shanpai.rider.score.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.score.DryRun;
import org.shanpai.rider.score.Publishing;
import org.shanpai.rider.score.RuleSets;

/** The score's rules as data: read, checked, tried on last week, published. */
@Path("/v1/score/rule-sets")
@Tag(name = "Score rules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RuleSetResource {

  private static final String TRIAL = "{\"document\":" + RuleSetExample.DOCUMENT + "}";
  private static final String DRAFT =
      "{\"effectiveFrom\":\"2099-01-05T00:00:00+08:00\",\"document\":"
          + RuleSetExample.DOCUMENT
          + "}";

  private final RuleSets ruleSets;
  private final Publishing publishing;
  private final DryRun dryRun;
  private final CurrentCaller caller;
  private final Tx tx;

  public RuleSetResource(
      RuleSets ruleSets, Publishing publishing, DryRun dryRun, CurrentCaller caller, Tx tx) {
    this.ruleSets = ruleSets;
    this.publishing = publishing;
    this.dryRun = dryRun;
    this.caller = caller;
    this.tx = tx;
  }

  /**
   * @param publishedAt null for what came with the platform
   */
  public record RuleSetLine(
      @Schema(examples = "v1") String version,
      Instant effectiveFrom,
      Instant publishedAt,
      @Schema(examples = "boss") String publishedBy) {}

  /** Oldest first. */
  public record RuleSetList(List<RuleSetLine> ruleSets) {}

  /** The document as published. */
  public record RuleSetView(
      @Schema(examples = "v1") String version,
      @JsonRawValue @Schema(type = SchemaType.OBJECT) String document) {}

  /**
   * @param effectiveFrom city time from which it holds, at least 7 days ahead
   * @param document the rule set
   */
  public record Draft(
      @NotNull @Schema(examples = "2099-01-05T00:00:00+08:00", required = true)
          Instant effectiveFrom,
      @NotNull @Schema(type = SchemaType.OBJECT, required = true) JsonNode document) {}

  /**
   * @param document the rule set
   */
  public record Trial(
      @NotNull @Schema(type = SchemaType.OBJECT, required = true) JsonNode document) {}

  /** It could be published. */
  public record Publishable(@Schema(examples = "v2") String version, boolean valid) {}

  @GET
  @RolesAllowed({Roles.MANAGER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.VIEWER, Roles.RIDER})
  @Operation(summary = "All published rule sets; everybody may read them")
  public Uni<RuleSetList> list() {
    return tx.read(ruleSets::list)
        .map(
            found ->
                new RuleSetList(
                    found.stream()
                        .map(
                            p ->
                                new RuleSetLine(
                                    p.version(),
                                    p.effectiveFrom(),
                                    p.publishedAt(),
                                    p.publishedBy()))
                        .toList()));
  }

  @GET
  @Path("/{version}")
  @RolesAllowed({Roles.MANAGER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.VIEWER, Roles.RIDER})
  @Operation(summary = "A rule set as published")
  public Uni<RuleSetView> get(@PathParam("version") String version) {
    return tx.read(() -> ruleSets.document(version))
        .map(
            document -> {
              if (document == null) {
                throw Problem.notFound("rule set " + version);
              }
              return new RuleSetView(version, document);
            });
  }

  @POST
  @Path("/validation")
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Whether a rule set could be published",
      description = "Nothing is stored. A refusal names the field that will not do.")
  @APIResponse(
      responseCode = "409",
      description = "`version-taken`: another document has this version, or this time")
  @APIResponse(
      responseCode = "422",
      description = "`rule-set-refused`: it breaks a promise; the problem names the field")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Draft.class),
              examples = @ExampleObject(name = "rules", value = DRAFT)))
  @APIResponse(
      responseCode = "200",
      description = "It could be published",
      content = @Content(schema = @Schema(implementation = Publishable.class)))
  public Uni<Publishable> validate(@NotNull @Valid Draft body) {
    return publishing
        .check(body.document(), body.effectiveFrom())
        .map(rules -> new Publishable(rules.version(), true));
  }

  @POST
  @Path("/dry-run")
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "What a rule set would have changed last week, and for whom",
      description = "Nothing is stored.")
  @APIResponse(
      responseCode = "422",
      description = "`rule-set-refused`: it breaks a promise; the problem names the field")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Trial.class),
              examples = @ExampleObject(name = "rules", value = TRIAL)))
  @APIResponse(
      responseCode = "200",
      description = "What it would have changed",
      content = @Content(schema = @Schema(implementation = DryRun.Report.class)))
  public Uni<DryRun.Report> dryRun(
      @NotNull @Valid Trial body,
      @QueryParam("riders") @DefaultValue("1000") @Min(1) @Max(10_000) int riders) {
    return dryRun.lastWeek(body.document(), riders);
  }

  @POST
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Publish a rule set, at least 7 days ahead",
      description =
          "What is published never changes. The same again changes nothing. Orders are judged by"
              + " the rule set in force when they were accepted.")
  @APIResponse(
      responseCode = "201",
      description = "Published",
      content = @Content(schema = @Schema(implementation = RuleSetLine.class)))
  @APIResponse(
      responseCode = "200",
      description = "It was published before",
      content = @Content(schema = @Schema(implementation = RuleSetLine.class)))
  @APIResponse(
      responseCode = "409",
      description = "`version-taken`: another document has this version, or this time")
  @APIResponse(
      responseCode = "422",
      description = "`rule-set-refused`: it breaks a promise; the problem names the field")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Draft.class),
              examples = @ExampleObject(name = "rules", value = DRAFT)))
  public Uni<Response> publish(@NotNull @Valid Draft body) {
    return publishing
        .publish(body.document(), body.effectiveFrom(), caller.subject())
        .map(
            done ->
                Response.status(done.fresh() ? 201 : 200)
                    .entity(
                        new RuleSetLine(
                            done.published().version(),
                            done.published().effectiveFrom(),
                            done.published().publishedAt(),
                            done.published().publishedBy()))
                    .build());
  }
}
