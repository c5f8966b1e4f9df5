package org.shanpai.rider.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.rider.RiderServiceTestBase;

/** The line to the phone: resumable, without holes or doubles. */
@QuarkusTest
class StreamIT extends RiderServiceTestBase {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private PhoneLine open(String rider, Long lastEventId) {
    return PhoneLine.open(base.toString(), token("rider-service", rider, Roles.RIDER), lastEventId);
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  private static void awaitStored(String rider, long messages) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                count("select count(*) from rider_message where rider_id = ?", rider) == messages);
  }

  @Test
  void whatWasMissedComesFirstWithoutHoleOrDouble() {
    String rider = newRider();
    List<Long> seen = new ArrayList<>();
    try (PhoneLine phone = open(rider, null)) {
      for (int i = 1; i <= 5; i++) {
        send(work(rider, i));
      }
      await().atMost(PATIENCE).until(() -> phone.received.size() == 5);
      seen.addAll(phone.ids());
    }
    for (int i = 6; i <= 230; i++) {
      send(work(rider, i));
    }
    awaitStored(rider, 230);
    try (PhoneLine phone = open(rider, seen.get(seen.size() - 1))) {
      send(work(rider, 231));
      await().atMost(PATIENCE).until(() -> phone.received.size() >= 226);
      for (int i = 232; i <= 240; i++) {
        send(work(rider, i));
      }
      await().atMost(PATIENCE).until(() -> phone.received.size() >= 235);
      seen.addAll(phone.ids());
    }
    assertThat(seen).containsExactlyElementsOf(range(1, 240));
  }

  @Test
  void comingAndGoingWhileMessagesPourInLosesNothing() {
    String rider = newRider();
    List<Long> seen = new ArrayList<>();
    Thread pouring =
        new Thread(
            () -> {
              for (int i = 1; i <= 300; i++) {
                send(work(rider, i));
              }
            });
    pouring.start();
    await()
        .atMost(PATIENCE)
        .until(() -> count("select count(*) from rider_message where rider_id = ?", rider) > 0);
    Long last = 0L;
    while (seen.size() < 300) {
      int wanted = Math.min(300, seen.size() + 37);
      try (PhoneLine phone = open(rider, last)) {
        int before = seen.size();
        await().atMost(PATIENCE).until(() -> before + phone.received.size() >= wanted);
        seen.addAll(phone.ids());
      }
      last = seen.get(seen.size() - 1);
    }
    assertThat(seen).containsExactlyElementsOf(range(1, 300));
  }

  @Test
  void aPhoneThatComesNewStartsWithItsWorkAndOpenOffers() {
    String rider = newRider();
    Instant later = Instant.now().plusSeconds(600);
    String open = "of-" + unique();
    String gone = "of-" + unique();
    send(offer(open, rider, 1, OfferState.Status.OPEN, later));
    send(offer(gone, rider, 1, OfferState.Status.OPEN, later));
    send(offer(gone, rider, 2, OfferState.Status.WITHDRAWN, later));
    send(work(rider, 4));
    send(work(rider, 5));
    awaitStored(rider, 5);
    try (PhoneLine phone = open(rider, null)) {
      await().atMost(PATIENCE).until(() -> phone.received.size() == 2);
      send(work(rider, 6));
      await().atMost(PATIENCE).until(() -> phone.received.size() == 3);
      assertThat(phone.received)
          .extracting(PhoneLine.Received::name)
          .containsExactly("work", "offer", "work");
      assertThat(phone.ids()).containsExactly(null, 5L, 6L);
      assertThat(phone.received.get(0).data()).contains("\"version\":5");
      assertThat(phone.received.get(1).data()).contains(open).doesNotContain(gone);
    }
  }

  @Test
  void aNumberThatIsNoLongerStoredStartsAnew() throws SQLException {
    String rider = newRider();
    for (int i = 1; i <= 4; i++) {
      send(work(rider, i));
    }
    awaitStored(rider, 4);
    execute("delete from rider_message where rider_id = ? and seq <= 3", rider);
    for (long unusable : new long[] {1, 99}) {
      try (PhoneLine phone = open(rider, unusable)) {
        await().atMost(PATIENCE).until(() -> phone.received.size() == 1);
        assertThat(phone.ids()).containsExactly(4L);
      }
    }
    try (PhoneLine phone = open(rider, 3L)) {
      await().atMost(PATIENCE).until(() -> phone.received.size() == 1);
      assertThat(phone.ids()).containsExactly(4L);
    }
  }

  @Test
  void whatAnotherReplicaCommitsIsFoundByThePoll() throws SQLException {
    String rider = newRider();
    send(work(rider, 1));
    awaitStored(rider, 1);
    try (PhoneLine phone = open(rider, 1L)) {
      // The commit of another replica: this one is not nudged.
      execute(
          "with next as (update rider_stream set last_seq = last_seq + 1 where rider_id = ?"
              + " returning rider_id, last_seq) insert into rider_message select rider_id,"
              + " last_seq, 'work', '{\"version\":2}', now() from next",
          rider);
      await().atMost(Duration.ofSeconds(5)).until(() -> phone.received.size() == 1);
      send(work(rider, 3));
      await().atMost(PATIENCE).until(() -> phone.received.size() == 2);
      assertThat(phone.ids()).containsExactly(2L, 3L);
    }
  }

  @Test
  void aRiderGetsOnlyTheirOwn() {
    String rider = newRider();
    String other = newRider();
    try (PhoneLine phone = open(rider, null);
        PhoneLine otherPhone = open(other, null)) {
      send(work(rider, 1));
      await().atMost(PATIENCE).until(() -> phone.received.size() == 1);
      send(work(other, 1));
      await().atMost(PATIENCE).until(() -> otherPhone.received.size() == 1);
      assertThat(phone.received).allMatch(event -> event.data().contains(rider));
      assertThat(otherPhone.received).allMatch(event -> event.data().contains(other));
    }
  }

  @Test
  void twoPhonesOfOneRiderBothGetEverything() {
    String rider = newRider();
    try (PhoneLine one = open(rider, null);
        PhoneLine two = open(rider, null)) {
      for (int i = 1; i <= 20; i++) {
        send(work(rider, i));
      }
      await().atMost(PATIENCE).until(() -> one.received.size() >= 20 && two.received.size() >= 20);
      assertThat(one.ids()).containsExactlyElementsOf(range(1, 20));
      assertThat(two.ids()).containsExactlyElementsOf(range(1, 20));
    }
  }

  @Test
  void theLineOpensAtOnceAndIsCountedUntilItEnds() {
    String rider = newRider();
    try (PhoneLine phone = open(rider, null)) {
      await().atMost(Duration.ofSeconds(5)).until(() -> !phone.comments.isEmpty());
      assertThat(RestAssured.get("/q/metrics").asString())
          .containsPattern("shanpai_rider_streams_open [1-9]");
    }
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              // A line that is gone shows itself at the next write.
              send(work(rider, System.nanoTime()));
              return RestAssured.get("/q/metrics")
                  .asString()
                  .contains("shanpai_rider_streams_open 0");
            });
  }

  @Test
  void nothingButStandardFieldsGoesDownTheLine() {
    String rider = newRider();
    try (PhoneLine phone = open(rider, null)) {
      send(work(rider, 1));
      await().atMost(PATIENCE).until(() -> phone.received.size() == 1);
      assertThat(phone.received.get(0).data())
          .startsWith("{")
          .contains("\"version\":1")
          .endsWith("}");
      assertThat(phone.strangeLines).isEmpty();
    }
  }

  @Test
  void aNumberThatIsNoneNamesTheHeader() {
    asRider("r-1")
        .header("Last-Event-ID", "seventeen")
        .get("/v1/rider/stream")
        .then()
        .statusCode(400)
        .body("field", equalTo("Last-Event-ID"));
    asManager().get("/v1/rider/stream").then().statusCode(403);
    RestAssured.get("/v1/rider/stream").then().statusCode(401);
  }
}
