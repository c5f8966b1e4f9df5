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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private record Rider(GeoPoint place, Instant at, Integer trust, Integer battery) {}

  private static final Map<Integer, GeoStandIn> BY_PORT = new ConcurrentHashMap<>();

  private final Map<String, Map<String, Rider>> riders = new ConcurrentHashMap<>();
  private final AtomicInteger matrices = new AtomicInteger();
  private final Map<GeoPoint, Integer> stopTimes = new ConcurrentHashMap<>();
  private final Set<GeoPoint> cutOff = ConcurrentHashMap.newKeySet();
  private final AtomicInteger stopQuestions = new AtomicInteger();
  private volatile boolean stopTimesAway;
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
      server.createContext("/internal/v1/stop-times", this::stopTimes);
      server.createContext("/v1/riders/", this::position);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void put(String areaId, String riderId, GeoPoint place, Instant at) {
    riders
        .computeIfAbsent(areaId, area -> new ConcurrentHashMap<>())
        .put(riderId, new Rider(place, at, null, null));
  }

  /** The same with what geo-service judged of the reading. */
  void put(
      String areaId, String riderId, GeoPoint place, Instant at, Integer trust, Integer battery) {
    riders
        .computeIfAbsent(areaId, area -> new ConcurrentHashMap<>())
        .put(riderId, new Rider(place, at, trust, battery));
  }

  /** Finished jobs taught this of stops at that place. */
  void stopTime(GeoPoint place, int seconds) {
    stopTimes.put(place, seconds);
  }

  /** Nothing leads to that place or away from it. */
  void cutOff(GeoPoint place) {
    cutOff.add(place);
  }

  /** Questions for stop times answered so far. */
  int stopQuestions() {
    return stopQuestions.get();
  }

  /** Only stop times are not told. */
  void stopTimesAway(boolean gone) {
    stopTimesAway = gone;
  }

  /** The rider is no longer near the area. */
  void leave(String areaId, String riderId) {
    riders.getOrDefault(areaId, Map.of()).remove(riderId);
  }

  void clear() {
    riders.clear();
    stopTimes.clear();
    cutOff.clear();
    stopTimesAway = false;
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
    riders.getOrDefault(area, Map.of()).forEach((id, rider) -> answer.add(told(id, rider)));
    answer(exchange, 200, Json.write(answer).getBytes(StandardCharsets.UTF_8));
  }

  private void position(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().split("/")[3];
    for (Map<String, Rider> inArea : riders.values()) {
      Rider rider = inArea.get(id);
      if (rider != null) {
        answer(exchange, 200, Json.write(told(id, rider)).getBytes(StandardCharsets.UTF_8));
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
        boolean cut =
            !from.equals(to) && (cutOff.contains(place(from)) || cutOff.contains(place(to)));
        cells.putInt(cut ? -1 : (int) Math.ceil(place(from).metresTo(place(to)) / (15 / 3.6)));
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

  private void stopTimes(HttpExchange exchange) throws IOException {
    List<Map<String, Object>> answer = new ArrayList<>();
    for (JsonNode stop : Json.mapper().readTree(exchange.getRequestBody()).get("stops")) {
      Integer seconds = stopTimes.get(place(stop.get("place")));
      answer.add(
          Map.of(
              "seconds",
              seconds == null ? 1 : seconds,
              "p80Seconds",
              900,
              "samples",
              seconds == null ? 0 : 25));
    }
    stopQuestions.incrementAndGet();
    byte[] body = Json.write(Map.of("stops", answer)).getBytes(StandardCharsets.UTF_8);
    answer(exchange, stopTimesAway ? 503 : 200, body);
  }

  private static Map<String, Object> told(String id, Rider rider) {
    Map<String, Object> told = new HashMap<>();
    told.put("riderId", id);
    told.put("place", rider.place());
    told.put("at", rider.at());
    told.put("ageSeconds", 0);
    told.put("trust", rider.trust());
    told.put("batteryPercent", rider.battery());
    return told;
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
