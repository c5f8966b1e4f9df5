package org.shanpai.controlroom.neighbours;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The other services, reached over HTTP with a time limit. The control room asks them for nothing
 * it shows but their health; it only passes on what an operator does.
 */
@ApplicationScoped
public class Neighbours {

  static final Duration CONNECT = Duration.ofMillis(800);

  /** What came back; 0 when nothing did. */
  public record Answer(int status, String contentType, String body) {
    static final Answer NONE = new Answer(0, null, null);
  }

  private final HttpClient client;
  private final Map<String, String> urls = new LinkedHashMap<>();

  public Neighbours(
      Vertx vertx,
      @ConfigProperty(name = "shanpai.order.url") String order,
      @ConfigProperty(name = "shanpai.dispatch.url") String dispatch,
      @ConfigProperty(name = "shanpai.rider.url") String rider,
      @ConfigProperty(name = "shanpai.geo.url") String geo) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setMaxPoolSize(16)
                .setKeepAliveTimeout(10));
    urls.put("order-service", order);
    urls.put("dispatch-service", dispatch);
    urls.put("rider-service", rider);
    urls.put("geo-service", geo);
  }

  @PreDestroy
  void close() {
    client.closeAndForget();
  }

  /** Names of the other services, in the order an order passes through them. */
  public Iterable<String> names() {
    return urls.keySet();
  }

  /**
   * Sends a request. Never fails: a service that cannot be reached in time answers {@link
   * Answer#NONE}.
   *
   * @param service one of {@link #names()}
   * @param body JSON; null for none
   */
  public Uni<Answer> send(
      HttpMethod method,
      String service,
      String path,
      Map<String, String> headers,
      String body,
      Duration limit) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(urls.get(service).replaceAll("/+$", "") + path)
            .setTimeout(limit.toMillis());
    headers.forEach(options::putHeader);
    if (body != null) {
      options.putHeader("Content-Type", "application/json");
    }
    return client
        .request(options)
        .flatMap(
            request ->
                (body == null ? request.send() : request.send(Buffer.buffer(body)))
                    .flatMap(
                        response ->
                            response
                                .body()
                                .map(
                                    content ->
                                        new Answer(
                                            response.statusCode(),
                                            response.getHeader("Content-Type"),
                                            content.toString()))))
        .ifNoItem()
        .after(limit)
        .recoverWithItem(Answer.NONE)
        .onFailure()
        .recoverWithItem(Answer.NONE);
  }
}
