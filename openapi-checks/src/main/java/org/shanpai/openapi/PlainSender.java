package org.shanpai.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Sends over HTTP with a fresh {@code Idempotency-Key} each time; streams are opened and left. */
public final class PlainSender implements AccessMatrix.Sender {

  private final String base;
  private final AtomicLong keys = new AtomicLong();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param base such as {@code http://127.0.0.1:8081}
   */
  public PlainSender(String base) {
    this.base = base.replaceAll("/+$", "");
  }

  @Override
  public int send(String method, String target, String token, String type, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + target))
            .timeout(Duration.ofSeconds(15))
            .header("Idempotency-Key", "matrix-" + System.nanoTime() + "-" + keys.incrementAndGet())
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (type != null) {
      request.header("Content-Type", type);
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      response.body().close();
      return response.statusCode();
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + target + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
