package org.shanpai.dispatch.assignment.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.dispatch.assignment.Exceptions;
import org.shanpai.dispatch.assignment.Steps;
import org.shanpai.dispatch.job.Step;
import org.shanpai.dispatch.offer.Answers;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.dispatch.work.Shifts;
import org.shanpai.messaging.Idempotency;
import org.shanpai.messaging.Idempotency.Answer;
import org.shanpai.messaging.Tx;

/** What rider-service does here for the rider its token names ({@code act}). */
@Path("/internal/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
@Tag(name = "Riders (internal)", description = "For rider-service, on behalf of one rider.")
@APIResponse(responseCode = "503", description = "Try again after Retry-After")
public class RiderDesk {

  /**
   * Wish to be online or offline.
   *
   * @param place where the rider is; null when unknown
   */
  public record Presence(@NotNull Boolean online, GeoPoint place) {}

  /** Yes to an offer. */
  public record Acceptance(@NotBlank String riderId) {}

  /**
   * No to an offer.
   *
   * @param reason code; null for none
   */
  public record Refusal(@NotBlank String riderId, String reason) {}

  /**
   * A step of a job.
   *
   * @param at when it happened, city time; null for now
   * @param reason code, for {@code UNDELIVERABLE}
   */
  public record StepTaken(
      @NotBlank String riderId,
      @NotNull Long epoch,
      @NotNull Step step,
      Instant at,
      String reason) {}

  /** A wish to be rid of a job. */
  public record Release(@NotBlank String riderId, @NotNull Long epoch, String reason) {}

  /**
   * Something went wrong.
   *
   * @param reason a row of the table of exceptions
   * @param at when it happened, city time; null for now
   * @param evidence what proves it, such as the id of a photo; null for none
   */
  public record Report(
      @NotBlank String riderId,
      @NotNull Long epoch,
      @NotBlank @Size(max = 64) String reason,
      Instant at,
      @Size(max = 500) String evidence) {}

  /** What is so now; parts that are not touched are null. */
  public record Desk(JobState job, OfferState offer, RiderWorkState work) {}

  private static final String STEP_EXAMPLE =
      "{\"riderId\":\"r-017\",\"epoch\":1,\"step\":\"PICKED_UP\",\"at\":\"2026-11-20T04:12:30Z\"}";

  private final Shifts shifts;
  private final RiderWorks works;
  private final Answers answers;
  private final Steps steps;
  private final Exceptions exceptions;
  private final Idempotency idempotency;
  private final Tx tx;
  private final CurrentCaller caller;

  public RiderDesk(
      Shifts shifts,
      RiderWorks works,
      Answers answers,
      Steps steps,
      Exceptions exceptions,
      Idempotency idempotency,
      Tx tx,
      CurrentCaller caller) {
    this.shifts = shifts;
    this.works = works;
    this.answers = answers;
    this.steps = steps;
    this.exceptions = exceptions;
    this.idempotency = idempotency;
    this.tx = tx;
    this.caller = caller;
  }

  @PUT
  @Path("/riders/{riderId}/online")
  @Operation(summary = "Go online or offline")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = Presence.class),
              examples =
                  @ExampleObject(
                      name = "online",
                      value = "{\"online\":true,\"place\":{\"lat\":31.23,\"lon\":121.47}}")))
  @APIResponse(responseCode = "200", description = "As wished")
  @APIResponse(responseCode = "409", description = "rider-unknown (try again), goods-aboard")
  public Uni<Desk> online(@PathParam("riderId") String riderId, @NotNull @Valid Presence wish) {
    requireActor(riderId, "rider " + riderId);
    return (wish.online() ? shifts.online(riderId, wish.place()) : shifts.offline(riderId))
        .map(work -> new Desk(null, null, work));
  }

  @GET
  @Path("/riders/{riderId}/work")
  @Operation(summary = "What the rider has in hand")
  @APIResponse(
      responseCode = "200",
      description = "The work; no job and no offer beside it",
      content = @Content(schema = @Schema(implementation = Desk.class)))
  @APIResponse(responseCode = "404", description = "Just onboarded: dispatch has not heard yet")
  public Uni<Desk> work(@PathParam("riderId") String riderId) {
    requireActor(riderId, "rider " + riderId);
    return tx.read(() -> works.state(riderId))
        .map(
            work -> {
              if (work == null) {
                throw Problem.notFound("rider " + riderId);
              }
              return new Desk(null, null, work);
            });
  }

  @POST
  @Path("/offers/{offerId}/accept")
  @Operation(summary = "Accept an offer, whole")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = Acceptance.class),
              examples = @ExampleObject(name = "accept", value = "{\"riderId\":\"r-017\"}")))
  @APIResponse(
      responseCode = "200",
      description = "The rider has the jobs",
      content = @Content(schema = @Schema(implementation = Desk.class)))
  @APIResponse(responseCode = "404", description = "No such offer of this rider")
  @APIResponse(responseCode = "409", description = "offer-gone: answered, expired or withdrawn")
  public Uni<Response> accept(
      @PathParam("offerId") String offerId,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull @Valid Acceptance body) {
    requireActor(body.riderId(), "offer " + offerId);
    return once(
        body.riderId(),
        "accept/" + offerId,
        key,
        body,
        () ->
            answers
                .accept(offerId, body.riderId())
                .map(done -> new Desk(null, done.offer(), done.work())));
  }

  @POST
  @Path("/offers/{offerId}/decline")
  @Operation(summary = "Decline an offer; that costs nothing")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = Refusal.class),
              examples =
                  @ExampleObject(
                      name = "decline",
                      value = "{\"riderId\":\"r-017\",\"reason\":\"TOO_FAR\"}")))
  @APIResponse(
      responseCode = "200",
      description = "The jobs go to others",
      content = @Content(schema = @Schema(implementation = Desk.class)))
  @APIResponse(responseCode = "409", description = "offer-gone: answered, expired or withdrawn")
  public Uni<Response> decline(
      @PathParam("offerId") String offerId,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull @Valid Refusal body) {
    requireActor(body.riderId(), "offer " + offerId);
    return once(
        body.riderId(),
        "decline/" + offerId,
        key,
        body,
        () ->
            answers
                .decline(offerId, body.riderId(), body.reason())
                .map(done -> new Desk(null, done.offer(), done.work())));
  }

  @POST
  @Path("/jobs/{jobId}/steps")
  @Operation(summary = "Report a step of a job, in its turn")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = StepTaken.class),
              examples = @ExampleObject(name = "picked up", value = STEP_EXAMPLE)))
  @APIResponse(
      responseCode = "200",
      description = "Taken, now or before",
      content = @Content(schema = @Schema(implementation = Desk.class)))
  @APIResponse(responseCode = "404", description = "No such job of this rider")
  @APIResponse(responseCode = "409", description = "stale-epoch, out-of-turn")
  public Uni<Response> step(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull @Valid StepTaken body) {
    requireActor(body.riderId(), "job " + jobId);
    return once(
        body.riderId(),
        "step/" + jobId,
        key,
        body,
        () ->
            steps
                .take(jobId, body.riderId(), body.epoch(), body.step(), body.at(), body.reason())
                .map(done -> new Desk(done.job(), null, done.work())));
  }

  @POST
  @Path("/jobs/{jobId}/release")
  @Operation(summary = "Ask for reassignment (主动改派), before the pickup")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = Release.class),
              examples =
                  @ExampleObject(
                      name = "release",
                      value = "{\"riderId\":\"r-017\",\"epoch\":1,\"reason\":\"VEHICLE_BROKEN\"}")))
  @APIResponse(
      responseCode = "200",
      description = "The job goes to others",
      content = @Content(schema = @Schema(implementation = Desk.class)))
  @APIResponse(responseCode = "409", description = "stale-epoch, out-of-turn")
  public Uni<Response> release(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull @Valid Release body) {
    requireActor(body.riderId(), "job " + jobId);
    return once(
        body.riderId(),
        "release/" + jobId,
        key,
        body,
        () ->
            steps
                .release(jobId, body.riderId(), body.epoch(), body.reason())
                .map(done -> new Desk(done.job(), null, done.work())));
  }

  @POST
  @Path("/jobs/{jobId}/exceptions")
  @Operation(summary = "Report what went wrong with a job in hand")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = Report.class),
              examples =
                  @ExampleObject(
                      name = "slow kitchen",
                      value = "{\"riderId\":\"r-017\",\"epoch\":1,\"reason\":\"SLOW_KITCHEN\"}")))
  @APIResponse(
      responseCode = "200",
      description = "Noted, now or before; the job as it is now",
      content = @Content(schema = @Schema(implementation = Desk.class)))
  @APIResponse(responseCode = "404", description = "No such job of this rider")
  @APIResponse(responseCode = "409", description = "stale-epoch, out-of-turn, too-early")
  @APIResponse(
      responseCode = "422",
      description = "illegal-reason naming those that are legal now, evidence-needed")
  public Uni<Response> report(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull @Valid Report body) {
    requireActor(body.riderId(), "job " + jobId);
    return once(
        body.riderId(),
        "exceptions/" + jobId,
        key,
        body,
        () ->
            exceptions
                .report(
                    jobId, body.riderId(), body.epoch(), body.reason(), body.at(), body.evidence())
                .map(done -> new Desk(done.job(), null, done.work())));
  }

  private Uni<Response> once(
      String riderId, String what, String key, Object request, Supplier<Uni<Desk>> work) {
    return idempotency
        .once(riderId + "/" + what, key, request, () -> work.get().map(d -> new Answer(200, d)))
        .map(Answer::toResponse);
  }

  /** A service may act here only for the rider its token names. */
  private void requireActor(String riderId, String what) {
    if (!riderId.equals(caller.actor())) {
      throw Problem.notFound(what);
    }
  }
}
