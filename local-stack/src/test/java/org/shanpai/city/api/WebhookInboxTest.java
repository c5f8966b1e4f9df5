package org.shanpai.city.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.time.WallClock;

class WebhookInboxTest {

  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes();
  private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
  private static final String BODY = "{\"type\":\"order.status\",\"data\":{\"orderId\":\"o-1\"}}";

  private final List<WebhookInbox.Outcome> outcomes = new CopyOnWriteArrayList<>();
  private final List<String> read = new ArrayList<>();
  private final WallClock wall = WallClock.system();
  private WebhookInbox inbox = new WebhookInbox(wall, 0, outcomes::add);

  @AfterEach
  void close() {
    inbox.close();
  }

  private String open() {
    String url =
        inbox.open("m-1", message -> read.add(message.path("data").path("orderId").asText()));
    inbox.secret("m-1", SECRET);
    return url;
  }

  private static String signature(String id, long timestamp, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    return "v1,"
        + Base64.getEncoder()
            .encodeToString(
                mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
  }

  private int send(String url, String id, long timestamp, String signature, String body)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void aSignedMessageIsHandedOverOnceHoweverOftenItIsSent() throws Exception {
    String url = open();
    long now = wall.millis() / 1000;
    assertThat(send(url, "w-1", now, signature("w-1", now, BODY), BODY)).isEqualTo(204);
    assertThat(send(url, "w-1", now, "v1,old " + signature("w-1", now, BODY), BODY)).isEqualTo(204);
    assertThat(read).containsExactly("o-1");
    assertThat(outcomes).containsExactly(WebhookInbox.Outcome.TAKEN, WebhookInbox.Outcome.REPEATED);
  }

  @Test
  void aBodyTimeOrIdThatWasNotSignedIsRefused() throws Exception {
    String url = open();
    long now = wall.millis() / 1000;
    String good = signature("w-1", now, BODY);
    assertThat(send(url, "w-1", now, good, BODY.replace("o-1", "o-2"))).isEqualTo(401);
    assertThat(send(url, "w-2", now, good, BODY)).isEqualTo(401);
    assertThat(send(url, "w-1", now + 1, good, BODY)).isEqualTo(401);
    assertThat(send(url, "w-1", now - 600, signature("w-1", now - 600, BODY), BODY)).isEqualTo(401);
    assertThat(read).isEmpty();
  }

  @Test
  void whatWasTurnedAwayIsTakenTheNextTime() throws Exception {
    inbox.close();
    inbox = new WebhookInbox(wall, 2, outcomes::add);
    String url = open();
    long now = wall.millis() / 1000;
    assertThat(send(url, "w-1", now, signature("w-1", now, BODY), BODY)).isEqualTo(204);
    assertThat(send(url, "w-2", now, signature("w-2", now, BODY), BODY)).isEqualTo(503);
    assertThat(send(url, "w-2", now, signature("w-2", now, BODY), BODY)).isEqualTo(204);
    assertThat(read).hasSize(2);
  }
}
