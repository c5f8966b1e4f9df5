package org.shanpai.order.webhook.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.MerchantId;
import org.shanpai.messaging.Json;
import org.shanpai.order.webhook.DeliveryState;
import org.shanpai.order.webhook.Replays;
import org.shanpai.order.webhook.WebhookAttempt;
import org.shanpai.order.webhook.WebhookDelivery;

/** Merchants see what became of their notices, and have them sent again. */
@Path("/v1/webhook/deliveries")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhook")
public class WebhookDeliveryResource {

  private static final String LEGAL_ID = "[A-Za-z0-9._:-]{1,64}";
  private static final String ONE =
      "{\"deliveryId\": \"msg-01jd0000000000000000000000\", \"orderId\":"
          + " \"o-01jd0000000000000000000000\", \"orderVersion\": 3, \"type\": \"order.status\","
          + " \"state\": \"DELIVERED\", \"attempts\": 1, \"lastStatus\": 204, \"createdAt\":"
          + " \"2026-11-22T03:30:00Z\", \"endedAt\": \"2026-11-22T03:30:00Z\"}";

  private final Replays replays;
  private final CurrentCaller caller;

  WebhookDeliveryResource(Replays replays, CurrentCaller caller) {
    this.replays = replays;
    this.caller = caller;
  }

  /** What became of one notice. All instants are wall time. */
  @Schema(name = "WebhookDelivery")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DeliveryView(
      @Schema(description = "Also the header webhook-id, the same at every try") String deliveryId,
      String orderId,
      long orderVersion,
      String type,
      DeliveryState state,
      int attempts,
      Integer lastStatus,
      String lastError,
      Instant createdAt,
      Instant nextAttemptAt,
      Instant endedAt) {
    static DeliveryView of(WebhookDelivery delivery) {
      return new DeliveryView(
          delivery.deliveryId(),
          delivery.orderId(),
          delivery.orderVersion(),
          delivery.eventType(),
          delivery.state(),
          delivery.attempts(),
          delivery.lastStatus(),
          delivery.lastError(),
          delivery.createdAt(),
          delivery.state() == DeliveryState.PENDING ? delivery.nextAttemptAt() : null,
          delivery.endedAt());
    }
  }

  /** A page of deliveries, the newest first; {@code nextCursor} is missing on the last one. */
  @Schema(name = "WebhookDeliveryPage")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DeliveryPage(List<DeliveryView> deliveries, String nextCursor) {}

  /** One try. Wall time. */
  @Schema(name = "WebhookTry")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TryView(
      int attempt,
      Instant at,
      int durationMillis,
      Integer status,
      String error,
      @Schema(description = "The first 500 characters of your answer") String answer) {
    static TryView of(WebhookAttempt attempt) {
      return new TryView(
          attempt.attempt(),
          attempt.at(),
          attempt.millis(),
          attempt.status(),
          attempt.error(),
          attempt.answer());
    }
  }

  /** A notice, what it says, and every try. */
  @Schema(name = "WebhookDeliveryStory")
  public record StoryView(DeliveryView delivery, JsonNode payload, List<TryView> tries) {}

  @GET
  @Operation(summary = "What became of your notices, the newest first, page by page")
  @APIResponse(
      responseCode = "200",
      description = "A page",
      content =
          @Content(
              schema = @Schema(implementation = DeliveryPage.class),
              examples = @ExampleObject(name = "page", value = "{\"deliveries\": [" + ONE + "]}")))
  @APIResponse(responseCode = "400", description = "A filter is malformed")
  public Uni<DeliveryPage> deliveries(
      @QueryParam("orderId") @Pattern(regexp = LEGAL_ID) String orderId,
      @QueryParam("state") @Pattern(regexp = "PENDING|DELIVERED|FAILED") String state,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
      @QueryParam("cursor") @Pattern(regexp = LEGAL_ID) String cursor) {
    return replays
        .list(me(), orderId, state == null ? null : DeliveryState.valueOf(state), cursor, limit + 1)
        .map(
            found -> {
              List<DeliveryView> page = found.stream().limit(limit).map(DeliveryView::of).toList();
              boolean more = found.size() > limit;
              return new DeliveryPage(page, more ? page.get(page.size() - 1).deliveryId() : null);
            });
  }

  @GET
  @Path("{deliveryId}")
  @Operation(summary = "One notice with its body and every try")
  @APIResponse(
      responseCode = "200",
      description = "The delivery",
      content =
          @Content(
              schema = @Schema(implementation = StoryView.class),
              examples =
                  @ExampleObject(
                      name = "story",
                      value =
                          "{\"delivery\": "
                              + ONE
                              + ", \"payload\": {\"type\": \"order.status\"}, \"tries\":"
                              + " [{\"attempt\": 1, \"at\": \"2026-11-22T03:30:00Z\","
                              + " \"durationMillis\": 31, \"status\": 204}]}")))
  @APIResponse(responseCode = "404", description = "You have no such delivery")
  public Uni<StoryView> delivery(
      @PathParam("deliveryId") @Pattern(regexp = LEGAL_ID) String deliveryId) {
    return replays
        .story(me(), deliveryId)
        .map(
            story ->
                new StoryView(
                    DeliveryView.of(story.delivery()),
                    Json.read(story.delivery().payload(), JsonNode.class),
                    story.attempts().stream().map(TryView::of).toList()));
  }

  @POST
  @Path("{deliveryId}/replay")
  @Operation(
      summary = "Send a notice again",
      description =
          "Whatever became of it, under the same webhook-id; later ones of the same order that"
              + " still wait come after it. While the endpoint is switched off it waits.")
  @APIResponse(
      responseCode = "202",
      description = "It is on its way",
      content =
          @Content(
              schema = @Schema(implementation = DeliveryView.class),
              examples = @ExampleObject(name = "delivery", value = ONE)))
  @APIResponse(responseCode = "404", description = "You have no such delivery, or no webhook")
  public Uni<RestResponse<DeliveryView>> replay(
      @PathParam("deliveryId") @Pattern(regexp = LEGAL_ID) String deliveryId) {
    return replays
        .replay(me(), deliveryId)
        .map(
            delivery ->
                RestResponse.status(RestResponse.Status.ACCEPTED, DeliveryView.of(delivery)));
  }

  private MerchantId me() {
    return new MerchantId(caller.subject());
  }
}
