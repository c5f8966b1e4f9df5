package org.shanpai.city.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.shanpai.contracts.time.WallClock;

/**
 * Where the merchants of the city receive their webhooks: one small server, a path for each
 * merchant. Believes only what is signed after the Standard Webhooks specification and fresh, and
 * hands each message over once, however often it is sent. Thread-safe.
 */
public final class WebhookInbox implements AutoCloseable {

  /** The specification's tolerance; a copied request is worth nothing afterwards. */
  private static final long FRESH_SECONDS = 300;

  private static final int MOST_BYTES = 256 * 1024;

  /** Ids of messages that are remembered to know a repeat by. */
  private static final int REMEMBERED = 50_000;

  /** What the inbox makes of a request. */
  public enum Outcome {
    TAKEN,
    /** Seen before: answered with 200, not handed over again. */
    REPEATED,
    /** The merchant's server had a bad moment: answered with 503, to be sent again. */
    TURNED_AWAY,
    NOT_SIGNED,
    STALE,
    UNKNOWN
  }

  private record Box(String merchantId, Consumer<JsonNode> reader) {}

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "city-webhooks");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Box> boxes = new ConcurrentHashMap<>();
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private final Map<String, Boolean> seen =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });
  private final WallClock wall;
  private final Consumer<Outcome> counts;
  private final int turnAwayEach;
  private long requests;

  /**
   * Opens it on a free port of this machine.
   *
   * @param turnAwayEach every so manieth first try is answered with 503; 0 for none
   * @param counts is told of every request
   * @throws IllegalStateException when there is no free port
   */
  public WebhookInbox(WallClock wall, int turnAwayEach, Consumer<Outcome> counts) {
    this.wall = wall;
    this.turnAwayEach = turnAwayEach;
    this.counts = counts;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    } catch (IOException e) {
      throw new IllegalStateException("The city's webhook receiver could not be opened: " + e, e);
    }
    server.setExecutor(threads);
    server.createContext("/hooks/", this::answer);
    server.start();
  }

  /** Gives a merchant a box; what arrives before its secret is known is turned away. */
  public String open(String merchantId, Consumer<JsonNode> reader) {
    boxes.put("/hooks/" + merchantId, new Box(merchantId, reader));
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/" + merchantId;
  }

  /** The secret that merchant's messages are signed with from now on. */
  public void secret(String merchantId, String secret) {
    secrets.put(merchantId, secret);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Outcome outcome = outcome(exchange);
      counts.accept(outcome);
      int status =
          switch (outcome) {
            case TAKEN, REPEATED -> 204;
            case TURNED_AWAY -> 503;
            case NOT_SIGNED, STALE -> 401;
            case UNKNOWN -> 404;
          };
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private Outcome outcome(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
    Box box = boxes.get(exchange.getRequestURI().getPath());
    if (box == null) {
      return Outcome.UNKNOWN;
    }
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
    String signatures = exchange.getRequestHeaders().getFirst("webhook-signature");
    String secret = secrets.get(box.merchantId());
    if (secret == null) {
      return Outcome.TURNED_AWAY;
    }
    if (id == null || timestamp == null || signatures == null) {
      return Outcome.NOT_SIGNED;
    }
    if (!timestamp.matches("[0-9]{1,12}")
        || Math.abs(wall.millis() / 1000 - Long.parseLong(timestamp)) > FRESH_SECONDS) {
      return Outcome.STALE;
    }
    if (!signed(secret, id + "." + timestamp + ".", body, signatures)) {
      return Outcome.NOT_SIGNED;
    }
    JsonNode message = Wire.JSON.readTree(body);
    synchronized (this) {
      requests++;
      if (turnAwayEach > 0 && requests % turnAwayEach == 0 && !seen.containsKey(id)) {
        return Outcome.TURNED_AWAY;
      }
      if (seen.putIfAbsent(id, true) != null) {
        return Outcome.REPEATED;
      }
      box.reader().accept(message);
      return Outcome.TAKEN;
    }
  }

  /** Whether one of the signatures is right; there are several while a secret is being changed. */
  static boolean signed(String secret, String head, byte[] body, String signatures) {
    byte[] expected;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    for (String signature : signatures.split(" ")) {
      if (MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
