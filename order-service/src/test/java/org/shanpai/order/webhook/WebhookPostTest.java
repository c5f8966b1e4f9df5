package org.shanpai.order.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.order.webhook.WebhookPost.Message;
import org.shanpai.order.webhook.WebhookPost.Result;

class WebhookPostTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Result send(boolean publicOnly, TargetGuard.Names names, String url) {
    WebhookPost post =
        new WebhookPost(
            vertx, new TargetGuard(publicOnly, names), new Settings(), WallClock.system());
    try {
      return post.send(
              new Message("msg-1", "{\"a\":1}", url, List.of(StandardSignature.newSecret())))
          .await()
          .atMost(Duration.ofSeconds(20));
    } finally {
      post.close();
    }
  }

  @Test
  void connectsToTheAddressLookedAtAndKeepsTheNameAsHost() throws Exception {
    try (Receiver receiver = new Receiver(n -> 200)) {
      AtomicInteger asked = new AtomicInteger();
      // No resolver of this machine knows the name: a second look-up would fail.
      Result result =
          send(
              false,
              host -> {
                asked.incrementAndGet();
                return new InetAddress[] {LOOPBACK};
              },
              "http://shop.invalid:" + receiver.port() + "/hook");
      assertThat(result).isInstanceOf(Result.Answered.class);
      assertThat(asked).hasValue(1);
      assertThat(receiver.notices.get(0).host()).isEqualTo("shop.invalid:" + receiver.port());
    }
  }

  @Test
  void aNameThatLeadsInsideTodayIsNotCalledWhateverItWasYesterday() throws Exception {
    try (Receiver receiver = new Receiver(n -> 200)) {
      AtomicInteger asked = new AtomicInteger();
      InetAddress outside = InetAddress.getByName("203.0.113.9");
      TargetGuard.Names rebinds =
          host -> new InetAddress[] {asked.getAndIncrement() == 0 ? outside : LOOPBACK};
      String url = "https://shop.invalid:" + receiver.port() + "/hook";
      assertThat(new TargetGuard(true, rebinds).rule(url))
          .isInstanceOf(TargetGuard.Ruling.Allowed.class);
      Result result = send(true, rebinds, url);
      assertThat(result)
          .isInstanceOfSatisfying(
              Result.NoAnswer.class,
              none -> assertThat(none.error()).contains("not on the public internet"));
      assertThat(asked).hasValue(2);
      assertThat(receiver.notices).isEmpty();
    }
  }

  @Test
  void aRedirectIsAnAnswerAndNotFollowed() throws Exception {
    try (Receiver receiver = new Receiver(n -> 302)) {
      Result result = send(false, InetAddress::getAllByName, receiver.url());
      assertThat(((Result.Answered) result).status()).isEqualTo(302);
      assertThat(((Result.Answered) result).good()).isFalse();
      assertThat(receiver.notices).hasSize(1);
    }
  }

  @Test
  void ofALongAnswerOnlyTheBeginningIsHeard() throws Exception {
    try (Receiver receiver = new Receiver(n -> 200)) {
      receiver.says = "好\n" + "x".repeat(5_000_000);
      Result result = send(false, InetAddress::getAllByName, receiver.url());
      String answer = ((Result.Answered) result).answer();
      assertThat(answer).hasSize(500).startsWith("好 xxx");
    }
  }

  @Test
  void anAnswerThatDripsForEverEndsWithTheTimeOut() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK)) {
      Thread drip =
          new Thread(
              () -> {
                try (Socket socket = server.accept()) {
                  OutputStream out = socket.getOutputStream();
                  out.write(
                      "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                          .getBytes(StandardCharsets.US_ASCII));
                  while (true) {
                    out.write('x');
                    out.flush();
                    Thread.sleep(100);
                  }
                } catch (Exception hungUp) {
                  // As it should.
                }
              });
      drip.setDaemon(true);
      drip.start();
      Result result =
          send(false, InetAddress::getAllByName, "http://127.0.0.1:" + server.getLocalPort() + "/");
      assertThat(result)
          .isInstanceOfSatisfying(
              Result.NoAnswer.class, none -> assertThat(none.error()).contains("no whole answer"));
      assertThat(result.millis()).isBetween(900, 5_000);
      drip.join(5_000);
      assertThat(drip.isAlive()).isFalse();
    }
  }

  /** A second for an answer. */
  private record Settings() implements WebhookSettings {
    @Override
    public String poll() {
      return "1s";
    }

    @Override
    public Duration giveUpAfter() {
      return Duration.ofDays(3);
    }

    @Override
    public Duration firstRetry() {
      return Duration.ofSeconds(2);
    }

    @Override
    public Duration longestRetry() {
      return Duration.ofHours(8);
    }

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(1);
    }

    @Override
    public int inFlight() {
      return 4;
    }

    @Override
    public int inFlightPerMerchant() {
      return 4;
    }

    @Override
    public Duration overlap() {
      return Duration.ofDays(1);
    }

    @Override
    public Duration keep() {
      return Duration.ofDays(30);
    }
  }
}
