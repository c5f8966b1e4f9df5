package org.shanpai.rider.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.rider.RiderServiceTestBase;

/**
 * A rush: sixty phones on line, offers in bursts as waves make them. The poll is switched off, so
 * only what is handed over right after the commit arrives.
 */
@QuarkusTest
@TestProfile(RushIT.WithoutPoll.class)
class RushIT extends RiderServiceTestBase {

  private static final int RIDERS = 60;
  private static final int BURSTS = 40;
  private static final int BURST = 15;

  /** So long that it never comes. */
  public static final class WithoutPoll implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("shanpai.stream.poll", "PT12H");
    }
  }

  @Test
  void everyOfferGoesToItsPhoneRightAfterTheCommit() throws Exception {
    List<String> riders = new ArrayList<>();
    List<PhoneLine> phones = new ArrayList<>();
    StringBuilder file = new StringBuilder("riderId,label,name,phone,pool,capacityUnits\n");
    for (int i = 0; i < RIDERS; i++) {
      String rider = "r-" + unique();
      riders.add(rider);
      file.append(rider).append(",rush,Wang,13800000001,CROWDSOURCED,8\n");
    }
    asManager()
        .contentType("text/csv; charset=UTF-8")
        .body(file.toString())
        .post("/v1/riders/import")
        .then()
        .body("created", equalTo(RIDERS));
    try {
      for (String rider : riders) {
        phones.add(
            PhoneLine.open(base.toString(), token("rider-service", rider, Roles.RIDER), null));
      }
      Map<String, Long> sentAt = new ConcurrentHashMap<>();
      for (int burst = 0; burst < BURSTS; burst++) {
        for (int i = 0; i < BURST; i++) {
          String offer = "of-" + unique();
          String rider = riders.get((burst * BURST + i) % RIDERS);
          sentAt.put(offer, System.nanoTime());
          send(offer(offer, rider, 1, OfferState.Status.OPEN, Instant.now().plusSeconds(600)));
        }
        Thread.sleep(300);
      }
      int each = BURSTS * BURST / RIDERS;
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> phones.stream().allMatch(phone -> phone.received.size() >= each));
      for (PhoneLine phone : phones) {
        assertThat(phone.ids())
            .containsExactlyElementsOf(LongStream.rangeClosed(1, each).boxed().toList());
      }
      long[] micros =
          phones.stream()
              .flatMap(phone -> phone.received.stream().skip(each / 2))
              .mapToLong(event -> (event.atNanos() - sentAt.get(offerOf(event))) / 1_000)
              .sorted()
              .toArray();
      System.out.printf(
          "Kafka to phone, second half of %d offers: p50 %.1f ms, p99 %.1f ms%n",
          sentAt.size(), micros[micros.length / 2] / 1e3, micros[micros.length * 99 / 100] / 1e3);
    } finally {
      phones.forEach(PhoneLine::close);
    }
  }

  private static String offerOf(PhoneLine.Received event) {
    return event.data().replaceFirst(".*\"offerId\":\"([^\"]+)\".*", "$1");
  }
}
