package org.shanpai.order.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.order.webhook.TargetGuard.Ruling;

/**
 * One try of one message over HTTP. Follows no redirects, for a redirect could lead past the guard;
 * reads only the beginning of the answer.
 */
@ApplicationScoped
public class WebhookPost {

  /** Characters of an answer that are kept. */
  static final int ANSWER_CHARACTERS = 500;

  /** A character takes at most four bytes. */
  private static final int ANSWER_BYTES = 4 * ANSWER_CHARACTERS;

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

  /**
   * What to send, and where.
   *
   * @param id the same at every try
   * @param secrets that sign, at least one
   */
  public record Message(String id, String payload, String url, List<String> secrets) {

    @Override
    public String toString() {
      return "Message[" + id + "]";
    }
  }

  /** What a try came to. */
  public sealed interface Result {

    /** From the look-up of the name to the end of the answer. */
    int millis();

    /**
     * The receiver answered.
     *
     * @param answer the beginning of what it said, without control characters; null for nothing
     * @param retryAfter how long it asks to be left alone; null when it does not
     */
    record Answered(int status, String answer, Duration retryAfter, int millis) implements Result {
      public boolean good() {
        return status >= 200 && status < 300;
      }

      /** It will never take notices again. */
      boolean gone() {
        return status == 410;
      }
    }

    /** There was no answer. */
    record NoAnswer(String error, int millis) implements Result {}
  }

  /** Never fails: what went wrong is in the result. */
  public Uni<Result> send(Message message) {
    Instant start = wall.now();
    // Looking a name up blocks.
    return Uni.createFrom()
        .completionStage(
            () -> vertx.executeBlocking(() -> guard.rule(message.url()), false).toCompletionStage())
        .chain(
            ruling ->
                ruling instanceof Ruling.Allowed allowed
                    ? post(message, allowed, start)
                    : Uni.createFrom()
                        .<Result>item(
                            new Result.NoAnswer(
                                "The URL " + ((Ruling.Refused) ruling).reason(), since(start))))
        .onFailure()
        .recoverWithItem(failure -> new Result.NoAnswer(words(failure), since(start)));
  }

  private Uni<Result> post(Message message, Ruling.Allowed target, Instant start) {
    Instant now = wall.now();
    boolean tls = "https".equalsIgnoreCase(target.uri().getScheme());
    int port = target.uri().getPort() > 0 ? target.uri().getPort() : tls ? 443 : 80;
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(message.url())
            // The address that was looked at; Host and the TLS name stay those of the URL.
            .setServer(SocketAddress.inetSocketAddress(port, target.address().getHostAddress()))
            .setFollowRedirects(false)
            .setTimeout(settings.timeout().toMillis())
            .putHeader("content-type", "application/json")
            .putHeader("user-agent", "Shanpai-Webhooks/1")
            .putHeader("webhook-id", message.id())
            .putHeader("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .putHeader(
                "webhook-signature",
                StandardSignature.sign(
                    message.secrets(), message.id(), now.getEpochSecond(), message.payload()));
    return Uni.createFrom()
        .completionStage(
            () ->
                http.request(request)
                    .compose(call -> talk(call, message.payload()))
                    .toCompletionStage())
        .map(
            heard ->
                new Result.Answered(
                    heard.status(), heard.text(), heard.retryAfter(), since(start)));
  }

  private record Heard(int status, String text, Duration retryAfter) {}

  /** Within the time-out from the first byte sent to the last one read, drip by drip or not. */
  private Future<Heard> talk(HttpClientRequest call, String payload) {
    Promise<Heard> promise = Promise.promise();
    long timer =
        vertx.setTimer(
            settings.timeout().toMillis(),
            late -> {
              promise.tryFail(
                  new TimeoutException(
                      "no whole answer within " + settings.timeout().toSeconds() + " s"));
              call.reset();
            });
    promise.future().onComplete(done -> vertx.cancelTimer(timer));
    call.send(Buffer.buffer(payload))
        .onFailure(promise::tryFail)
        .onSuccess(answer -> read(call, answer, promise));
    return promise.future();
  }

  private static void read(
      HttpClientRequest call, HttpClientResponse answer, Promise<Heard> promise) {
    Buffer begun = Buffer.buffer();
    answer.exceptionHandler(promise::tryFail);
    answer.endHandler(end -> promise.tryComplete(heard(answer, begun)));
    answer.handler(
        part -> {
          int room = ANSWER_BYTES - begun.length();
          if (part.length() <= room) {
            begun.appendBuffer(part);
          } else {
            // Whatever more it has to say, nobody listens.
            begun.appendBuffer(part, 0, Math.max(0, room));
            promise.tryComplete(heard(answer, begun));
            call.reset();
          }
        });
  }

  private static Heard heard(HttpClientResponse answer, Buffer begun) {
    String text =
        begun
            .toString(StandardCharsets.UTF_8)
            .replaceAll("[\\p{Cntrl}\\uFFFD\\uD800-\\uDFFF]+", " ")
            .strip();
    return new Heard(
        answer.statusCode(),
        text.isEmpty() ? null : text.substring(0, Math.min(text.length(), ANSWER_CHARACTERS)),
        seconds(answer.getHeader("retry-after")));
  }

  private static Duration seconds(String retryAfter) {
    return retryAfter != null && retryAfter.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(retryAfter))
        : null;
  }

  private int since(Instant start) {
    return (int) Math.max(0, Duration.between(start, wall.now()).toMillis());
  }

  private static String words(Throwable failure) {
    String text =
        (failure.getClass().getSimpleName() + ": " + failure.getMessage())
            .replaceAll("[\\p{Cntrl}]+", " ");
    return text.length() > 200 ? text.substring(0, 200) : text;
  }

  @PreDestroy
  void close() {
    http.close();
  }
}
