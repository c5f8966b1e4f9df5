package org.shanpai.order.live.http;

import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.order.live.LiveEvent;
import org.shanpai.order.live.MerchantStreams;

/** The line on which a merchant's system hears of its own orders. */
// A path of its own: below /v1/orders another class would be asked for it.
@Path("/v1/order-stream")
@Tag(name = "Stream", description = "Your orders as they change")
public class OrderStreamResource {

  private static final Duration LONGEST = Duration.ofHours(1);

  private final MerchantStreams streams;
  private final CurrentCaller caller;
  private final WallClock wall;

  OrderStreamResource(MerchantStreams streams, CurrentCaller caller, WallClock wall) {
    this.streams = streams;
    this.caller = caller;
    this.wall = wall;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  // The bodies are JSON already; as text they go out as they are.
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  @RolesAllowed(Roles.MERCHANT)
  @Operation(
      summary = "Your orders as they change",
      description =
          "Server-sent events: order.created, order.status, order.update and webhook.switched-off,"
              + " with the bodies that webhooks carry. The first event of a new stream is ready;"
              + " everything that happens after it comes, each once, those of one order in order."
              + " The id counts your events: send the last one as Last-Event-ID and what was missed"
              + " comes first, for 3 days; after that comes reset, read your orders anew. A comment"
              + " comes every 15 s. The line ends with the token, after an hour at the latest, or"
              + " when you read too slowly: come again. At most 5 at a time.")
  @APIResponse(
      responseCode = "200",
      description = "Events without end",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(type = SchemaType.STRING),
              examples =
                  @ExampleObject(
                      name = "a change",
                      value =
                          "id: 17\nevent: order.status\ndata: {\"type\":\"order.status\",\"data\":"
                              + "{\"orderId\":\"o-01jd0000000000000000000000\",\"version\":3,"
                              + "\"status\":\"RIDER_ASSIGNED\"}}\n\n")))
  @APIResponse(responseCode = "400", description = "Last-Event-ID is no number")
  @APIResponse(responseCode = "429", description = "too-many-streams")
  public Multi<OutboundSseEvent> stream(
      @Parameter(description = "The last id received", example = "16") @HeaderParam("Last-Event-ID")
          String lastEventId,
      @Context Sse sse) {
    return streams
        .open(new MerchantId(caller.subject()), sequence(lastEventId))
        .select()
        .first(untilTokenEnds())
        .map(event -> event(event, sse));
  }

  private Duration untilTokenEnds() {
    if (caller.claim("exp") instanceof Number seconds) {
      Duration left = Duration.ofMillis(Math.max(1, seconds.longValue() * 1_000 - wall.millis()));
      return left.compareTo(LONGEST) < 0 ? left : LONGEST;
    }
    return LONGEST;
  }

  private static Long sequence(String lastEventId) {
    if (lastEventId == null || lastEventId.isBlank()) {
      return null;
    }
    if (!lastEventId.strip().matches("[0-9]{1,18}")) {
      throw Problem.badRequest(
          "Last-Event-ID", "Last-Event-ID must be the id of an event of this stream, or missing.");
    }
    return Long.parseLong(lastEventId.strip());
  }

  private static OutboundSseEvent event(LiveEvent event, Sse sse) {
    if (event.data() == null) {
      return sse.newEventBuilder().comment("").build();
    }
    return sse.newEventBuilder()
        .id(event.id().toString())
        .name(event.name())
        .data(String.class, event.data())
        .build();
  }
}
