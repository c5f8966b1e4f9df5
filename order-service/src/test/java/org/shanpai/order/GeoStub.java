package org.shanpai.order;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Executors;

/**
 * Stands in for geo-service. Its city lies between 31 and 32 degrees north, one area per tenth of a
 * degree; at 40 degrees north it breaks, at 41 it answers nonsense; elsewhere is outside.
 *
 * <p>Quotes go by how many thousandths of a degree the door lies east of {@link
 * OrderServiceScenario#LON}; see {@link Door}.
 */
public class GeoStub implements QuarkusTestResourceLifecycleManager {

  /** Doors with a story. */
  public enum Door {
    NEAR,
    /** Its floor is 2301 seconds. */
    FAR,
    UNREACHABLE,
    NO_GO,
    OUTSIDE,
    /** Geo answers after two seconds. */
    SLOW,
    /** Geo answers 500. */
    BROKEN,
    /** Geo answers something else. */
    NONSENSE,
    /** Geo has not heard of the store yet. */
    UNHEARD,
    /** Inside the polygon drawn for the store. */
    DRAWN;

    public double lon() {
      return OrderServiceScenario.LON + ordinal() / 1000.0;
    }

    static Door at(double lon) {
      int far = (int) Math.round((lon - OrderServiceScenario.LON) * 1000);
      return far > 0 && far < values().length ? values()[far] : NEAR;
    }
  }

