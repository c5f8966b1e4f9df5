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
import java.util.concurrent.Executors;

/** Stands in for dispatch-service. How busy an area of {@link GeoStub}'s city is goes by its id. */
public class DispatchStub implements QuarkusTestResourceLifecycleManager {

  /** Overloaded: twice as much to do as can be done. */
  public static final double OVERLOADED_LAT = 31.1504;

  /** Nothing was learned of acceptance yet. */
  public static final double UNLEARNED_LAT = 31.3504;

  /** Dispatch breaks. */
  public static final double BROKEN_LAT = 31.4504;

  /** Dispatch answers after two seconds. */
  public static final double SLOW_LAT = 31.5504;

  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/internal/v1/areas/", DispatchStub::load);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    return Map.of("shanpai.dispatch.url", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void load(HttpExchange exchange) throws IOException {
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    String area = exchange.getRequestURI().getPath().split("/")[4];
    String body =
        "{\"areaId\":\"%s\",\"openJobs\":14,\"ridersOnline\":31,\"load\":%s,"
            + "\"acceptP50Seconds\":%s,\"acceptP80Seconds\":%s,\"samples\":%d}";
    if (bearer == null || !bearer.startsWith("Bearer ")) {
      answer(exchange, 401, "{}");
      return;
    }
    switch (area) {
      case "a-311" -> answer(exchange, 200, body.formatted(area, "2.0", "41", "95", 212));
      case "a-313" -> answer(exchange, 200, body.formatted(area, "0.4", "null", "null", 0));
      case "a-314" -> answer(exchange, 500, "{}");
      case "a-315" -> {
        try {
          Thread.sleep(2_000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        answer(exchange, 200, body.formatted(area, "9.0", "41", "95", 212));
      }
      default -> answer(exchange, 200, body.formatted(area, "0.4", "41", "95", 212));
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
