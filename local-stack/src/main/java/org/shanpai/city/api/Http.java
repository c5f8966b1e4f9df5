package org.shanpai.city.api;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All connections of the city: HTTP/1.1, kept alive, two threads however many riders there are.
 * Thread-safe.
 */
public final class Http implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "city-http");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .executor(threads)
          .build();
  private final AtomicLong sent = new AtomicLong();

  /** How many requests were sent. */
  public long sent() {
    return sent.get();
  }

  /**
   * Sends once.
   *
   * @param bearer access token, or null
   * @return the answer, {@link Reply#NONE} when there was none; never fails
   */
  public CompletableFuture<Reply> send(Request request, String bearer) {
    sent.incrementAndGet();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(request.url()))
            .timeout(PATIENCE)
            .header("Accept", "application/json, application/problem+json")
            .method(
                request.method(),
                request.body() == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(request.body()));
    if (request.body() != null) {
      builder.header("Content-Type", request.contentType());
    }
    if (bearer != null) {
      builder.header("Authorization", "Bearer " + bearer);
    }
    if (request.idempotencyKey() != null) {
      builder.header("Idempotency-Key", request.idempotencyKey());
    }
    return client
        .sendAsync(builder.build(), HttpResponse.BodyHandlers.ofByteArray())
        .handle(
            (response, failure) ->
                failure != null
                    ? Reply.NONE
                    : Reply.of(response.statusCode(), response.body(), retryAfter(response)));
  }

  private static int retryAfter(HttpResponse<?> response) {
    try {
      return response.headers().firstValue("Retry-After").map(Integer::parseInt).orElse(0);
    } catch (NumberFormatException date) {
      return 1;
    }
  }

  /** What comes down a stream. Called on a connection's thread; must not wait. */
  public interface Listener {
    /** The stream stands. */
    void opened();

    /**
     * @param name of the event
     * @param id of the event, or null
     */
    void event(String name, String id, String data);

    /**
     * The stream ended or could not be opened.
     *
     * @param status of HTTP; 0 when nobody answered, 200 when an open stream ended
     */
    void closed(int status);
  }

  /**
   * Opens a stream of server-sent events.
   *
   * @param lastEventId where to go on, or null
   */
  public void stream(String url, String bearer, String lastEventId, Listener listener) {
    sent.incrementAndGet();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(url))
            .header("Accept", "text/event-stream")
            .header("Authorization", "Bearer " + bearer)
            .GET();
    if (lastEventId != null) {
      builder.header("Last-Event-ID", lastEventId);
    }
    client
        .sendAsync(
            builder.build(),
            info -> {
              if (info.statusCode() != 200) {
                return HttpResponse.BodySubscribers.replacing(null);
              }
              listener.opened();
              return HttpResponse.BodySubscribers.fromLineSubscriber(new Lines(listener));
            })
        .whenComplete(
            (response, failure) -> listener.closed(response == null ? 0 : response.statusCode()));
  }

  /** Puts the lines of an event stream together. */
  static final class Lines implements Flow.Subscriber<String> {
    private final Listener listener;
    private final StringBuilder data = new StringBuilder();
    private String name = "message";
    private String id;

    Lines(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      if (line.isEmpty()) {
        if (data.length() > 0) {
          listener.event(name, id, data.toString());
        }
        data.setLength(0);
        name = "message";
        return;
      }
      int colon = line.indexOf(':');
      if (colon == 0) {
        return;
      }
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      if (value.startsWith(" ")) {
        value = value.substring(1);
      }
      switch (field) {
        case "event" -> name = value;
        case "id" -> id = value;
        case "data" -> data.append(data.length() > 0 ? "\n" : "").append(value);
        default -> {
          // Fields that nobody knows are skipped, says the standard.
        }
      }
    }

    @Override
    public void onError(Throwable broken) {
      data.setLength(0);
    }

    @Override
    public void onComplete() {
      data.setLength(0);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