  private HttpServer server;
  private volatile boolean windowsAway;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/internal/v1/areas/at", this::areaAt);
    server.createContext("/internal/v1/promise", GeoStub::promise);
    server.createContext("/internal/v1/eta", this::window);
    server.createContext("/v1/riders/", GeoStub::position);
    server.createContext("/v1/streets", GeoStub::streets);
    server.createContext("/_windows", this::windowsAway);
    server.createContext("/v1/jobs", GeoStub::evidence);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    return Map.of("shanpai.geo.url", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void areaAt(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    double lat = Double.parseDouble(query.replaceAll(".*lat=([0-9.-]+).*", "$1"));
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    if (bearer == null || !bearer.startsWith("Bearer ")) {
      answer(exchange, 401, "{}");
    } else if (lat >= 31 && lat < 32) {
      answer(exchange, 200, "{\"areaId\":\"a-" + (int) Math.floor(lat * 10) + "\"}");
    } else if (lat >= 40 && lat < 41) {
      answer(exchange, 500, "{\"title\":\"broken\"}");
    } else if (lat >= 41 && lat < 42) {
      answer(exchange, 200, "<html>not json</html>");
    } else {
      answer(exchange, 404, "{\"status\":404}");
    }
  }

  private static void promise(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Door door = Door.at(number(body, "\"dropoff\":.*?\"lon\":"));
    int floor = door == Door.FAR ? 2301 : 900;
    quote(
        exchange,
        door,
        ("{\"metres\":1500,\"travelSeconds\":360,\"plannedSeconds\":700,\"plannedP85Seconds\":900,"
                + "\"floorSeconds\":%d,\"weatherExtraSeconds\":0,\"reachable\":%s,\"zones\":%s}")
            .formatted(floor, door != Door.UNREACHABLE, zones(door)));
  }

  private static String zones(Door door) {
    return switch (door) {
      case NO_GO -> "{\"serves\":false,\"reason\":\"NO_GO\"}";
      case OUTSIDE -> "{\"serves\":false,\"reason\":\"OUTSIDE_DELIVERY_RANGE\"}";
      case DRAWN -> "{\"serves\":true,\"reason\":null,\"inRange\":true}";
      default -> "{\"serves\":true,\"reason\":null,\"inRange\":null}";
    };
  }

  private static void quote(HttpExchange exchange, Door door, String body) throws IOException {
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    if (bearer == null || !bearer.startsWith("Bearer ")) {
      answer(exchange, 401, "{}");
      return;
    }
    switch (door) {
      case SLOW -> {
        try {
          Thread.sleep(2_000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        answer(exchange, 200, body);
      }
      case BROKEN -> answer(exchange, 500, "{}");
      case NONSENSE -> answer(exchange, 200, "<html>not json</html>");
      case UNHEARD -> answer(exchange, 404, "{\"status\":404}");
      default -> answer(exchange, 200, body);
    }
  }

  private void windowsAway(HttpExchange exchange) throws IOException {
    windowsAway = exchange.getRequestURI().getQuery().endsWith("away=true");
    answer(exchange, 200, "{}");
  }

  private void window(HttpExchange exchange) throws IOException {
    Instant now = Instant.now();
    if (refusedStranger(exchange)) {
      return;
    }
    if (windowsAway) {
      answer(exchange, 404, "{\"status\":404}");
      return;
    }
    answer(
        exchange,
        200,
        "{\"plannedAt\":\"%s\",\"earliestAt\":\"%s\",\"latestAt\":\"%s\",\"coverage\":0.8,\"samples\":412}"
            .formatted(now.plusSeconds(780), now.plusSeconds(600), now.plusSeconds(1080)));
  }

  /** A rider's place is in its id, as in r-x:31.235:121.474; with :moving it goes on north. */
  private static void position(HttpExchange exchange) throws IOException {
    if (refusedStranger(exchange)) {
      return;
    }
    if (exchange.getRequestURI().getPath().endsWith("/track")) {
      track(exchange);
      return;
    }
    String[] parts = exchange.getRequestURI().getPath().split("/")[3].split(":");
    if (parts.length < 3) {
      answer(exchange, 404, "{\"status\":404}");
      return;
    }
    Instant now = Instant.now();
    double north = parts.length > 3 ? now.getEpochSecond() % 100 * 2e-5 : 0;
    answer(
        exchange,
        200,
        "{\"place\":{\"lat\":%s,\"lon\":%s},\"at\":\"%s\",\"ageSeconds\":1,\"trust\":96}"
            .formatted(Double.parseDouble(parts[1]) + north, parts[2], now));
  }

  /** Half a degree of streets is more than any delivery needs. */
  private static void streets(HttpExchange exchange) throws IOException {
    if (refusedStranger(exchange)) {
      return;
    }
    String query = exchange.getRequestURI().getQuery();
    double south = number(query, "south=");
    double west = number(query, "west=");
    double north = number(query, "north=");
    double east = number(query, "east=");
    if (north - south > 0.1 || east - west > 0.1) {
      answer(exchange, 400, "{\"field\":\"north\"}");
      return;
    }
    StringJoiner lines =
        new StringJoiner(",", "{\"version\":\"a-1\",\"complete\":true,\"streets\":[", "]}");
    int step = 0;
    for (double lat = Math.floor(south * 400) / 400; lat < north; lat += 0.0025) {
      lines.add(street(step++ % 3 == 0 ? "primary" : "residential", lat, west, lat + 0.0004, east));
    }
    for (double lon = Math.floor(west * 400) / 400; lon < east; lon += 0.0025) {
      lines.add(street(step++ % 4 == 0 ? "secondary" : "residential", south, lon, north, lon));
    }
    answer(exchange, 200, lines.toString());
  }

  private static String street(String kind, double lat, double lon, double toLat, double toLon) {
    return "{\"kind\":\"%s\",\"line\":[%.5f,%.5f,%.5f,%.5f]}"
        .formatted(kind, lat, lon, toLat, toLon);
  }

  private static boolean refusedStranger(HttpExchange exchange) throws IOException {
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    if (bearer == null || !bearer.startsWith("Bearer ")) {
      answer(exchange, 401, "{}");
      return true;
    }
    return false;
  }

  /** Every rider stands 14 metres from every door. */
  private static void evidence(HttpExchange exchange) throws IOException {
    answer(exchange, 200, "{\"times\":[{\"metresToDoor\":13.7}]}");
  }

  /**
   * Riders whose id begins with r-door stand at the scenario's door for 90 seconds, those with
   * r-past ride past it, r-away stay elsewhere; of others nothing can be told.
   */
  private static void track(HttpExchange exchange) throws IOException {
    String rider = exchange.getRequestURI().getPath().split("/")[3];
    double near = OrderServiceScenario.LAT + 0.01;
    double[] lats =
        rider.startsWith("r-door")
            ? new double[] {near, near, near, near}
            : rider.startsWith("r-past")
                ? new double[] {near - 0.005, near, near + 0.005, near + 0.01}
                : new double[] {near - 0.02, near - 0.02, near - 0.02, near - 0.02};
    if (!rider.startsWith("r-door") && !rider.startsWith("r-past") && !rider.startsWith("r-away")) {
      answer(exchange, 500, "{}");
      return;
    }
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < lats.length; i++) {
      points
          .append(i == 0 ? "" : ",")
          .append(
              "{\"at\":\"2026-11-22T04:%02d:%02dZ\",\"place\":{\"lat\":%s,\"lon\":%s},\"accuracyMetres\":8.0,\"trust\":95}"
                  .formatted(i / 2, i % 2 * 30, lats[i], OrderServiceScenario.LON));
    }
    answer(exchange, 200, "{\"points\":[" + points + "]}");
  }

  private static double number(String text, String after) {
    return Double.parseDouble(text.replaceAll("(?s).*" + after + "([0-9.-]+).*", "$1"));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }
}
