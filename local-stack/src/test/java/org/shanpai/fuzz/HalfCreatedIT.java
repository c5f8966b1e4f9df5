package org.shanpai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.shanpai.stack.Program;

/**
 * Every look for halves finds the half that was planted, and nothing else: each row that must not
 * exist stands beside one that is whole, in the tables that the programs' own migrations make.
 */
class HalfCreatedIT {

  private static final String AT = "2026-11-22T04:00:00Z";

  private static PlantedRows rows;

  private interface Planting {
    void plant() throws SQLException;
  }

  @BeforeAll
  static void begin() throws SQLException, IOException {
    rows = new PlantedRows(Path.of(System.getProperty("shanpai.home")));
  }

  @AfterAll
  static void end() throws SQLException {
    rows.close();
  }

  private static List<String> found() {
    // Nothing was ever answered with 201, so that nobody has to be asked.
    return new HalfCreated(rows::connect, null).look(new Created());
  }

  private static void saved(String scope, String key, int status, String answer)
      throws SQLException {
    rows.put(
        Program.ORDER,
        "idempotency",
        "scope",
        scope,
        "key",
        key,
        "status",
        status,
        "answer",
        answer);
  }

  /** An order with all that belongs to it, but for the part named. */
  private static void order(String id, String without) throws SQLException {
    boolean forgotten = without.startsWith("forgotten");
    rows.put(
        Program.ORDER,
        "orders",
        "order_id",
        id,
        "version",
        forgotten ? 3 : 2,
        "status",
        without.equals("forgotten, status") ? "DELIVERED" : "DISPATCHING",
        "created_at",
        AT);
    if (!forgotten) {
      rows.change(Program.ORDER, "update orders set customer_key = 'c' where order_id = '%s'", id);
    }
    if (!without.equals("contact")) {
      rows.put(Program.ORDER, "order_contact", "order_id", id);
    }
    for (int version = 1; version <= 2; version++) {
      if (!without.equals("entry " + version)) {
        rows.put(
            Program.ORDER,
            "order_entry",
            "entry_id",
            id + version,
            "order_id",
            id,
            "version",
            version,
            "status",
            "DISPATCHING");
      }
    }
    if (!without.equals("outbox")) {
      rows.put(Program.ORDER, "outbox", "key", id, "created_at", "2026-11-22T03:00:00Z");
    }
    if (!without.equals("key")) {
      saved("m-1/orders", "k-" + id, 201, "{\"orderId\": \"" + id + "\"}");
    }
  }

