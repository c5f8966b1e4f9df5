package org.shanpai.rider.feedback;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.OrderFeedback;
import org.shanpai.contracts.event.OrderFeedback.Kind;
import org.shanpai.rider.RiderServiceTestBase;
import org.shanpai.rider.earnings.JobFixture;

/** What customers say, as order-service tells it. */
public final class FeedbackFixture extends RiderServiceTestBase {

  private FeedbackFixture() {}

  /** Says something of an order, without its leading {@code o-}; the id of the word. */
  static String say(
      String rider,
      String order,
      long revision,
      Kind kind,
      Integer stars,
      boolean verified,
      String... tags) {
    String id = "fb-" + order + "-" + kind.name().toLowerCase(java.util.Locale.ROOT);
    send(
        EventType.ORDER_FEEDBACK,
        "o-" + order,
        0,
        new OrderFeedback(
            id,
            revision,
            CityId.of("city-1"),
            OrderId.of("o-" + order),
            JobId.of("j-" + order),
            MerchantId.of("m-1"),
            RiderId.of(rider),
            kind,
            stars,
            Set.of(tags),
            verified,
            Instant.now()));
    return id;
  }

  /** An open complaint about a delivery that was on time. */
  public static String complaint(String rider, String tag) {
    String order = "c" + unique();
    delivered(rider, order, 0);
    String id = say(rider, order, 1, Kind.COMPLAINT, null, true, tag);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> count("select count(*) from complaint where complaint_id = ?", id) == 1);
    return id;
  }

  /** A delivery that the score knows of. */
  static void delivered(String rider, String order, long lateSeconds) {
    Instant at = Instant.now().minusSeconds(60);
    send(JobFixture.delivered(order, rider, "a-" + rider, at.minusSeconds(lateSeconds), at, 500));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> count("select count(*) from score_entry where subject = ?", "o-" + order) == 1);
  }
}
