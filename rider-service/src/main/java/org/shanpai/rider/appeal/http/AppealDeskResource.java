package org.shanpai.rider.appeal.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
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

/** The desk that decides appeals. */
@Path("/v1/appeals")
@Tag(name = "Appeals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AppealDeskResource {

  private final AppealDesk desk;
  private final CurrentCaller caller;
  private final CityClock clock;

  AppealDeskResource(AppealDesk desk, CurrentCaller caller, CityClock clock) {
    this.desk = desk;
    this.caller = caller;
    this.clock = clock;
  }

  @GET
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Appeals that wait for a decision, soonest due first",
      description = "What is not decided by dueAt is accepted.")
  public Uni<AppealViews.Listing> queue(
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(500) int limit) {
    Instant now = clock.now();
    return desk.queue(limit)
        .map(
            found ->
                new AppealViews.Listing(
                    found.stream().map(one -> AppealViews.view(one, now)).toList()));
  }

  @GET
  @Path("/{appealId}")
  @RolesAllowed({Roles.MANAGER, Roles.STATION_MANAGER, Roles.DISPATCHER})
  @Operation(
      summary = "An appeal with its evidence and the facts of the deduction",
      description =
          "Who is no manager reads those in whose panel they sit, without whom it is about.")
  public Uni<AppealViews.CaseView> get(@PathParam("appealId") String appealId) {
    return caller.has(Roles.MANAGER)
        ? desk.get(appealId).map(found -> AppealViews.desk(found, clock.now()))
        : desk.get(NamedPerson.of(caller), appealId)
            .map(found -> AppealViews.member(found, clock.now()));
  }

  @GET
  @Path("/{appealId}/evidence/{proofId}")
  @Produces({"image/jpeg", "image/png", "image/webp"})
  @RolesAllowed({Roles.MANAGER, Roles.STATION_MANAGER, Roles.DISPATCHER})
  @Operation(
      summary = "A picture attached to an appeal",
      description = "Who is no manager sees those of appeals in whose panel they sit.")
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
    return (caller.has(Roles.MANAGER)
            ? desk.picture(appealId, proofId)
            : desk.picture(NamedPerson.of(caller), appealId, proofId))
        .map(AppealViews::picture);
  }

  @PUT
  @Path("/{appealId}/decision")
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Decide in the first instance",
      description =
          "Accepting takes the deduction back, grants what an order on time gains on its own date"
              + " and tops up the level reward. Rejecting needs reasons. Who took the points does"
              + " not decide. The same again changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "Decided",
      content = @Content(schema = @Schema(implementation = AppealViews.CaseView.class)))
  @APIResponse(responseCode = "409", description = "appeal-decided, appeal-overdue, own-ruling")
  @APIResponse(responseCode = "422", description = "Rejected without reasons")
  public Uni<AppealViews.CaseView> decide(
      @PathParam("appealId") String appealId, @NotNull @Valid AppealViews.Decision body) {
    NamedPerson operator = NamedPerson.of(caller);
    Uni<AppealDesk.Case> decided =
        body.outcome() == AppealViews.Outcome.ACCEPT
            ? desk.accept(operator, appealId, body.reasons())
            : desk.reject(operator, appealId, body.reasons());
    return decided.map(found -> AppealViews.desk(found, clock.now()));
  }

  @PUT
  @Path("/{appealId}/panel")
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Call the panel together",
      description =
          "At most two operators by name, none of whom had to do with it before; riders of other"
              + " stations are drawn by lot for the seats left of three. The same again changes"
              + " nothing.")
  @APIResponse(
      responseCode = "200",
      description = "The panel",
      content = @Content(schema = @Schema(implementation = AppealViews.CaseView.class)))
  @APIResponse(responseCode = "409", description = "not-escalated, panel-seated, no-jurors")
  @APIResponse(responseCode = "422", description = "Somebody who had to do with it before")
  public Uni<AppealViews.CaseView> seat(
      @PathParam("appealId") String appealId, @NotNull @Valid AppealViews.Panel body) {
    return desk.seat(NamedPerson.of(caller), appealId, body.operators())
        .map(found -> AppealViews.desk(found, clock.now()));
  }

  @PUT
  @Path("/{appealId}/vote")
  @RolesAllowed({Roles.MANAGER, Roles.STATION_MANAGER, Roles.DISPATCHER})
  @Operation(
      summary = "Vote as an operator on the panel",
      description = "Two equal votes decide. The same again changes nothing.")
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
