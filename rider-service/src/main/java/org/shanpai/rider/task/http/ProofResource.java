package org.shanpai.rider.task.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.rider.task.JobsInHand;
import org.shanpai.rider.task.RiderProofs;
import org.shanpai.rider.task.remote.Orders;

/**
 * Pictures of goods where they were left. Carried to order-service, which looks at and keeps them.
 */
@Path("/v1/rider/jobs/{jobId}/proof")
@Tag(name = "Tasks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class ProofResource {

  private static final int MOST_BYTES = 2 * 1024 * 1024;
  private static final int ID_CHARACTERS = 32;

  private final Orders orders;
  private final JobsInHand jobs;
  private final RiderProofs proofs;
  private final CurrentCaller caller;

  ProofResource(Orders orders, JobsInHand jobs, RiderProofs proofs, CurrentCaller caller) {
    this.orders = orders;
    this.jobs = jobs;
    this.proofs = proofs;
    this.caller = caller;
  }

  /** A picture that was kept. */
  @Schema(name = "Proof")
  public record Proof(
      @Schema(description = "Name it when handing over", examples = "p-5f0e") String proofId,
      @Schema(examples = "r-23") String riderId,
      @Schema(examples = "image/jpeg") String mediaType,
      @Schema(examples = "1280") int width,
      @Schema(examples = "960") int height,
      @Schema(examples = "14") Integer metresFromDoor,
      Instant at,
      @Schema(description = "False once the picture was erased") boolean kept) {}

  @POST
  @Consumes({"image/jpeg", "image/png", "image/webp"})
  @Operation(
      summary = "A picture of the goods where they were left",
      description =
          "JPEG, PNG or WebP, at most 2 MiB, each side 120 to 12000 pixels; what the camera noted"
              + " of place, owner and device is taken out. The same key gives the same proofId.")
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
            examples = @ExampleObject(name = "png", value = "the bytes of a picture")),
        @Content(
            mediaType = "image/webp",
            schema = @Schema(type = SchemaType.STRING, format = "binary"),
            examples = @ExampleObject(name = "webp", value = "the bytes of a picture"))
      })
  @APIResponse(
      responseCode = "200",
      description = "Kept",
      content =
          @Content(
              schema = @Schema(implementation = Proof.class),
              examples =
                  @ExampleObject(
                      name = "kept",
                      value =
                          "{\"proofId\": \"p-5f0e\", \"riderId\": \"r-23\", \"mediaType\":"
                              + " \"image/jpeg\", \"width\": 1280, \"height\": 960,"
                              + " \"metresFromDoor\": 14, \"at\": \"2026-11-22T04:21:00Z\","
                              + " \"kept\": true}")))
  @APIResponse(responseCode = "404", description = "Not a job of this rider in hand")
  @APIResponse(
      responseCode = "409",
      description = "stale-epoch, too-many-photos; assignment-under-way: try again")
  @APIResponse(responseCode = "413", description = "too-large")
  @APIResponse(responseCode = "422", description = "no-picture, broken-picture, picture-size")
  @APIResponse(responseCode = "503", description = "Try again with the same key after Retry-After")
  public Uni<String> put(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @QueryParam("epoch") @NotNull @PositiveOrZero Long epoch,
      byte[] picture) {
    String rider = caller.subject();
    String passed = ActionKey.of(rider, key);
    if (picture == null || picture.length == 0) {
      throw Problem.unprocessable("no-picture", "body", "Send a picture in the body.");
    }
    if (picture.length > MOST_BYTES) {
      throw new Problem(
          413, "too-large", "body", "A picture may have at most " + MOST_BYTES + " bytes.", 0);
    }
    String proofId = "p-" + Secrets.hash(jobId + "\n" + passed).substring(0, ID_CHARACTERS);
    return jobs.getHeld(rider, jobId)
        .chain(
            job -> {
              if (job.status().terminal()) {
                throw Problem.notFound("job " + jobId + " in hand");
              }
              LogContext.order(job.orderId());
              return orders
                  .putProof(rider, job.orderId(), proofId, epoch, picture)
                  .call(() -> proofs.handedIn(rider, proofId, job.orderId()));
            });
  }
}
