package org.shanpai.dispatch.hall.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
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
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.dispatch.hall.Grabbing;
import org.shanpai.dispatch.hall.Hall;
import org.shanpai.dispatch.hall.HallJob;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.messaging.Idempotency;
import org.shanpai.messaging.Idempotency.Answer;

/** The grab hall, for rider-service on behalf of the rider its token names. */
@Path("/internal/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
@Tag(name = "Riders (internal)", description = "For rider-service, on behalf of one rider.")
public class HallDesk {

  /** Jobs in reach, nearest store first. */
  public record Seen(List<HallJob> jobs) {}

  /**
   * A hand out for a job.
   *
   * @param epoch of the job as the hall showed it
   */
  public record Grab(@NotBlank String riderId, @NotNull Long epoch) {}

  /** What is so now; the offer is null when the job was the rider's already. */
  public record Grabbed(JobState job, OfferState offer, RiderWorkState work) {}

  private final Hall hall;
  private final Grabbing grabbing;
  private final Jobs jobs;
  private final Idempotency idempotency;
  private final CurrentCaller caller;

  public HallDesk(
      Hall hall, Grabbing grabbing, Jobs jobs, Idempotency idempotency, CurrentCaller caller) {
    this.hall = hall;
    this.grabbing = grabbing;
    this.jobs = jobs;
    this.idempotency = idempotency;
    this.caller = caller;
  }

  @GET
  @Path("/riders/{riderId}/hall")
  @Operation(summary = "Jobs the rider could grab now, nearest store first")
  @APIResponse(responseCode = "200", description = "None for who is offline, paused or may not")
  @APIResponse(responseCode = "409", description = "position-unknown")
  @APIResponse(responseCode = "503", description = "geo-service does not answer; try again")
  public Uni<Seen> seen(@PathParam("riderId") String riderId) {
    requireActor(riderId, "rider " + riderId);
    return hall.seenBy(riderId).map(Seen::new);
  }

  @POST
  @Path("/jobs/{jobId}/grab")
  @Operation(summary = "Take a job from the hall; of many exactly one gets it")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = Grab.class),
              examples =
                  @ExampleObject(name = "grab", value = "{\"riderId\":\"r-017\",\"epoch\":0}")))
  @APIResponse(
      responseCode = "200",
      description = "The rider has it, now or before",
      content = @Content(schema = @Schema(implementation = Grabbed.class)))
  @APIResponse(responseCode = "404", description = "No such job in a hall within reach")
  @APIResponse(
      responseCode = "409",
      description =
          "job-gone, grab-in-hand, offer-open, hands-full, paused, rest-needed, not-online, position-unknown")
  @APIResponse(responseCode = "503", description = "geo-service does not answer; try again")
  public Uni<Response> grab(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull @Valid Grab body) {
    requireActor(body.riderId(), "job " + jobId + " in the hall");
    return grabbing
        .prepare(jobId, body.riderId())
        .chain(
            prepared ->
                idempotency.once(
                    body.riderId() + "/grab/" + jobId,
                    key,
                    body,
                    () ->
                        grabbing
                            .take(prepared, body.riderId(), body.epoch())
                            .chain(
                                done ->
                                    jobs.find(jobId)
                                        .map(Job::state)
                                        .map(
                                            job ->
                                                new Answer(
                                                    200,
                                                    new Grabbed(job, done.offer(), done.work()))))))
        .map(Answer::toResponse);
  }

  private void requireActor(String riderId, String what) {
    if (!riderId.equals(caller.actor())) {
      throw Problem.notFound(what);
    }
  }
}
