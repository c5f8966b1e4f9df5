package org.shanpai.order;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Stands in for geo-service. Its city lies between 31 and 32 degrees north, one area per tenth of a
 * degree; at 40 degrees north it breaks, at 41 it answers nonsense; elsewhere is outside.
 */
public class GeoStub implements QuarkusTestResourceLifecycleManager {

  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/internal/v1/areas/at", this::areaAt);
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
