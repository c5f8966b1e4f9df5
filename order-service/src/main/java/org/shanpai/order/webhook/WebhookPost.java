package org.shanpai.order.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.order.webhook.TargetGuard.Ruling;

/**
 * One try of one delivery over HTTP. Follows no redirects, for a redirect could lead past the
 * guard; reads no body of the answer.
 */
@ApplicationScoped
public class WebhookPost {

  private static final int CONNECT_TIMEOUT_MILLIS = 3_000;

  private final Vertx vertx;
  private final TargetGuard guard;
  private final WebhookSettings settings;
  private final WallClock wall;
  private final HttpClient http;

  WebhookPost(Vertx vertx, TargetGuard guard, WebhookSettings settings, WallClock wall) {
    this.vertx = vertx;
    this.guard = guard;
    this.settings = settings;
    this.wall = wall;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setIdleTimeout((int) Math.max(1, settings.timeout().toSeconds()))
                .setMaxPoolSize(settings.inFlightPerMerchant())
                .setKeepAlive(true));
  }

  /** What a try came to. */
  public sealed interface Result {
    /** The receiver answered. */
    record Answered(int status) implements Result {
      boolean good() {
        return status >= 200 && status < 300;
      }
    }

    /** There was no answer. */
    record NoAnswer(String error) implements Result {}
  }

  /** Never fails: what went wrong is in the result. */
  public Uni<Result> send(WebhookDelivery delivery, WebhookEndpoint endpoint) {
    // Looking a name up blocks.
    return Uni.createFrom()
        .completionStage(
            () ->
                vertx.executeBlocking(() -> guard.rule(endpoint.url()), false).toCompletionStage())
        .chain(
            ruling ->
                ruling instanceof Ruling.Allowed allowed
                    ? post(delivery, endpoint, allowed)
                    : Uni.createFrom()
                        .<Result>item(
                            new Result.NoAnswer("The URL " + ((Ruling.Refused) ruling).reason())))
        .onFailure()
        .recoverWithItem(failure -> new Result.NoAnswer(words(failure)));
  }

  private Uni<Result> post(
      WebhookDelivery delivery, WebhookEndpoint endpoint, Ruling.Allowed target) {
    Instant now = wall.now();
    boolean tls = "https".equalsIgnoreCase(target.uri().getScheme());
    int port = target.uri().getPort() > 0 ? target.uri().getPort() : tls ? 443 : 80;
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(endpoint.url())
            .setServer(SocketAddress.inetSocketAddress(port, target.address().getHostAddress()))
            .setFollowRedirects(false)
            .setTimeout(settings.timeout().toMillis())
            .putHeader("content-type", "application/json")
            .putHeader("user-agent", "Shanpai-Webhooks/1")
            .putHeader("webhook-id", delivery.deliveryId())
            .putHeader("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .putHeader(
                "webhook-signature",
                StandardSignature.sign(
                    endpoint.secret(),
                    delivery.deliveryId(),
                    now.getEpochSecond(),
                    delivery.payload()));
    return Uni.createFrom()
        .completionStage(
            () ->
                http.request(request)
                    .compose(call -> call.send(Buffer.buffer(delivery.payload())))
                    .toCompletionStage())
        .map(answer -> new Result.Answered(answer.statusCode()));
  }

  private static String words(Throwable failure) {
    String text = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    return text.length() > 200 ? text.substring(0, 200) : text;
  }

  @PreDestroy
  void close() {
    http.close();
  }
}
