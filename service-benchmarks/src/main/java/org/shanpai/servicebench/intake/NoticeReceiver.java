package org.shanpai.servicebench.intake;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Merchants' receivers of webhooks on one port: each merchant's under a path of its own, answering
 * 204 at once after checking the signature; and besides a port that accepts and never answers.
 */
final class NoticeReceiver implements AutoCloseable {

  private static final String KEY = "whsec_";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final HttpServer fast;
  private final NetServer dead;
  private final Map<String, byte[]> keys = new ConcurrentHashMap<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final AtomicLong badSignatures = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();
  private volatile BiConsumer<String, Long> listener = (id, nanos) -> {};

  NoticeReceiver() {
    this.fast =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.bodyHandler(body -> take(request, body)))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    this.dead =
        vertx
            .createNetServer()
            .connectHandler(socket -> socket.handler(ignored -> {}))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** Where a merchant's notices are taken. */
  String url(String merchantId) {
    return "http://127.0.0.1:%d/%s".formatted(fast.actualPort(), merchantId);
  }

  /** Where nobody ever answers. */
  String deadUrl() {
    return "http://127.0.0.1:%d/".formatted(dead.actualPort());
  }

  void secret(String merchantId, String secret) {
    keys.put("/" + merchantId, Base64.getDecoder().decode(secret.substring(KEY.length())));
  }

  /**
   * @param wanted gets the {@code webhook-id} and the time of {@link System#nanoTime} of each
   *     notice, once
   */
  void listen(BiConsumer<String, Long> wanted) {
    listener = wanted;
  }

  private void take(HttpServerRequest request, Buffer body) {
    long now = System.nanoTime();
    String id = request.getHeader("webhook-id");
    if (!signed(request, id, body)) {
      badSignatures.incrementAndGet();
      request.response().setStatusCode(401).end();
      return;
    }
    request.response().setStatusCode(204).end();
    if (seen.add(id)) {
      listener.accept(id, now);
    } else {
      repeated.incrementAndGet();
    }
  }

  /** After the Standard Webhooks specification; during a rotation several signatures come. */
  private boolean signed(HttpServerRequest request, String id, Buffer body) {
    byte[] key = keys.get(request.path());
    String signatures = request.getHeader("webhook-signature");
    if (key == null || id == null || signatures == null) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + request.getHeader("webhook-timestamp") + ".").getBytes());
      String wanted = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes()));
      for (String signature : signatures.split(" ")) {
        if (signature.equals(wanted)) {
          return true;
        }
      }
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HmacSHA256.", e);
    }
  }

  /** Notices whose signature was wrong. */
  long badSignatures() {
    return badSignatures.get();
  }

  /** Notices that came a second time. */
  long repeated() {
    return repeated.get();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
