package org.shanpai.rider.task.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.rider.task.remote.Dispatch;

/** The grab hall (抢单): jobs in reach, for whoever takes them first ({@link TaskResource#grab}). */
@Path("/v1/rider/hall")
@Tag(name = "Hall")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
@APIResponse(responseCode = "503", description = "Try again after Retry-After")
public class HallResource {

  private final Dispatch dispatch;
  private final CurrentCaller caller;

  public HallResource(Dispatch dispatch, CurrentCaller caller) {
    this.dispatch = dispatch;
    this.caller = caller;
  }

  /**
   * A job of the hall, as dispatch shows it.
   *
   * @param epoch to send back with the grab
   * @param metresToStore straight line from the rider's last ping
   */
  public record HallJob(
      JobId jobId,
      @Schema(examples = "0") long epoch,
      AreaId areaId,
      StoreId storeId,
      GeoPoint pickup,
      GeoPoint dropoff,
      TimeWindow promise,
      Instant expectedReadyAt,
      @Schema(examples = "2") int loadUnits,
      @Schema(examples = "1500") int weightGrams,
      Set<String> needs,
      boolean direct,
      Money pay,
      @Schema(description = "The customer's, on top of the pay; missing without one") Money tip,
      @Schema(examples = "420") int metresToStore) {}

  /** Nearest store first. */
  public record HallJobs(List<HallJob> jobs) {}

  @GET
  @Operation(summary = "Jobs that can be grabbed now, nearest store first")
  @APIResponse(
      responseCode = "200",
      description = "None for who is offline, paused or of a pool that does not grab",
      content = @Content(schema = @Schema(implementation = HallJobs.class)))
  @APIResponse(responseCode = "404", description = "Dispatch has not heard of you yet; try again")
  @APIResponse(responseCode = "409", description = "`position-unknown`: send a position first")
  public Uni<String> hall() {
    return dispatch.hall(caller.subject());
  }
}
