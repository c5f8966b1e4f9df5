package org.shanpai.servicebench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every request is answered once and its answer is taken whole. */
class LeanClientTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext(
        "/echo",
        exchange -> {
          mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          byte[] body = exchange.getRequestBody().readAllBytes();
          underWay.decrementAndGet();
          exchange.sendResponseHeaders(202, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.createContext(
        "/chunked",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(1);
          exchange.close();
        });
    server.createContext("/silent", exchange -> {});
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Posts so many texts of growing length and remembers what came back. */
  private static final class Echo implements LeanClient.Work {
    final String path;
    final int most;
    final Map<Integer, String> sentOn = new HashMap<>();
    int sent;
    int same;
    int status;
    long nanos = Long.MAX_VALUE;

    Echo(String path, int most) {
      this.path = path;
      this.most = most;
    }

    @Override
    public boolean next(int connection, ByteBuffer request) {
      if (sent == most) {
        return false;
      }
      String body = "x".repeat(sent * 97) + sent++;
      sentOn.put(connection, body);
      request.put(
          "POST %s HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(path, body.length(), body)
              .getBytes(StandardCharsets.US_ASCII));
      return true;
    }

    @Override
    public void answered(int connection, int code, ByteBuffer body, long took) {
      status = code;
      nanos = Math.min(nanos, took);
      String came = StandardCharsets.US_ASCII.decode(body).toString();
      same += came.equals(sentOn.get(connection)) ? 1 : 0;
    }
  }

  @Test
  void everyAnswerBelongsToTheRequestOfItsConnection() {
    Echo echo = new Echo("/echo", 300);
    try (LeanClient client = new LeanClient(server.getAddress(), 7, PATIENCE)) {
      client.run(echo);
    }
    assertThat(echo.same).isEqualTo(300);
    assertThat(echo.status).isEqualTo(202);
    assertThat(echo.nanos).isBetween(1L, PATIENCE.toNanos());
    assertThat(mostUnderWay.get()).isLessThanOrEqualTo(7);
  }

  @Test
  void theSameConnectionsServeAnotherRun() {
    try (LeanClient client = new LeanClient(server.getAddress(), 2, PATIENCE)) {
      for (int run = 0; run < 3; run++) {
        Echo echo = new Echo("/echo", 10);
        client.run(echo);
        assertThat(echo.same).isEqualTo(10);
      }
    }
  }

  @Test
  void whatCannotBeUnderstoodEndsTheRun() {
    try (LeanClient client = new LeanClient(server.getAddress(), 1, PATIENCE)) {
      assertThatThrownBy(() -> client.run(new Echo("/chunked", 1)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("without Content-Length");
    }
  }

  @Test
  void serverThatSaysNothingIsNotWaitedForForever() {
    try (LeanClient client = new LeanClient(server.getAddress(), 1, Duration.ofMillis(300))) {
      assertThatThrownBy(() -> client.run(new Echo("/silent", 1)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("No answer");
    }
  }
}
