package org.shanpai.geo.fence.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.chassis.problem.ProblemBody;
import org.shanpai.chassis.problem.WireInstants;
import org.shanpai.geo.fence.Evidence;
import org.shanpai.geo.fence.JobEvidence;

/** What positions say about a job, for the score's evidence and the appeals desk. */
@Path("/v1/jobs/{jobId}/evidence")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evidence")
public class EvidenceResource {

  private static final int MOST_TIMES = 20;

  private final Evidence evidence;

  public EvidenceResource(Evidence evidence) {
    this.evidence = evidence;
  }

  @GET
  @RolesAllowed({
    Roles.VIEWER,
    Roles.DISPATCHER,
    Roles.STATION_MANAGER,
    Roles.MANAGER,
    Roles.SERVICE
  })
  @Operation(
      summary = "What positions prove about a job, and how far away its rider was",
      description =
          "Each at is answered with the believed reading nearest in time, within 5 minutes, of the"
              + " rider who had the job then, and how far it lies from the pickup point and from the"
              + " door. No reading is no proof of absence.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = JobEvidence.class),
              examples =
                  @ExampleObject(
                      name = "arrived",
                      value =
                          "{\"jobId\":\"j-7\",\"assignments\":[{\"epoch\":1,\"riderId\":\"r-17\","
                              + "\"acceptedAt\":\"2026-11-22T04:00:00Z\","
                              + "\"pickedUpAt\":\"2026-11-22T04:09:30Z\"}],"
                              + "\"events\":[{\"jobId\":\"j-7\",\"epoch\":1,\"kind\":\"AT_STORE\","
                              + "\"riderId\":\"r-17\",\"at\":\"2026-11-22T04:07:10Z\","
                              + "\"place\":{\"lat\":31.23,\"lon\":121.47},\"firstMetres\":88,"
                              + "\"metres\":31,\"readings\":3,\"trust\":95,\"learned\":true}],"
                              + "\"times\":[{\"at\":\"2026-11-22T04:07:00Z\",\"riderId\":\"r-17\","
                              + "\"readAt\":\"2026-11-22T04:07:05Z\",\"metresToPickup\":112.5,"
                              + "\"metresToDoor\":1410.2,\"accuracyMetres\":8,\"trust\":95}]}")))
  @APIResponse(
      responseCode = "404",
      description = "No rider ever had such a job",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  public Uni<JobEvidence> of(
      @Parameter(example = "j-7") @PathParam("jobId") String jobId,
      @Parameter(description = "City times, at most 20", example = "2026-11-22T04:07:00Z")
          @QueryParam("at")
          List<String> at) {
    if (at.size() > MOST_TIMES) {
      throw Problem.badRequest(
          "at", at.size() + " times; at most " + MOST_TIMES + " are answered.");
    }
    List<Instant> times = new ArrayList<>();
    for (String text : at) {
      try {
        times.add(WireInstants.parse(text));
      } catch (DateTimeParseException e) {
        throw Problem.badRequest("at", "at must be an ISO-8601 instant but is '" + text + "'.");
      }
    }
    return evidence.of(jobId, times);
  }
}
