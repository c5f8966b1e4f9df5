package org.shanpai.order.webhook.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Set;
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
import org.shanpai.order.webhook.EndpointState;
import org.shanpai.order.webhook.Replays;
import org.shanpai.order.webhook.TargetGuard;
import org.shanpai.order.webhook.WebhookEndpoint;
import org.shanpai.order.webhook.WebhookPost;
import org.shanpai.order.webhook.WebhookSecret;
import org.shanpai.order.webhook.Webhooks;

/** Merchants say where their notices go, and how the endpoint does. */
@Path("/v1/webhook")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhook", description = "Signed notices of every change, after Standard Webhooks")
public class WebhookResource {

  private static final String EXAMPLE =
      "{\"url\": \"https://shop.example/shanpai\", \"types\": [\"order.status\"], \"state\":"
          + " \"ENABLED\", \"failuresInRow\": 0}";

  private final Webhooks webhooks;
  private final Replays replays;
  private final TargetGuard guard;
  private final Vertx vertx;
  private final CurrentCaller caller;

  WebhookResource(
      Webhooks webhooks, Replays replays, TargetGuard guard, Vertx vertx, CurrentCaller caller) {
    this.webhooks = webhooks;
    this.replays = replays;
    this.guard = guard;
    this.vertx = vertx;
    this.caller = caller;
  }

  /** Where notices should go, and which. */
  @Schema(name = "WebhookChange")
  public record WebhookChange(
      @NotBlank @Size(max = 500) @PlainText @Schema(examples = "https://shop.example/shanpai")
          String url,
      @Schema(
              description =
                  "order.status (the platform's doing), order.created, order.update (your own"
                      + " doing, noted); when missing they stay, at first order.status alone")
          @Size(min = 1, max = 3)
          Set<@NotNull @Pattern(regexp = "order\\.(created|status|update)") String> types) {}

  /** The endpoint and how it does. All instants are wall time. */
  @Schema(name = "Webhook")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record WebhookAnswer(
      String url,
      Set<String> types,
      @Schema(description = "Verifies the signatures; told when the URL is set, not when read")
          String secret,
      EndpointState state,
      @Schema(description = "Why it is switched off: GONE (you answered 410) or ONLY_FAILURES")
          String reason,
      @Schema(description = "Since when it is switched off") Instant since,
      int failuresInRow,
      @Schema(description = "Since when every try has failed") Instant failingSince,
      @Schema(description = "Nothing is sent before, because of failures") Instant pausedUntil) {
    static WebhookAnswer of(WebhookEndpoint endpoint, WebhookSecret secret) {
      return new WebhookAnswer(
          endpoint.url(),
          endpoint.types(),
          secret == null ? null : secret.secret(),
          endpoint.state(),
          endpoint.offReason(),
          endpoint.offSince(),
          endpoint.failuresInRow(),
          endpoint.failingSince(),
          endpoint.pausedUntil());
    }

    @Override
    public String toString() {
      return "WebhookAnswer[" + url + "]";
    }
  }

  /** What a ping came to. */
  @Schema(name = "WebhookPing")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PingAnswer(
      @Schema(description = "The header webhook-id of the ping") String webhookId,
      @Schema(description = "Whether you answered 2xx") boolean delivered,
      Integer status,
      int durationMillis,
      @Schema(description = "The first 500 characters of your answer") String answer,
      String error) {
    static PingAnswer of(Webhooks.Ping ping) {
      WebhookPost.Result result = ping.result();
      if (result instanceof WebhookPost.Result.Answered answered) {
        return new PingAnswer(
            ping.id(),
            answered.good(),
            answered.status(),
            answered.millis(),
            answered.answer(),
            answered.good() ? null : "answered " + answered.status());
      }
      return new PingAnswer(
          ping.id(),
          false,
          null,
          result.millis(),
          null,
          ((WebhookPost.Result.NoAnswer) result).error());
    }
  }

  /** Which deliveries to send again. */
  @Schema(name = "WebhookReplay")
  public record ReplayBody(
      @NotNull @Schema(description = "Made then or later, wall time") Instant from,
      @NotNull @Schema(description = "Made before, wall time; at most 31 days after from")
          Instant to,
      @Pattern(regexp = "FAILED|DELIVERED") @Schema(description = "FAILED when missing")
          String state) {}

