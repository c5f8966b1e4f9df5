package org.shanpai.controlroom.live.http;

import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.controlroom.live.LiveMessage;
import org.shanpai.controlroom.live.LiveStream;
import org.shanpai.controlroom.live.Snapshot;

/** What the page is drawn from, and what keeps it moving. */
@Path("/v1")
@Tag(name = "live")
@RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
public class LiveResource {

  private final LiveStream live;

  public LiveResource(LiveStream live) {
    this.live = live;
  }

  @GET
  @Path("/city")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "The city's clock")
  public Snapshot.CityTime city() {
    return live.cityTime();
  }

  @GET
  @Path("/snapshot")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "The whole city at one moment",
      description =
          "Go on with /v1/live?after= its cursor: nothing is missed, nothing comes twice.")
  public Snapshot snapshot() {
    return live.snapshot();
  }

  @GET
  @Path("/live")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Everything that changes, as it changes",
      description =
          "Server-sent events: `delta` (changed jobs, riders, positions, stores, areas, zones, riders"
              + " seen at stores and doors, feed lines and figures, each whole; at most ten a second), `tick` (the city's clock, every"
              + " two seconds), `resync` (read the snapshot again). Reconnecting with Last-Event-ID"
              + " goes on where the stream broke.")
  @APIResponse(responseCode = "200", description = "The stream")
  public Multi<OutboundSseEvent> live(
      @Context Sse sse,
      @Parameter(description = "Id of the last message received", example = "m1x9k2-4711")
          @HeaderParam("Last-Event-ID")
          String lastEventId,
      @Parameter(
              description = "Cursor of the snapshot, on first connecting",
              example = "m1x9k2-4711")
          @QueryParam("after")
          String after) {
    return live.after(lastEventId != null && !lastEventId.isBlank() ? lastEventId : after)
        .map(message -> event(sse, message));
  }

  private static OutboundSseEvent event(Sse sse, LiveMessage message) {
    OutboundSseEvent.Builder event =
        sse.newEventBuilder().name(message.event()).data(String.class, message.data());
    if (message.id() != null) {
      event.id(message.id());
    }
    return event.build();
  }
}
