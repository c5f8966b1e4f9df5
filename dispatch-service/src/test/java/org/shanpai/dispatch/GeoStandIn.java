package org.shanpai.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.messaging.Json;

/**
 * geo-service as far as dispatch asks it, over real HTTP: riders in every area, travel times at 15
 * km/h along the straight line. Can be told to be away.
 */
final class GeoStandIn {

  private record Rider(GeoPoint place, Instant at) {}

  private static final Map<Integer, GeoStandIn> BY_PORT = new ConcurrentHashMap<>();

  private final Map<String, Map<String, Rider>> riders = new ConcurrentHashMap<>();
  private final AtomicInteger matrices = new AtomicInteger();
  private volatile boolean away;
  private volatile Runnable meanwhile;

  static GeoStandIn on(int port) {
    return BY_PORT.computeIfAbsent(port, GeoStandIn::new);
  }

  private GeoStandIn(int port) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.setExecutor(
          Executors.newCachedThreadPool(
              work -> {
                Thread thread = new Thread(work, "geo-stand-in");
                thread.setDaemon(true);
                return thread;
              }));
      server.createContext("/internal/v1/areas/", this::riders);
      server.createContext("/internal/v1/travel-times", this::travelTimes);
      server.createContext("/v1/riders/", this::position);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void put(String areaId, String riderId, GeoPoint place, Instant at) {
    riders
        .computeIfAbsent(areaId, area -> new ConcurrentHashMap<>())
        .put(riderId, new Rider(place, at));
  }

  /** The rider is no longer near the area. */
  void leave(String areaId, String riderId) {
    riders.getOrDefault(areaId, Map.of()).remove(riderId);
  }

  void clear() {
    riders.clear();
    away = false;
    meanwhile = null;
  }

  /** Happens once, while the next wave waits for its travel times. */
  void meanwhile(Runnable deed) {
    meanwhile = deed;
  }

  void away(boolean gone) {
    away = gone;
  }

  /** Travel time questions answered so far. */
  int matrices() {
    return matrices.get();
  }

  private void riders(HttpExchange exchange) throws IOException {
    String area = exchange.getRequestURI().getPath().split("/")[4];
    List<Map<String, Object>> answer = new ArrayList<>();
    riders
        .getOrDefault(area, Map.of())
        .forEach(
            (id, rider) ->
                answer.add(
                    Map.of(
                        "riderId", id, "place", rider.place(), "at", rider.at(), "ageSeconds", 0)));
    answer(exchange, 200, Json.write(answer).getBytes(StandardCharsets.UTF_8));
  }

  private void position(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().split("/")[3];
    for (Map<String, Rider> inArea : riders.values()) {
      Rider rider = inArea.get(id);
      if (rider != null) {
        String body = Json.write(Map.of("riderId", id, "place", rider.place(), "at", rider.at()));
        answer(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
        return;
      }
    }
    answer(exchange, 404, "{}".getBytes(StandardCharsets.UTF_8));
  }

  private void travelTimes(HttpExchange exchange) throws IOException {
    JsonNode question = Json.mapper().readTree(exchange.getRequestBody());
    ByteBuffer cells =
        ByteBuffer.allocate(
            4 * question.get("origins").size() * question.get("destinations").size());
    for (JsonNode from : question.get("origins")) {
      for (JsonNode to : question.get("destinations")) {
        cells.putInt((int) Math.ceil(place(from).metresTo(place(to)) / (15 / 3.6)));
      }
    }
    matrices.incrementAndGet();
    Runnable deed = meanwhile;
    if (deed != null) {
      meanwhile = null;
      deed.run();
    }
    answer(exchange, 200, cells.array());
  }

  private static GeoPoint place(JsonNode node) {
    return new GeoPoint(node.get("lat").asDouble(), node.get("lon").asDouble());
  }

  private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      boolean known = exchange.getRequestHeaders().containsKey("Authorization");
      int code = away ? 503 : known ? status : 401;
      exchange
          .getResponseHeaders()
          .add(
              "Content-Type",
              exchange.getRequestURI().getPath().endsWith("travel-times")
                  ? "application/octet-stream"
                  : "application/json");
      exchange.sendResponseHeaders(code, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
