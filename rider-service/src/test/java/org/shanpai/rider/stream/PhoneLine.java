package org.shanpai.rider.stream;

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

/** A rider's phone: an SSE client that can be cut off at any moment. */
final class PhoneLine implements AutoCloseable {

  /** An event as received; id null when it carried none. */
  record Received(Long id, String name, String data, long atNanos) {}

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final List<Received> received = new CopyOnWriteArrayList<>();
  final List<String> comments = new CopyOnWriteArrayList<>();
  final List<String> strangeLines = new CopyOnWriteArrayList<>();
  private final InputStream body;
  volatile boolean ended;

  private PhoneLine(InputStream body) {
    this.body = body;
    Thread reader = new Thread(this::read, "phone");
    reader.setDaemon(true);
    reader.start();
  }

  static PhoneLine open(String base, String token, Long lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "v1/rider/stream"))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId.toString());
    }
    try {
      HttpResponse<InputStream> answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("the stream answered " + answer.statusCode());
      }
      return new PhoneLine(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
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
            received.add(new Received(id, name, data.toString(), System.nanoTime()));
          }
          id = null;
          name = null;
          data.setLength(0);
        } else if (line.startsWith(":")) {
          comments.add(line);
        } else if (line.startsWith("id:")) {
          id = Long.valueOf(line.substring(3).trim());
        } else if (line.startsWith("event:")) {
          name = line.substring(6).trim();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).trim());
        } else {
          strangeLines.add(line);
        }
      }
    } catch (IOException cutOff) {
      // how a phone loses its line
    } finally {
      ended = true;
    }
  }

  List<Long> ids() {
    return received.stream().map(Received::id).toList();
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException alreadyGone) {
      // nothing to close
    }
  }
}
