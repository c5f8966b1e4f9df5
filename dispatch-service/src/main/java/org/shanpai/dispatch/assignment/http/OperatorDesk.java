package org.shanpai.dispatch.assignment.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.dispatch.assignment.OperatorActs;
import org.shanpai.messaging.Idempotency;
import org.shanpai.messaging.Idempotency.Answer;

/** What operators may do to a job. */
@Path("/v1/jobs/{jobId}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
@Tag(name = "Operators", description = "Interventions; each needs a reason.")
public class OperatorDesk {

  /** Why an operator does it; a code, such as {@code RIDER_ACCIDENT}. */
  public record Because(@NotBlank String reason) {}

  /** How an exception ends. */
  public enum Resolution {
    RETURNED,
    DELIVERED
  }

  /** The end of an exception, and why. */
  public record Resolve(@NotNull Resolution outcome, @NotBlank String reason) {}

  private final OperatorActs acts;
  private final Idempotency idempotency;
  private final CurrentCaller caller;

  public OperatorDesk(OperatorActs acts, Idempotency idempotency, CurrentCaller caller) {
    this.acts = acts;
    this.idempotency = idempotency;
    this.caller = caller;
  }

  @POST
  @Path("/reassign")
  @Operation(summary = "Take the job from its rider before the pickup and give it to another")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = Because.class),
              examples = @ExampleObject(name = "r", value = "{\"reason\":\"RIDER_ACCIDENT\"}")))
  @APIResponse(
      responseCode = "200",
      description = "Open again",
      content = @Content(schema = @Schema(implementation = JobState.class)))
  @APIResponse(responseCode = "409", description = "not-assigned: nobody has it, or it is aboard")
  public Uni<Response> reassign(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull @Valid Because body) {
    return once("reassign/" + jobId, key, body, () -> acts.reassign(jobId, body.reason()));
  }

  @POST
  @Path("/cancel")
  @Operation(summary = "Cancel the job before the pickup, by the platform's decision")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = Because.class),
              examples = @ExampleObject(name = "c", value = "{\"reason\":\"STORE_CLOSED\"}")))
  @APIResponse(
      responseCode = "200",
      description = "Cancelled",
      content = @Content(schema = @Schema(implementation = JobState.class)))
  @APIResponse(responseCode = "409", description = "too-late: the goods are on their way")
  public Uni<Response> cancel(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull @Valid Because body) {
    return once("cancel/" + jobId, key, body, () -> acts.cancel(jobId, body.reason()));
  }

  @POST
  @Path("/resolve")
  @Operation(summary = "End an exception")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = Resolve.class),
              examples =
                  @ExampleObject(
                      name = "resolve",
                      value = "{\"outcome\":\"RETURNED\",\"reason\":\"RIDER_FOUND\"}")))
  @APIResponse(
      responseCode = "200",
      description = "Ended",
      content = @Content(schema = @Schema(implementation = JobState.class)))
  @APIResponse(responseCode = "409", description = "no-exception: there is nothing to resolve")
  public Uni<Response> resolve(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull @Valid Resolve body) {
    JobStatus outcome =
        body.outcome() == Resolution.RETURNED ? JobStatus.RETURNED : JobStatus.DELIVERED;
    return once("resolve/" + jobId, key, body, () -> acts.resolve(jobId, outcome, body.reason()));
  }

  private Uni<Response> once(
      String what, String key, Object request, Supplier<Uni<JobState>> work) {
    return idempotency
        .once(
            caller.subject() + "/" + what,
            key,
            request,
            () -> work.get().map(job -> new Answer(200, job)))
        .map(Answer::toResponse);
  }
}
