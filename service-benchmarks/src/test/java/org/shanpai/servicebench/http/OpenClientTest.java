package org.shanpai.servicebench.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time runs from when a request was due, however busy the connections are. */
class OpenClientTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private volatile long firstTakesMillis;
  private volatile boolean silent;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          if (asked.getAndIncrement() == 0) {
            sleep(firstTakesMillis);
          }
          if (!silent) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Each posts its number. */
  private static final class Numbers implements OpenClient.Work {
    final List<String> answers = new ArrayList<>();

    @Override
    public void write(int arrival, ByteBuffer request) {
      String body = "no " + arrival;
      request.put(
          "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(body.length(), body)
              .getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void answered(int arrival, int status, ByteBuffer body) {
      answers.add(arrival + " " + status + " " + StandardCharsets.US_ASCII.decode(body));
    }
  }

  private static Arrivals every(long millis, int count) {
    return new Arrivals(LongStream.range(0, count).map(i -> i * millis * 1_000_000).toArray());
  }

  @Test
  void everyRequestIsAnsweredOnce() {
    Numbers numbers = new Numbers();
    OpenClient.Outcome outcome;
    try (OpenClient client = new OpenClient(server.getAddress(), 4, PATIENCE)) {
      outcome = client.run(every(2, 200), numbers);
    }
    assertThat(outcome.unanswered()).isZero();
    assertThat(numbers.answers).hasSize(200).doesNotHaveDuplicates().contains("7 200 no 7");
    assertThat(outcome.seconds()).isGreaterThan(0.39);
  }

  @Test
  void oneStallIsChargedToEverybodyBehindIt() {
    firstTakesMillis = 300;
    OpenClient.Outcome outcome;
    try (OpenClient client = new OpenClient(server.getAddress(), 1, PATIENCE)) {
      outcome = client.run(every(5, 40), new Numbers());
    }
    // Those due 5, 10, 15 … ms after the first waited for the one connection, too.
    assertThat(outcome.millis(0.5)).isGreaterThan(150);
    assertThat(outcome.latencies()[1] / 1e6).isGreaterThan(290);
    assertThat(outcome.latencies()[20] / 1e6).isBetween(150.0, 3_000.0);
    assertThat(outcome.mostWaiting()).isGreaterThan(20);
  }

  @Test
  void anAnswerThatNeverComesIsToldAndTimedUntilTheEnd() {
    silent = true;
    OpenClient.Outcome outcome;
    try (OpenClient client = new OpenClient(server.getAddress(), 2, Duration.ofMillis(200))) {
      outcome = client.run(every(1, 5), new Numbers());
    }
    assertThat(outcome.unanswered()).isEqualTo(5);
    assertThat(outcome.millis(0.01)).isGreaterThan(150);
  }

  @Test
  void arrivalsAreAsManyAsAskedInOrderAndTheSameForTheSameSeed() {
    long[] nanos = Arrivals.poisson(500, Duration.ofSeconds(4), 7).nanos();
    assertThat(nanos).hasSize(2_000).isSorted();
    assertThat(nanos).isEqualTo(Arrivals.poisson(500, Duration.ofSeconds(4), 7).nanos());
    assertThat(nanos[1_999]).isLessThan(4_000_000_000L);
    // Gaps of a Poisson stream vary as much as they are long; those of an even one do not.
    double[] gaps = new double[1_999];
    Arrays.setAll(gaps, i -> nanos[i + 1] - nanos[i]);
    double mean = Arrays.stream(gaps).average().orElseThrow();
    double deviation =
        Math.sqrt(
            Arrays.stream(gaps).map(gap -> (gap - mean) * (gap - mean)).average().getAsDouble());
    assertThat(deviation / mean).isBetween(0.85, 1.15);
  }
}
