package org.shanpai.order.webhook.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.order.PlainText;
import org.shanpai.order.webhook.DeliveryState;
import org.shanpai.order.webhook.TargetGuard;
import org.shanpai.order.webhook.WebhookDelivery;
import org.shanpai.order.webhook.WebhookEndpoint;
import org.shanpai.order.webhook.Webhooks;

/** Merchants say where their notices go, and see what became of them. */
@Path("/v1/webhook")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhook", description = "Signed notices of every change, after Standard Webhooks")
public class WebhookResource {

  private final Webhooks webhooks;
  private final TargetGuard guard;
  private final Vertx vertx;
  private final CurrentCaller caller;

  WebhookResource(Webhooks webhooks, TargetGuard guard, Vertx vertx, CurrentCaller caller) {
    this.webhooks = webhooks;
    this.guard = guard;
    this.vertx = vertx;
    this.caller = caller;
  }

  /** Where notices should go. */
  @Schema(name = "WebhookChange")
  public record WebhookChange(
      @NotBlank @Size(max = 500) @PlainText @Schema(examples = "https://shop.example/shanpai")
          String url) {}

  /** The endpoint; the secret verifies the signatures. */
  @Schema(name = "Webhook")
  public record WebhookAnswer(String url, String secret) {
    static WebhookAnswer of(WebhookEndpoint endpoint) {
      return new WebhookAnswer(endpoint.url(), endpoint.secret());
    }

    @Override
    public String toString() {
      return "WebhookAnswer[" + url + "]";
    }
  }

  /** What became of one notice. All instants are wall time. */
  @Schema(name = "WebhookDelivery")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DeliveryView(
      String deliveryId,
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

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Set where your notices go",
      description =
          "Each notice is POSTed with webhook-id, webhook-timestamp and webhook-signature (v1,"
              + " HMAC-SHA256 with the secret). Answer 2xx within 10 s; anything else is tried"
              + " again with growing pauses for 3 days. Notices of one order come in order.")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "url",
                      value = "{\"url\": \"https://shop.example/shanpai\"}")))
  @APIResponse(
      responseCode = "200",
      description = "Set; the secret stays the same when only the URL moves",
      content =
          @Content(
              schema = @Schema(implementation = WebhookAnswer.class),
              examples =
                  @ExampleObject(
                      name = "webhook",
                      value =
                          "{\"url\": \"https://shop.example/shanpai\", \"secret\":"
                              + " \"whsec_…\"}")))
  @APIResponse(responseCode = "422", description = "A URL that cannot be called")
  public Uni<WebhookAnswer> put(@NotNull @Valid WebhookChange change) {
    MerchantId merchant = me();
    // Looking a name up blocks.
    return Uni.createFrom()
        .completionStage(
            () -> vertx.executeBlocking(() -> guard.rule(change.url()), false).toCompletionStage())
        .chain(
            ruling -> {
              if (ruling instanceof TargetGuard.Ruling.Refused refused) {
                throw Problem.unprocessable("url", "The URL " + refused.reason() + ".");
              }
              return webhooks.point(merchant, change.url());
            })
        .map(WebhookAnswer::of);
  }

  @GET
  @Operation(summary = "Where your notices go")
  @APIResponse(
      responseCode = "200",
      description = "The endpoint",
      content = @Content(schema = @Schema(implementation = WebhookAnswer.class)))
  @APIResponse(responseCode = "404", description = "None is set")
  public Uni<WebhookAnswer> get() {
    return webhooks.get(me()).map(WebhookAnswer::of);
  }

  @DELETE
  @Operation(summary = "Stop the notices", description = "What was pending counts as failed.")
  @APIResponse(responseCode = "204", description = "Stopped")
  @APIResponse(responseCode = "404", description = "None is set")
  public Uni<RestResponse<Void>> delete() {
    return webhooks.remove(me()).map(removed -> RestResponse.noContent());
  }

  @GET
  @Path("deliveries")
  @Operation(summary = "What became of your notices, the newest first, page by page")
  @APIResponse(
      responseCode = "200",
      description = "A page",
      content = @Content(schema = @Schema(implementation = DeliveryPage.class)))
  public Uni<DeliveryPage> deliveries(
      @QueryParam("orderId") @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") String orderId,
      @QueryParam("state") @Pattern(regexp = "PENDING|DELIVERED|FAILED") String state,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
      @QueryParam("cursor") @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") String cursor) {
    return webhooks
        .log(me(), orderId, state == null ? null : DeliveryState.valueOf(state), cursor, limit + 1)
        .map(
            found -> {
              List<DeliveryView> page = found.stream().limit(limit).map(DeliveryView::of).toList();
              boolean more = found.size() > limit;
              return new DeliveryPage(page, more ? page.get(page.size() - 1).deliveryId() : null);
            });
  }

  private MerchantId me() {
    return new MerchantId(caller.subject());
  }
}
