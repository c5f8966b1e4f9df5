package org.shanpai.rider.stream.http;

import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
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
import org.shanpai.contracts.time.WallClock;
import org.shanpai.rider.stream.RiderStreams;
import org.shanpai.rider.stream.StreamEvent;

/** The line from the platform to one rider's phone. */
@Path("/v1/rider/stream")
@Tag(name = "Stream")
public class StreamResource {

  private static final Duration LONGEST = Duration.ofHours(1);

  private final RiderStreams streams;
  private final CurrentCaller caller;
  private final WallClock wall;
  private final Vertx vertx;

  public StreamResource(RiderStreams streams, CurrentCaller caller, WallClock wall, Vertx vertx) {
    this.streams = streams;
    this.caller = caller;
    this.wall = wall;
    this.vertx = vertx;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  // The bodies are JSON already; as text they go out as they are.
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  @RolesAllowed(Roles.RIDER)
  @Operation(
      summary = "Offers, work, score and all else that happens, as it happens",
      description =
          "Server-sent events, the data of each JSON. Skip what you do not know.\n\n"
              + "- `offer`: OfferState, whatever its status: drop what is no longer OPEN\n"
              + "- `work`: RiderWorkState; `route`: the stops are others, or in another order\n"
              + "- `fatigue`: a limit of working time was reached, or is over\n"
              + "- `hand-over`: another rider gives a job, or answered; never with the code\n"
              + "- `message`: from the control room or the station; `sos`: your alarm was seen, or"
              + " is over\n"
              + "- `score`: ScoreEntry, a row of your ledger\n"
              + "- `appeal`: your appeal went on; `appeal-seat`: you were drawn to judge another's\n"
              + "- `feedback`: what a customer said, some time ago; `complaint`: one was decided\n"
              + "- `campaign`: your part in a campaign was moved on; `payment`: its money was"
              + " stopped, or let go\n\n"
              + "The id is the rider's own sequence; send the last one as Last-Event-ID and what was"
              + " missed comes first, without holes or doubles. Without it the newest work and the"
              + " open offers come first; only the last of these carries an id. A comment comes"
              + " every 15 s. The line ends with the token: sign in and come again.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema =
                  @Schema(
                      type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING),
              examples = {
                @ExampleObject(name = "offer", value = StreamExamples.OFFER),
                @ExampleObject(name = "work", value = StreamExamples.WORK),
                @ExampleObject(name = "route", value = StreamExamples.ROUTE),
                @ExampleObject(name = "fatigue", value = StreamExamples.FATIGUE),
                @ExampleObject(name = "hand-over", value = StreamExamples.HAND_OVER),
                @ExampleObject(name = "message", value = StreamExamples.MESSAGE),
                @ExampleObject(name = "sos", value = StreamExamples.SOS),
                @ExampleObject(name = "score", value = StreamExamples.SCORE),
                @ExampleObject(name = "appeal", value = StreamExamples.APPEAL),
                @ExampleObject(name = "appeal-seat", value = StreamExamples.APPEAL_SEAT),
                @ExampleObject(name = "feedback", value = StreamExamples.FEEDBACK),
                @ExampleObject(name = "complaint", value = StreamExamples.COMPLAINT),
                @ExampleObject(name = "campaign", value = StreamExamples.CAMPAIGN),
                @ExampleObject(name = "payment", value = StreamExamples.PAYMENT)
              }))
  public Multi<OutboundSseEvent> stream(
      @Parameter(description = "The last id received", example = "16") @HeaderParam("Last-Event-ID")
          String lastEventId,
      @Context Sse sse) {
    Multi<StreamEvent> line =
        streams.open(caller.subject(), sequence(lastEventId)).select().first(untilTokenEnds());
    return line.map(event -> event(event, sse));
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
    try {
      long seq = Long.parseLong(lastEventId.trim());
      if (seq >= 0) {
        return seq;
      }
    } catch (NumberFormatException notANumber) {
      // answered below, as a negative number is
    }
    throw Problem.badRequest(
        "Last-Event-ID", "Last-Event-ID must be the id of an event of this stream, or missing.");
  }

  private static OutboundSseEvent event(StreamEvent event, Sse sse) {
    if (event.data() == null) {
      return sse.newEventBuilder().comment("").build();
    }
    OutboundSseEvent.Builder builder =
        sse.newEventBuilder().name(event.name()).data(String.class, event.data());
    if (event.id() != null) {
      builder.id(event.id().toString());
    }
    return builder.build();
  }
}
