package org.shanpai.rider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.shanpai.rider.page.PlayedDispatch;

/**
 * dispatch-service, order-service and geo-service as small local HTTP servers. What they answer
 * depends only on what is asked, so that no state has to be shared with the tests; what was asked
 * can be read at {@code /asked}.
 */
public final class NeighbourStubs implements QuarkusTestResourceLifecycleManager {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final PlayedDispatch played = new PlayedDispatch();
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return Map.of(
        "shanpai.dispatch.url",
        url,
        "shanpai.order.url",
        url,
        "shanpai.geo.url",
        url,
        "quarkus.rest-client.dispatch.read-timeout",
        "1500",
        // Tests tell the time of campaigns and welfare themselves.
        "shanpai.campaign.advance-every",
        "off",
        "shanpai.welfare.pay-every",
        "off",
        "test.neighbours.url",
        url);
  }

  @Override
  public void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    String body =
        path.contains("/proofs/")
            ? bytes.length + " bytes " + exchange.getRequestURI().getQuery()
            : new String(bytes, StandardCharsets.UTF_8);
    if (path.equals("/asked")) {
      reply(exchange, 200, "text/plain", String.join("\n", asked));
      return;
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    asked.add(
        exchange.getRequestMethod()
            + " "
            + path
            + " key="
            + exchange.getRequestHeaders().getFirst("Idempotency-Key")
            + " act="
            + actor(authorization)
            + " "
            + body);
    if (path.contains("/proofs/") && exchange.getRequestMethod().equals("GET")) {
      if (path.contains("erased")) {
        problem(exchange, 404, "not-found", null, "There is no such picture any more.", null);
      } else {
        reply(exchange, 200, "image/jpeg", "picture of " + actor(authorization));
      }
      return;
    }
    if (path.contains("/proofs/")) {
      String proofId = path.substring(path.lastIndexOf('/') + 1);
      reply(exchange, 200, "application/json", "{\"proofId\":\"" + proofId + "\"}");
      return;
    }
    if (path.matches("/v1/(positions|route|streets)")) {
      PlayedDispatch.Reply told = PlayedDispatch.geo(path, exchange.getRequestURI().getQuery());
      reply(exchange, told.status(), "application/json", told.body());
      return;
    }
    JsonNode json = JSON.readTree(body.isEmpty() ? "{}" : body);
    if (played.plays(path, json)) {
      PlayedDispatch.Reply told =
          played.answer(path, exchange.getRequestHeaders().getFirst("Idempotency-Key"), json);
      String type = told.status() < 400 ? "application/json" : "application/problem+json";
      reply(exchange, told.status(), told.body().isEmpty() ? null : type, told.body());
      return;
    }
    if (path.endsWith("/codes/check")) {
      checkCode(exchange, json);
    } else if (path.endsWith("/contact")) {
      reply(
          exchange,
          200,
          "application/json",
          "{\"contactName\":\"李女士\",\"contactPhone\":\"13900000001\",\"address\":\"文三路 90 号\"}");
    } else {
      dispatch(exchange, path, json);
    }
  }

  private void checkCode(HttpExchange exchange, JsonNode json) throws IOException {
    switch (json.path("code").asText()) {
      case "0000" -> problem(exchange, 409, "wrong-code", "code", "That is not the code.", null);
      case "9999" ->
          problem(exchange, 429, "too-many-tries", "code", "Too many wrong codes.", "60");
      default -> reply(exchange, 204, null, "");
    }
  }

  private void dispatch(HttpExchange exchange, String path, JsonNode json) throws IOException {
    if (path.contains("r-trusted") && path.endsWith("/whereabouts")) {
      reply(
          exchange,
          200,
          "application/json",
          "{\"trustedPlace\":{\"lat\":30.5,\"lon\":120.5},"
              + "\"trustedAt\":\"2026-03-02T04:00:00Z\",\"jobs\":[\"j-9\"]}");
    } else if (path.contains("of-gone")) {
      problem(exchange, 409, "offer-gone", null, "The offer is no longer open.", null);
    } else if (path.contains("of-others")) {
      problem(exchange, 404, "not-found", null, "There is no such offer.", null);
    } else if (path.contains("of-slow")) {
      sleep();
      reply(exchange, 200, "application/json", "{}");
    } else if (path.contains("of-broken")) {
      reply(exchange, 500, "text/plain", "boom");
    } else if (path.contains("of-refuses-us")) {
      reply(exchange, 401, "text/plain", "");
    } else if (path.contains("j-early")) {
      problem(exchange, 409, "out-of-turn", "step", "Next is ARRIVED_STORE.", null);
    } else if (path.contains("/hand-overs") && !exchange.getRequestMethod().equals("GET")) {
      handOver(exchange, path, json);
    } else if (path.endsWith("/hall")) {
      reply(exchange, 200, "application/json", "{\"jobs\":[]}");
    } else if (json.path("epoch").asLong(1) == 0) {
      problem(exchange, 409, "stale-epoch", "epoch", "The job was taken away.", null);
    } else {
      String rider = path.contains("/riders/") ? path.split("/")[4] : json.path("riderId").asText();
      reply(
          exchange,
          200,
          "application/json",
          "{\"work\":{\"riderId\":\""
              + rider
              + "\",\"cityId\":\"city-1\",\"version\":7,\"online\":true,\"capacityUnits\":8,"
              + "\"loadUnits\":2,\"jobs\":[{\"jobId\":\"j-just-accepted-"
              + rider
              + "\",\"epoch\":3,\"status\":\"ASSIGNED\"}],\"route\":[]}}");
    }
  }

  /** The other rider is told in the name of the hand-over: {@code ho-GIVER..TAKER}. */
  private static void handOver(HttpExchange exchange, String path, JsonNode json)
      throws IOException {
    String rider = path.split("/")[4];
    boolean asked = path.endsWith("/hand-overs");
    String[] both = asked ? new String[0] : path.split("/")[6].substring(3).split("[.][.]");
    String from = asked || both.length < 2 ? rider : both[0];
    String to = asked ? json.path("toRiderId").asText() : both.length < 2 ? rider : both[1];
    String shown =
        "{\"handOverId\":\"ho-1\",\"jobId\":\"j-1\",\"epoch\":3,\"fromRiderId\":\""
            + from
            + "\",\"toRiderId\":\""
            + to
            + "\",\"state\":\""
            + (asked ? "ASKED" : path.endsWith("/accept") ? "ACCEPTED" : "DECLINED")
            + "\",\"faceToFace\":true,\"code\":\"481516\"}";
    reply(exchange, 200, "application/json", asked ? shown : "{\"handOver\":" + shown + "}");
  }

  private static void sleep() {
    try {
      Thread.sleep(4_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String actor(String authorization) {
    try {
      String payload = authorization.split("\\.")[1];
      JsonNode claims = JSON.readTree(java.util.Base64.getUrlDecoder().decode(payload));
      return claims.path("act").asText() + "@" + claims.path("aud").asText();
    } catch (IOException | RuntimeException e) {
      return "nobody";
    }
  }

  private static void problem(
      HttpExchange exchange,
      int status,
      String slug,
      String field,
      String detail,
      String retryAfter)
      throws IOException {
    if (retryAfter != null) {
      exchange.getResponseHeaders().add("Retry-After", retryAfter);
    }
    reply(
        exchange,
        status,
        "application/problem+json",
        "{\"type\":\"urn:shanpai:problem:"
            + slug
            + "\",\"status\":"
            + status
            + (field == null ? "" : ",\"field\":\"" + field + "\"")
            + ",\"detail\":\""
            + detail
            + "\"}");
  }

  private static void reply(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (type != null) {
      exchange.getResponseHeaders().add("Content-Type", type);
    }
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }
}
