package org.shanpai.dispatch.work.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.messaging.Tx;

/** Where a rider was last for certain, for a call for help. */
@Path("/internal/v1/riders/{riderId}/whereabouts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
@Tag(name = "Riders (internal)", description = "For rider-service, on behalf of one rider.")
public class WhereaboutsDesk {

  /**
   * @param trustedPlace null when there never was one
   * @param trustedAt city time; null as above
   * @param jobs in hand
   */
  @Schema(name = "RiderWhereabouts")
  public record View(GeoPoint trustedPlace, Instant trustedAt, List<String> jobs) {}

  private final RiderWorks works;
  private final Jobs jobs;
  private final Tx tx;
  private final CurrentCaller caller;

  public WhereaboutsDesk(RiderWorks works, Jobs jobs, Tx tx, CurrentCaller caller) {
    this.works = works;
    this.jobs = jobs;
    this.tx = tx;
    this.caller = caller;
  }

  @GET
  @Operation(summary = "Where the rider was last for certain, and what is in hand")
  @APIResponse(
      responseCode = "200",
      description = "As of the last look at positions",
      content = @Content(schema = @Schema(implementation = View.class)))
  public Uni<View> view(@PathParam("riderId") String riderId) {
    if (!riderId.equals(caller.actor())) {
      throw Problem.notFound("rider " + riderId);
    }
    return tx.read(
        () ->
            works
                .list(List.of(riderId))
                .chain(
                    found -> {
                      if (found.isEmpty()) {
                        throw Problem.notFound("rider " + riderId);
                      }
                      return jobs.heldBy(riderId)
                          .map(
                              held ->
                                  new View(
                                      found.get(0).trustedPlace(),
                                      found.get(0).trustedAt(),
                                      held.stream().map(Job::id).toList()));
                    }));
  }
}
