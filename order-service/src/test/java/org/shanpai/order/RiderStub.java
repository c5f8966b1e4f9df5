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

/**
 * Stands in for rider-service: riders have {@link #PHONE}, but those whose ids begin with {@code
 * r-away} bring it down, and {@code r-unknown} it does not know.
 */
public class RiderStub implements QuarkusTestResourceLifecycleManager {

  public static final String PHONE = "13800000023";

  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/internal/v1/riders/", RiderStub::contact);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    return Map.of("shanpai.rider.url", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void contact(HttpExchange exchange) throws IOException {
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    String rider = exchange.getRequestURI().getPath().split("/")[4];
    if (bearer == null || !bearer.startsWith("Bearer ")) {
      answer(exchange, 401, "{}");
    } else if (rider.startsWith("r-away")) {
      answer(exchange, 500, "{}");
    } else if (rider.startsWith("r-unknown")) {
      answer(exchange, 404, "{}");
    } else {
      answer(exchange, 200, "{\"riderId\":\"%s\",\"phone\":\"%s\"}".formatted(rider, PHONE));
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
