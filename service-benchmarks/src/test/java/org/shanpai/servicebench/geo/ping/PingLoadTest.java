package org.shanpai.servicebench.geo.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.servicebench.measure.Latencies;

/** Only pings that the service said it believes count, and a rider's request is a whole one. */
class PingLoadTest {

  private static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.1", 8084);
  private static final long LATER = System.nanoTime() + TimeUnit.HOURS.toNanos(1);

  private final Crowd crowd = new Crowd(3, CoordinateSystem.WGS_84, 1_000_000, 1);
  private final PingLoad load = new PingLoad(crowd, 2, SERVER, rider -> "token-" + rider);

  private static ByteBuffer answer(String body) {
    return ByteBuffer.wrap(body.getBytes(StandardCharsets.US_ASCII));
  }

  private String next(int connection) {
    ByteBuffer request = ByteBuffer.allocate(1 << 14);
    assertThat(load.next(connection, request)).isTrue();
    return new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII);
  }

  @Test
  void requestsAreWholeAndGoFromRiderToRider() throws IOException {
    load.begin(LATER, 100);
    for (int i = 0; i < 7; i++) {
      String[] parts = next(i % 2).split("\r\n\r\n");
      assertThat(parts).hasSize(2);
      assertThat(parts[0])
          .startsWith("POST /v1/positions HTTP/1.1\r\nHost: 127.0.0.1:8084\r\n")
          .contains("\r\nAuthorization: Bearer token-" + i % 3 + "\r\n")
          .endsWith("\r\nContent-Length: " + parts[1].length());
      assertThat(new ObjectMapper().readTree(parts[1]).path("sessionId").asText())
          .isEqualTo("s-" + i % 3);
    }
  }

  @Test
  void whatWasRefusedDoesNotCount() {
    load.begin(LATER, 100);
    next(0);
    next(1);
    load.answered(0, 202, answer("{\"accepted\":10,\"rejected\":[]}"), 5);
    load.answered(1, 202, answer("{\"rejected\":[{\"index\":3}],\"accepted\":7}"), 5);
    next(0);
    load.answered(0, 503, answer("{\"accepted\":10}"), 5);
    assertThat(load.requests()).isEqualTo(3);
    assertThat(load.accepted()).isEqualTo(17);
    assertThat(load.refused()).isEqualTo(3);
    assertThat(load.errors()).isEqualTo(1);
    assertThat(load.firstError()).startsWith("202 ").contains("\"index\":3");
    assertThat(load.believedAt(0)).isEqualTo(crowd.newestAt(0)).isPositive();
    assertThat(load.believedAt(1)).isZero();
    assertThat(load.believedAt(2)).isZero();
    assertThat(load.newest().riderId()).isEqualTo(crowd.riderId(0));
  }

  @Test
  void itEndsWithItsTimeOrItsRequests() {
    ByteBuffer request = ByteBuffer.allocate(1 << 14);
    load.begin(LATER, 1);
    next(0);
    assertThat(load.next(1, request)).isFalse();
    load.begin(System.nanoTime(), 100);
    assertThat(load.next(1, request)).isFalse();
    assertThatThrownBy(() -> new PingLoad(crowd, 4, SERVER, rider -> ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void lagIsTheTimeUntilThePingCanBeRead() throws InterruptedException {
    long delay = TimeUnit.MILLISECONDS.toNanos(30);
    AtomicLong answeredAt = new AtomicLong();
    Latencies lags;
    try (LagProbe probe =
        new LagProbe(
            () -> {
              answeredAt.set(System.nanoTime());
              return new LagProbe.Answered("r", 7, answeredAt.get());
            },
            riderId -> System.nanoTime() - answeredAt.get() < delay ? 6 : 7)) {
      Thread.sleep(1_000);
      lags = probe.end();
    }
    assertThat(lags.count()).isPositive();
    assertThat(lags.millis(0.01)).isGreaterThanOrEqualTo(30);
  }
}