  private static Map<String, Planting> halves() {
    Map<String, Planting> halves = new LinkedHashMap<>();
    halves.put("order without contact: o-a", () -> order("o-a", "contact"));
    halves.put("order with a version that has no entry: o-b", () -> order("o-b", "entry 1"));
    halves.put("order with a version that has no entry: o-c", () -> order("o-c", "entry 2"));
    halves.put(
        "order with a version that has no entry: o-f", () -> order("o-f", "forgotten, status"));
    halves.put("order that was never put into the outbox: o-d", () -> order("o-d", "outbox"));
    halves.put("order whose key is not saved: o-e", () -> order("o-e", "key"));
    halves.put(
        "saved 201 whose order does not exist: k-gone",
        () -> saved("m-1/orders", "k-gone", 201, "{\"orderId\": \"o-gone\"}"));
    halves.put(
        "saved answer that is an error: m-1/orders k-bad",
        () -> saved("m-1/orders", "k-bad", 503, "{}"));
    halves.put(
        "store that was never put into the outbox: s-a",
        () -> {
          rows.put(Program.ORDER, "store", "store_id", "s-a");
          rows.put(Program.ORDER, "store", "store_id", "s-whole");
          rows.put(Program.ORDER, "outbox", "key", "s-whole", "created_at", AT);
        });
    halves.put(
        "rider that was never put into the outbox: r-a",
        () -> {
          rows.put(Program.RIDER, "rider", "rider_id", "r-a");
          rows.put(Program.RIDER, "rider", "rider_id", "r-whole");
          rows.put(Program.RIDER, "outbox", "key", "r-whole");
        });
    halves.put(
        "area that was never put into the outbox: a-a",
        () -> {
          rows.put(Program.GEO, "area", "area_id", "a-a");
          rows.put(Program.GEO, "area", "area_id", "a-whole");
          rows.put(Program.GEO, "outbox", "key", "a-whole");
        });
    halves.put(
        "zone without its newest version: z-a",
        () -> {
          rows.put(Program.GEO, "zone", "zone_id", "z-a", "version", 2);
          rows.put(Program.GEO, "zone_version", "zone_id", "z-a", "version", 1);
          rows.put(Program.GEO, "zone", "zone_id", "z-whole", "version", 2);
          rows.put(Program.GEO, "zone_version", "zone_id", "z-whole", "version", 2);
        });
    halves.put(
        "offer without a job: of-a",
        () -> {
          rows.put(Program.DISPATCH, "offer", "id", "of-a");
          rows.put(Program.DISPATCH, "offer", "id", "of-whole");
          rows.put(Program.DISPATCH, "offer_job", "offer_id", "of-whole", "job_id", "j-whole");
        });
    halves.put(
        "job with a rider and no assignment: j-a",
        () -> {
          rows.put(Program.DISPATCH, "job", "id", "j-a", "status", "ASSIGNED", "epoch", 2);
          rows.put(Program.DISPATCH, "assignment", "job_id", "j-a", "epoch", 1);
          rows.put(Program.DISPATCH, "job", "id", "j-whole", "status", "ASSIGNED", "epoch", 2);
          rows.put(Program.DISPATCH, "assignment", "job_id", "j-whole", "epoch", 2);
          rows.put(Program.DISPATCH, "job", "id", "j-open", "status", "OPEN", "epoch", 0);
        });
    halves.put(
        "operator without a role: nobody",
        () -> {
          rows.put(Program.CONTROL_ROOM, "operator", "username", "nobody", "roles", "");
          rows.put(Program.CONTROL_ROOM, "operator", "username", "somebody", "roles", "viewer");
        });
    halves.put(
        "appeal whose filing nobody wrote down: ap-a",
        () -> {
          rows.put(Program.RIDER, "appeal", "appeal_id", "ap-a", "entry_id", "e-1");
          rows.put(Program.RIDER, "appeal_event", "appeal_id", "ap-a", "kind", "REJECTED");
          rows.put(Program.RIDER, "appeal", "appeal_id", "ap-whole", "entry_id", "e-2");
          rows.put(Program.RIDER, "appeal_event", "appeal_id", "ap-whole", "kind", "FILED");
        });
    halves.put(
        "complaint of which nobody knows what was said: fb-a",
        () -> {
          rows.put(Program.RIDER, "complaint", "complaint_id", "fb-a");
          rows.put(Program.RIDER, "complaint", "complaint_id", "fb-whole");
          rows.put(Program.RIDER, "rider_feedback", "feedback_id", "fb-whole");
        });
    halves.put(
        "enrolment that nobody wrote down: ce-a",
        () -> {
          rows.put(Program.RIDER, "campaign_enrolment", "enrolment_id", "ce-a", "rider_id", "r-1");
          rows.put(
              Program.RIDER, "campaign_enrolment", "enrolment_id", "ce-whole", "rider_id", "r-2");
          rows.put(Program.RIDER, "campaign_event", "enrolment_id", "ce-whole");
        });
    halves.put(
        "saved answer of a rider that is an error: x k-bad",
        () -> rows.put(Program.RIDER, "idempotency", "scope", "x", "key", "k-bad", "status", 500));
    halves.put(
        "saved answer of dispatch that is an error: x k-bad",
        () ->
            rows.put(Program.DISPATCH, "idempotency", "scope", "x", "key", "k-bad", "status", 409));
    return halves;
  }

  @Test
  void everyPlantedHalfIsFoundAndNothingWhole() throws SQLException {
    assertThat(found()).as("before anything is planted").isEmpty();
    order("o-whole", "");
    order("o-forgotten", "forgotten");
    Map<String, Planting> halves = halves();
    for (Planting planting : halves.values()) {
      planting.plant();
    }

    Set<String> expected = new HashSet<>(halves.keySet());
    for (String id : List.of("o-a", "o-b", "o-c", "o-d", "o-e", "o-f", "o-forgotten", "o-whole")) {
      expected.add("order " + id + " exists though nobody was answered with 201");
    }
    assertThat(found()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(Orphans.ALL)
        .as("a half is planted for every look")
        .allSatisfy(
            look ->
                assertThat(halves.keySet()).anyMatch(half -> half.startsWith(look.means() + ": ")));
  }
}