  /** How many are sent again. */
  @Schema(name = "WebhookReplayed")
  public record Replayed(
      int replayed, @Schema(description = "There may be more: call again") boolean more) {}

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Set where your notices go",
      description =
          "Each notice is POSTed with webhook-id, webhook-timestamp and webhook-signature (v1,"
              + " HMAC-SHA256 with the secret; several while a secret is replaced). Answer 2xx"
              + " within 10 s; anything else is tried again with growing pauses for 3 days."
              + " Notices of one order come in order. An endpoint from which nothing but failures"
              + " came for 3 days, or that answered 410, is switched off; what it did not take"
              + " waits.")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "url",
                      value =
                          "{\"url\": \"https://shop.example/shanpai\", \"types\":"
                              + " [\"order.status\"]}")))
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
                          "{\"url\": \"https://shop.example/shanpai\", \"types\":"
                              + " [\"order.status\"], \"secret\": \"whsec_…\", \"state\":"
                              + " \"ENABLED\", \"failuresInRow\": 0}")))
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
              return webhooks.point(merchant, change.url(), change.types());
            })
        .map(pointed -> WebhookAnswer.of(pointed.endpoint(), pointed.secret()));
  }

  @GET
  @Operation(summary = "Where your notices go, and how the endpoint does")
  @APIResponse(
      responseCode = "200",
      description = "The endpoint",
      content =
          @Content(
              schema = @Schema(implementation = WebhookAnswer.class),
              examples = @ExampleObject(name = "webhook", value = EXAMPLE)))
  @APIResponse(responseCode = "404", description = "None is set")
  public Uni<WebhookAnswer> get() {
    return webhooks.get(me()).map(endpoint -> WebhookAnswer.of(endpoint, null));
  }

  @DELETE
  @Operation(summary = "Stop the notices", description = "What was pending counts as failed.")
  @APIResponse(responseCode = "204", description = "Stopped")
  @APIResponse(responseCode = "404", description = "None is set")
  public Uni<RestResponse<Void>> delete() {
    return webhooks.remove(me()).map(removed -> RestResponse.noContent());
  }

  @POST
  @Path("enable")
  @Operation(
      summary = "Send again to an endpoint that was switched off or paused",
      description = "What waits is sent, in order, with the whole patience. Repeatable.")
  @APIResponse(
      responseCode = "200",
      description = "Enabled",
      content =
          @Content(
              schema = @Schema(implementation = WebhookAnswer.class),
              examples = @ExampleObject(name = "webhook", value = EXAMPLE)))
  @APIResponse(responseCode = "404", description = "None is set")
  public Uni<WebhookAnswer> enable() {
    return webhooks.enable(me()).map(endpoint -> WebhookAnswer.of(endpoint, null));
  }

  @POST
  @Path("ping")
  @Operation(
      summary = "Try the endpoint now",
      description =
          "Sends a signed webhook.ping once, also to an endpoint that is switched off, and says"
              + " what came of it. Nothing is tried again or written down.")
  @APIResponse(
      responseCode = "200",
      description = "What came of it, good or bad",
      content =
          @Content(
              schema = @Schema(implementation = PingAnswer.class),
              examples =
                  @ExampleObject(
                      name = "pong",
                      value =
                          "{\"webhookId\": \"msg-01jd0000000000000000000000\", \"delivered\": true,"
                              + " \"status\": 204, \"durationMillis\": 31}")))
  @APIResponse(responseCode = "404", description = "None is set")
  public Uni<PingAnswer> ping() {
    return webhooks.ping(me()).map(PingAnswer::of);
  }

  @POST
  @Path("replay")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Send what failed in some time again",
      description = "Those made first before the others; 1,000 a call.")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "an hour",
                      value =
                          "{\"from\": \"2026-11-22T03:00:00Z\", \"to\":"
                              + " \"2026-11-22T04:00:00Z\"}")))
  @APIResponse(
      responseCode = "202",
      description = "They are on their way",
      content =
          @Content(
              schema = @Schema(implementation = Replayed.class),
              examples =
                  @ExampleObject(name = "some", value = "{\"replayed\": 12, \"more\": false}")))
  @APIResponse(responseCode = "404", description = "No webhook is set")
  @APIResponse(responseCode = "422", description = "to is not after from, or too far after it")
  public Uni<RestResponse<Replayed>> replay(@NotNull @Valid ReplayBody body) {
    DeliveryState state =
        body.state() == null ? DeliveryState.FAILED : DeliveryState.valueOf(body.state());
    return replays
        .replay(me(), state, body.from(), body.to())
        .map(
            count ->
                RestResponse.status(
                    RestResponse.Status.ACCEPTED, new Replayed(count, count >= Replays.MOST)));
  }

  private MerchantId me() {
    return new MerchantId(caller.subject());
  }
}
