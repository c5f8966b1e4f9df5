package org.shanpai.order.tracking.http;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.OrderFeedback;
import org.shanpai.messaging.Json;
import org.shanpai.order.feedback.CustomerVoice;
import org.shanpai.order.feedback.FeedbackTag;
import org.shanpai.order.feedback.http.FeedbackView;
import org.shanpai.order.tracking.TrackedOrder;
import org.shanpai.order.tracking.Tracking;
import org.shanpai.order.tracking.TrackingLimit;
import org.shanpai.order.tracking.TrackingStream;
import org.shanpai.order.tracking.Whereabouts;
import org.shanpai.order.virtualnumber.RiderCalls;

/** What the customer's page asks. Whoever has the link is let in; nobody signs in. */
@Path("/v1/tracking/{token}")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tracking", description = "The customer's page; the token is the end of trackingUrl")
public class TrackingResource {

  private static final String NO_STORE = "no-store";
  private static final double EXACT = 1e5;

  private final Tracking tracking;
  private final TrackingStream stream;
  private final TrackingLimit limit;
  private final CustomerVoice voice;
  private final RiderCalls calls;

  TrackingResource(
      Tracking tracking,
      TrackingStream stream,
      TrackingLimit limit,
      CustomerVoice voice,
      RiderCalls calls) {
    this.tracking = tracking;
    this.stream = stream;
    this.limit = limit;
    this.voice = voice;
    this.calls = calls;
  }

  /**
   * Streets in little room.
   *
   * @param streets each 1 for a main road or 0, then lat and lon of its first place in 1e-5
   *     degrees, then the steps from place to place
   */
  @Schema(name = "CorridorStreets")
  public record Corridor(List<long[]> streets) {}

  /**
   * What the customer dials.
   *
   * @param number it stands in for the rider's own
   * @param until wall time; it ends before, some time after the order's end
   */
  @Schema(name = "RiderNumber")
  public record RiderNumber(
      @Schema(examples = "000012345678") String number,
      @Schema(examples = "2026-11-23T04:00:00Z") Instant until) {
    @Override
    public String toString() {
      return "RiderNumber[…]";
    }
  }

  /** What a customer says. */
  @Schema(name = "FeedbackChange")
  public record FeedbackBody(
      @Min(1) @Max(5) @Schema(description = "A rating needs them, nothing else has them")
          Integer stars,
      @Size(max = 8) Set<@NotNull FeedbackTag> tags,
      @Size(max = 500)
          @Pattern(
              regexp = "[^\\p{Cc}\\p{Cs}]*(?:\\n[^\\p{Cc}\\p{Cs}]*)*",
              message = "must not contain control characters")
          String words,
      @Pattern(regexp = "[0-9]{4,8}")
          @Schema(description = "The delivery code, when the customer wants to be believed")
          String code) {

    @Override
    public String toString() {
      return "FeedbackBody[…]";
    }
  }

  @GET
  @Operation(
      summary = "An order as its customer sees it",
      description =
          "The rider's place is told from this order's pickup on only, coarsely while doors of"
              + " others come first. Store, door, code and rider's place are gone once it has"
              + " ended.")
  @APIResponse(
      responseCode = "200",
      description = "The order",
      content = @Content(schema = @Schema(implementation = TrackedOrder.class)))
  @APIResponse(responseCode = "404", description = "No such link")
  @APIResponse(responseCode = "410", description = "link-ended: the order ended too long ago")
  @APIResponse(responseCode = "429", description = "Too many requests with this link")
  public Uni<RestResponse<TrackedOrder>> look(
      @PathParam("token") String token, @Context HttpServerRequest request) {
    return tracking.look(admitted(token, request)).map(TrackingResource::unkept);
  }

  @GET
  @Path("stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "The order as it changes",
      description =
          "Server-sent events: `order` with the whole order, on connecting and after every change;"
              + " `tick` when nothing changed for 15 s; `over` when the link has ended. Ends after"
              + " the order's end was told."
              + " Reconnecting begins with the order as it stands, so nothing can be missed.")
  @APIResponse(responseCode = "200", description = "The stream")
  @APIResponse(responseCode = "404", description = "No such link")
  @APIResponse(responseCode = "503", description = "Too many pages are open; poll instead")
  public Multi<OutboundSseEvent> stream(
      @PathParam("token") String token, @Context HttpServerRequest request, @Context Sse sse) {
    return stream.follow(admitted(token, request)).map(news -> event(sse, news));
  }

  private static OutboundSseEvent event(Sse sse, TrackingStream.News news) {
    OutboundSseEvent.Builder event = sse.newEventBuilder();
    if (news instanceof TrackingStream.News.Changed changed) {
      event.name("order").data(String.class, Json.write(changed.view()));
    } else {
      event.name(news instanceof TrackingStream.News.Over ? "over" : "tick");
      event.data(String.class, "{}");
    }
    return event.build();
  }

