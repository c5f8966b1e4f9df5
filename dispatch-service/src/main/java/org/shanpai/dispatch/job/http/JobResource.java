package org.shanpai.dispatch.job.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.receipt.Receipts;
import org.shanpai.messaging.Tx;

/** Jobs and why they were given to whom, for operators. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
@Tag(name = "Jobs", description = "Jobs and the receipts of decisions about them.")
public class JobResource {

  private final Tx tx;
  private final Jobs jobs;
  private final Receipts receipts;

  public JobResource(Tx tx, Jobs jobs, Receipts receipts) {
    this.tx = tx;
    this.jobs = jobs;
    this.receipts = receipts;
  }

  @GET
  @Path("/{jobId}")
  @Operation(summary = "One job")
  @APIResponse(responseCode = "200", description = "The job")
  @APIResponse(responseCode = "404", description = "There is none")
  public Uni<JobState> job(
      @Parameter(example = "j-01jcz3k9q8m2v7r4t6w1x5y0ab") @PathParam("jobId") String jobId) {
    return tx.read(() -> jobs.find(jobId)).map(job -> found(job, jobId).state());
  }

  @GET
  @Operation(summary = "Jobs, newest first, by state and area")
  public Uni<List<JobState>> list(
      @Parameter(example = "OPEN") @QueryParam("state") String state,
      @Parameter(example = "a-core") @QueryParam("areaId") String areaId,
      @QueryParam("page") @DefaultValue("0") @Min(0) @Max(100_000) int page,
      @QueryParam("size") @DefaultValue("50") @Min(1) @Max(200) int size) {
    JobStatus status = state == null || state.isBlank() ? null : parse(state);
    String area = areaId == null || areaId.isBlank() ? null : areaId;
    return tx.read(() -> jobs.page(status, area, page, size))
        .map(found -> found.stream().map(Job::state).toList());
  }

  @GET
  @Path("/{jobId}/receipts")
  @Operation(
      summary = "Why the job was given to whom, held, or given to nobody; oldest first",
      description =
          "A receipt is written when a decision or its reason changes: the five cheapest"
              + " candidates with cost by term, the others counted by the rule that rejected"
              + " them, and the rule that decided.")
  public Uni<List<DispatchReceipt>> receipts(@PathParam("jobId") String jobId) {
    return tx.read(
        () -> jobs.find(jobId).invoke(job -> found(job, jobId)).chain(() -> receipts.of(jobId)));
  }

  private static Job found(Job job, String jobId) {
    if (job == null) {
      throw Problem.notFound("job " + jobId);
    }
    return job;
  }

  private static JobStatus parse(String state) {
    try {
      return JobStatus.valueOf(state);
    } catch (IllegalArgumentException unknown) {
      throw Problem.badRequest("state", "There is no job state " + state + ".");
    }
  }
}
