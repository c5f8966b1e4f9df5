package org.shanpai.rider.appeal;

import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.rider.RiderServiceTestBase;
import org.shanpai.rider.earnings.JobFixture;

/** Riders who were late, and what they and the desk made of it, through the real interfaces. */
public final class AppealFixture extends RiderServiceTestBase {

  private AppealFixture() {}

  /** Late deliveries of a moment ago; the rows they cost. */
  public static List<String> late(String rider, int times) {
    for (int i = 0; i < times; i++) {
      deliver(rider, "l" + unique(), 400, Instant.now().minusSeconds(60 + i));
    }
    String sql =
        "select entry_id from score_entry where rider_id = ? and rule = 'OT2' and refers_to is null"
            + " order by occurred_at";
    await().atMost(Duration.ofSeconds(30)).until(() -> query(sql, rider).size() >= times);
    return query(sql, rider);
  }

  static void deliver(String rider, String order, long lateSeconds, Instant at) {
    send(JobFixture.delivered(order, rider, "a-" + rider, at.minusSeconds(lateSeconds), at, 500));
  }

  public static String filed(String rider, String entry) {
    return asRider(rider)
        .header("Idempotency-Key", "k-" + unique())
        .body(Map.of("entryId", entry, "grounds", "The gate was shut"))
        .post("/v1/rider/appeals")
        .then()
        .statusCode(201)
        .extract()
        .path("appealId");
  }

  public static String rejected(String rider, String entry) {
    String appeal = filed(rider, entry);
    as("control-room", "li.na", Roles.MANAGER)
        .body(Map.of("outcome", "REJECT", "reasons", "The gate was open at 12:20"))
        .put("/v1/appeals/" + appeal + "/decision")
        .then()
        .statusCode(200);
    return appeal;
  }

  public static String escalated(String rider, String entry) {
    String appeal = rejected(rider, entry);
    asRider(rider)
        .header("Idempotency-Key", "k-" + unique())
        .body(Map.of("grounds", "It was not"))
        .post("/v1/rider/appeals/" + appeal + "/escalation")
        .then()
        .statusCode(200);
    return appeal;
  }

  /** A seat taken without the lot. */
  public static void seat(String appeal, String kind, String person) {
    try {
      execute(
          "insert into appeal_seat (appeal_id, seat, kind, person) values (?, 1, ?, ?)",
          appeal,
          kind,
          person);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