  @GET
  @Path("streets")
  @Operation(
      summary = "The streets between store and door, to be drawn",
      description = "None without a street file, and none once the order has ended.")
  @APIResponse(
      responseCode = "200",
      description = "Streets",
      content =
          @Content(
              schema = @Schema(implementation = Corridor.class),
              examples =
                  @ExampleObject(
                      name = "one",
                      value = "{\"streets\": [[1, 3123040, 12147370, 12, 30, 8, -4]]}")))
  @APIResponse(responseCode = "404", description = "No such link")
  @APIResponse(responseCode = "410", description = "link-ended")
  public Uni<RestResponse<Corridor>> streets(
      @PathParam("token") String token, @Context HttpServerRequest request) {
    return tracking
        .streets(admitted(token, request))
        .map(lines -> new Corridor(lines.stream().map(TrackingResource::packed).toList()))
        .map(TrackingResource::unkept);
  }

  private static long[] packed(Whereabouts.Street street) {
    double[] line = street.line();
    long[] steps = new long[1 + line.length / 2 * 2];
    steps[0] = street.main() ? 1 : 0;
    long lat = 0;
    long lon = 0;
    for (int i = 0; i + 1 < line.length; i += 2) {
      long nextLat = Math.round(line[i] * EXACT);
      long nextLon = Math.round(line[i + 1] * EXACT);
      steps[1 + i] = nextLat - lat;
      steps[2 + i] = nextLon - lon;
      lat = nextLat;
      lon = nextLon;
    }
    return steps;
  }

  @PUT
  @Path("feedback/{kind}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Say something about the delivery, or change it",
      description =
          "One rating, one praise, one complaint; each may be changed for a day after the end. With"
              + " the delivery code it counts as certainly the customer's.")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "rating",
                      value = "{\"stars\": 5, \"tags\": [\"FAST\", \"FRIENDLY\"]}")))
  @APIResponse(
      responseCode = "200",
      description = "Taken",
      content = @Content(schema = @Schema(implementation = FeedbackView.class)))
  @APIResponse(responseCode = "404", description = "No such link")
  @APIResponse(
      responseCode = "409",
      description = "feedback-too-early, feedback-closed, wrong-code")
  @APIResponse(responseCode = "410", description = "link-ended")
  @APIResponse(responseCode = "422", description = "Stars, tags or words that do not fit the kind")
  @APIResponse(responseCode = "429", description = "too-many-tries of the code; rate-limited")
  public Uni<RestResponse<FeedbackView>> say(
      @PathParam("token") String token,
      @PathParam("kind") @Pattern(regexp = "rating|praise|complaint") String kind,
      @NotNull @Valid FeedbackBody body,
      @Context HttpServerRequest request) {
    OrderId id = admitted(token, request);
    OrderFeedback.Kind named = OrderFeedback.Kind.valueOf(kind.toUpperCase(java.util.Locale.ROOT));
    return tracking
        .admit(id)
        .chain(
            () ->
                voice.say(
                    id,
                    new CustomerVoice.Word(
                        named,
                        body.stars(),
                        body.tags() == null ? Set.of() : body.tags(),
                        body.words(),
                        body.code())))
        .map(FeedbackView::of)
        .map(TrackingResource::unkept);
  }

  @POST
  @Path("call")
  @Operation(
      summary = "A number that reaches the rider, while the order is in a rider's hand",
      description =
          "It stands in for the rider's own, which nobody is told. Asked again, the same number.")
  @APIResponse(
      responseCode = "200",
      description = "The number to dial",
      content = @Content(schema = @Schema(implementation = RiderNumber.class)))
  @APIResponse(responseCode = "404", description = "No such link")
  @APIResponse(responseCode = "409", description = "rider-not-callable: no rider has the order now")
  @APIResponse(responseCode = "410", description = "link-ended")
  @APIResponse(responseCode = "429", description = "Asked too often")
  @APIResponse(responseCode = "503", description = "The rider cannot be reached right now")
  public Uni<RestResponse<RiderNumber>> call(
      @PathParam("token") String token, @Context HttpServerRequest request) {
    OrderId id = admitted(token, request);
    limit.spendCall(id);
    return tracking
        .admit(id)
        .chain(() -> calls.number(id))
        .map(told -> new RiderNumber(told.number(), told.until()))
        .map(TrackingResource::unkept);
  }

  private OrderId admitted(String token, HttpServerRequest request) {
    return admitted(tracking, limit, token, request);
  }

  /** The order of a good link within the limits. */
  static OrderId admitted(
      Tracking tracking, TrackingLimit limit, String token, HttpServerRequest request) {
    String address = request.remoteAddress().hostAddress();
    OrderId id;
    try {
      id = tracking.orderOf(token);
    } catch (Problem none) {
      limit.spendWrong(address);
      throw none;
    }
    limit.spend(id, address);
    return id;
  }

  private static <T> RestResponse<T> unkept(T body) {
    return RestResponse.ResponseBuilder.ok(body)
        .header("Cache-Control", NO_STORE)
        .header("X-Robots-Tag", "noindex, nofollow")
        .build();
  }
}
