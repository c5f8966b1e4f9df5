package org.shanpai.rider.sos.http;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.rider.sos.Alarm;
import org.shanpai.rider.sos.Alarms;
import org.shanpai.rider.station.Stations;

/** Riders' calls for help, for those who answer them. */
@Path("/v1/sos-alarms")
@Tag(name = "SOS", description = "Calls for help.")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
public class AlarmDesk {

  private final Alarms alarms;
  private final Stations stations;
  private final CurrentCaller caller;

  public AlarmDesk(Alarms alarms, Stations stations, CurrentCaller caller) {
    this.alarms = alarms;
    this.stations = stations;
    this.caller = caller;
  }

  /** Newest first. */
  @Schema(name = "SosAlarmList")
  public record AlarmList(List<Alarm> alarms) {}

  /** What came of it. */
  @Schema(name = "SosClose")
  public record Close(@NotBlank @Size(max = 500) @Schema(examples = "救护车已到，订单改派") String outcome) {}

  @GET
  @Operation(
      summary = "Calls for help, newest first",
      description = "A station manager sees those of their own riders.")
  public Uni<AlarmList> list(@QueryParam("all") @DefaultValue("false") boolean all) {
    return alarms
        .list(!all)
        .chain(
            found ->
                Multi.createFrom()
                    .iterable(found)
                    .onItem()
                    .transformToUniAndConcatenate(
                        alarm ->
                            stations
                                .requireReach(caller, alarm.riderId())
                                .replaceWith(alarm)
                                .onFailure(Problem.class)
                                .recoverWithNull())
                    .collect()
                    .asList())
        .map(AlarmList::new);
  }

  @POST
  @Path("/{sosId}/acknowledge")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Say that you have seen it and act",
      description = "The first who does is named; the rider is told at once.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Alarm.class)))
  @APIResponse(responseCode = "404", description = "No such alarm of a rider of yours")
  public Uni<Alarm> acknowledge(@PathParam("sosId") String sosId) {
    String operator = caller.subject();
    return reach(sosId).chain(() -> alarms.acknowledge(sosId, operator));
  }

  @POST
  @Path("/{sosId}/close")
  @Operation(
      summary = "It is over",
      description =
          "Orders in hand: before the pickup take them from the rider with dispatch-service's"
              + " `POST /v1/jobs/{jobId}/reassign`; goods aboard are an exception to resolve.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Alarm.class)))
  @APIResponse(responseCode = "404", description = "No such alarm of a rider of yours")
  public Uni<Alarm> close(@PathParam("sosId") String sosId, @NotNull @Valid Close close) {
    String operator = caller.subject();
    return reach(sosId).chain(() -> alarms.close(sosId, operator, close.outcome()));
  }

  private Uni<Void> reach(String sosId) {
    return alarms.riderOf(sosId).chain(rider -> stations.requireReach(caller, rider));
  }
}
