package org.shanpai.rider.appeal.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
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
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Idempotency;
import org.shanpai.rider.appeal.Appeal;
import org.shanpai.rider.appeal.AppealPictures;
import org.shanpai.rider.appeal.Appeals;
import org.shanpai.rider.campaign.ProofDocument;

/** A rider's own appeals. */
@Path("/v1/rider/appeals")
@Tag(name = "Appeals", description = "A rider's word against a deduction (申诉).")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class RiderAppealResource {

  private final Appeals appeals;
  private final AppealPictures pictures;
  private final Idempotency idempotency;
  private final CurrentCaller caller;
  private final CityClock clock;

  RiderAppealResource(
      Appeals appeals,
      AppealPictures pictures,
      Idempotency idempotency,
      CurrentCaller caller,
      CityClock clock) {
    this.appeals = appeals;
    this.pictures = pictures;
    this.idempotency = idempotency;
    this.caller = caller;
    this.clock = clock;
  }

  @POST
  @Operation(
      summary = "Appeal against a deduction",
      description =
          "Within 72 hours of the row's recordedAt. From now on until the last word the deduction"
              + " does not count in the level. A person decides within 48 hours; if nobody does,"
              + " the appeal is accepted. A row is appealed once; after a rejection the panel can"
              + " be asked.")
  @APIResponse(
      responseCode = "201",
      description = "Filed",
      content = @Content(schema = @Schema(implementation = AppealViews.View.class)))
  @APIResponse(responseCode = "404", description = "No such row in your ledger")
  @APIResponse(
      responseCode = "409",
      description = "appeal-too-late, appeal-exists, entry-taken-back")
  @APIResponse(
      responseCode = "422",
      description = "The row takes nothing; proof-unknown: no picture that you handed in")
  public Uni<Response> file(
      @HeaderParam("Idempotency-Key") String key, @NotNull @Valid AppealViews.Filing body) {
    String rider = caller.subject();
    return once(
        rider + "/appeals",
        key,
        body,
        201,
        () -> appeals.file(rider, body.entryId(), body.grounds(), body.evidence(), body.proofId()));
  }

  @GET
  @Operation(summary = "My appeals, newest first")
  public Uni<AppealViews.Listing> list() {
    return appeals
        .list(caller.subject())
        .map(
            found ->
                new AppealViews.Listing(
                    found.stream().map(one -> AppealViews.view(one, clock.now())).toList()));
  }

  @GET
  @Path("/{appealId}")
  @Operation(summary = "Where my appeal stands, with evidence, reasons and time left")
  public Uni<AppealViews.View> get(@PathParam("appealId") String appealId) {
    return appeals
        .get(caller.subject(), appealId)
        .map(found -> AppealViews.own(found, clock.now()));
  }

  @POST
  @Path("/{appealId}/evidence")
  @Operation(
      summary = "Add words or a picture to my appeal",
      description = "At most 20 pieces, until the last word is said.")
  @APIResponse(
      responseCode = "200",
      description = "Added",
      content = @Content(schema = @Schema(implementation = AppealViews.View.class)))
  @APIResponse(responseCode = "409", description = "appeal-decided, too-much-evidence")
  @APIResponse(responseCode = "422", description = "proof-unknown: no picture that you handed in")
  public Uni<Response> evidence(
      @PathParam("appealId") String appealId,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull @Valid AppealViews.EvidenceBody body) {
    String rider = caller.subject();
    return once(
        rider + "/appeals/" + appealId + "/evidence",
        key,
        body,
        200,
        () -> appeals.addEvidence(rider, appealId, body.words(), body.proofId()));
  }

  @POST
  @Path("/{appealId}/pictures")
  @Consumes({"image/jpeg", "image/png"})
  @Operation(
      summary = "Send a picture for my appeal",
      description =
          "Of a screen, of a gate you went back to: the order need not be in hand any more. At most"
              + " 2 MiB; what device and camera noted is taken out. The desk and the panel see it;"
              + " it is erased 30 days after the last word. The same key again changes nothing.")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = "image/jpeg",
            schema = @Schema(type = SchemaType.STRING, format = "binary"),
            examples = @ExampleObject(name = "jpeg", value = "the bytes of a picture")),
        @Content(
            mediaType = "image/png",
            schema = @Schema(type = SchemaType.STRING, format = "binary"),
            examples = @ExampleObject(name = "png", value = "the bytes of a picture"))
      })
  @APIResponse(
      responseCode = "200",
      description = "Attached",
      content = @Content(schema = @Schema(implementation = AppealViews.View.class)))
  @APIResponse(responseCode = "409", description = "appeal-decided, too-much-evidence")
  @APIResponse(responseCode = "413", description = "too-large")
  @APIResponse(responseCode = "422", description = "no-proof, not-a-picture")
  public Uni<AppealViews.View> picture(
      @PathParam("appealId") String appealId,
      @HeaderParam("Idempotency-Key") String key,
      @Context HttpHeaders headers,
      byte[] body) {
    if (key == null || key.isBlank() || key.length() > Idempotency.LONGEST_KEY) {
      throw Problem.badRequest(
          "Idempotency-Key",
          "Send a header Idempotency-Key of 1 to "
              + Idempotency.LONGEST_KEY
              + " characters, new for each picture.");
    }
    MediaType type = headers.getMediaType();
    String rider = caller.subject();
    // Whose appeal it is comes first: what is wrong with a picture tells nobody that there is one.
    return appeals
        .get(rider, appealId)
        .chain(
            () ->
                pictures.add(
                    rider,
                    appealId,
                    key,
                    ProofDocument.minimised(type.getType() + "/" + type.getSubtype(), body)))
        .map(found -> AppealViews.own(found, clock.now()));
  }

  @POST
  @Path("/{appealId}/escalation")
  @Operation(
      summary = "Ask for the panel after a rejection",
      description =
          "Within 72 hours of the rejection. Three named persons, at least one of them a rider of"
              + " another station, decide by majority within 72 hours; if they do not, the appeal"
              + " is accepted. The deduction stays out of the level meanwhile.")
  @APIResponse(
      responseCode = "200",
      description = "The panel is asked",
      content = @Content(schema = @Schema(implementation = AppealViews.View.class)))
  @APIResponse(responseCode = "409", description = "not-rejected, appeal-too-late")
  public Uni<Response> escalate(
      @PathParam("appealId") String appealId,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull @Valid AppealViews.Escalation body) {
    String rider = caller.subject();
    return once(
        rider + "/appeals/" + appealId + "/escalation",
        key,
        body,
        200,
        () -> appeals.escalate(rider, appealId, body.grounds()));
  }

  private Uni<Response> once(
      String scope, String key, Object body, int status, Supplier<Uni<Appeal.Dossier>> work) {
    return idempotency
        .once(
            scope,
            key,
            body,
            () ->
                work.get()
                    .map(
                        found ->
                            new Idempotency.Answer(status, AppealViews.own(found, clock.now()))))
        .map(Idempotency.Answer::toResponse);
  }
}
