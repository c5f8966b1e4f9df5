package org.shanpai.order.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.shanpai.messaging.Json;

/** A merchant's system that listens to its stream. */
final class EventLine implements AutoCloseable {

  /** An event as received. */
  record Received(Long id, String name, String data) {

    JsonNode body() {
      return Json.read(data, JsonNode.class);
    }

    String orderId() {
      return body().at("/data/orderId").asText();
    }

    long version() {
      return body().at("/data/version").asLong();
    }
  }

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final List<Received> received = new CopyOnWriteArrayList<>();
  private final InputStream body;
  volatile boolean ended;

  private EventLine(InputStream body) {
    this.body = body;
    Thread reader = new Thread(this::read, "merchant");
    reader.setDaemon(true);
    reader.start();
  }

  static EventLine open(String base, String token, Long lastEventId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/v1/order-stream"))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId.toString());
    }
    HttpResponse<InputStream> answer =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("the stream answered " + answer.statusCode());
    }
    return new EventLine(answer.body());
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      Long id = null;
      String name = null;
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (name != null) {
            received.add(new Received(id, name, data.toString()));
          }
          id = null;
          name = null;
          data.setLength(0);
        } else if (line.startsWith("id:")) {
          id = Long.valueOf(line.substring(3).trim());
        } else if (line.startsWith("event:")) {
          name = line.substring(6).trim();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).trim());
        }
      }
    } catch (IOException cutOff) {
      // How a line is lost.
    } finally {
      ended = true;
    }
  }

  List<String> names() {
    return received.stream().map(Received::name).toList();
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException alreadyGone) {
      // Nothing to close.
    }
  }
}
