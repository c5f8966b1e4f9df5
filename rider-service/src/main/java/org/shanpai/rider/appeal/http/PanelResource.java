package org.shanpai.rider.appeal.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.rider.appeal.AppealDesk;
import org.shanpai.rider.appeal.NamedPerson;

/** Riders who judge the appeal of another. */
@Path("/v1/rider/appeal-seats")
@Tag(name = "Appeals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class PanelResource {

  private static final int LISTED = 50;

  private final AppealDesk desk;
  private final CurrentCaller caller;
  private final CityClock clock;

  PanelResource(AppealDesk desk, CurrentCaller caller, CityClock clock) {
    this.desk = desk;
    this.caller = caller;
    this.clock = clock;
  }

  @GET
  @Operation(
      summary = "Appeals of others I was drawn to judge",
      description = "What was judged and what was said, without whom it is about.")
  public Uni<AppealViews.Cases> list() {
    return desk.seated(NamedPerson.of(caller), LISTED)
        .map(
            found ->
                new AppealViews.Cases(
                    found.stream().map(one -> AppealViews.member(one, clock.now())).toList()));
  }

  @GET
  @Path("/{appealId}/evidence/{proofId}")
  @Produces({"image/jpeg", "image/png", "image/webp"})
  @Operation(summary = "A picture attached to an appeal in whose panel I sit")
  @APIResponse(
      responseCode = "200",
      description = "The picture",
      content = {
        @Content(
            mediaType = "image/jpeg",
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = "image/png",
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = "image/webp",
            schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
  @APIResponse(responseCode = "404", description = "Not attached to this appeal, or erased by now")
  @APIResponse(responseCode = "503", description = "It cannot be fetched just now")
  public Uni<Response> picture(
      @PathParam("appealId") String appealId, @PathParam("proofId") String proofId) {
    return desk.picture(NamedPerson.of(caller), appealId, proofId).map(AppealViews::picture);
  }

  @PUT
  @Path("/{appealId}/vote")
  @Operation(
      summary = "Vote on a panel",
      description = "Two equal votes of three decide. The same again changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "Voted",
      content = @Content(schema = @Schema(implementation = AppealViews.CaseView.class)))
  @APIResponse(responseCode = "404", description = "No seat in such a panel")
  @APIResponse(responseCode = "409", description = "voted, appeal-decided, appeal-overdue")
  @APIResponse(responseCode = "422", description = "Against the rider without reasons")
  public Uni<AppealViews.CaseView> vote(
      @PathParam("appealId") String appealId, @NotNull @Valid AppealViews.VoteBody body) {
    return desk.vote(NamedPerson.of(caller), appealId, body.vote(), body.reasons())
        .map(found -> AppealViews.member(found, clock.now()));
  }
}
