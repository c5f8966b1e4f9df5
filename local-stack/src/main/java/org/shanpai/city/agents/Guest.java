package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Endpoints;
import org.shanpai.city.api.Request;
import org.shanpai.city.plan.Fate;
import org.shanpai.city.schedule.CityScheduler;

/**
 * The rider whom a person plays on the riders' page. Nobody here acts for them; the city only lends
 * its shopkeepers and customers a voice: what is printed on a bag, or told at a door, comes as a
 * message. Everything runs as steps of the operator, whose words they are.
 */
public final class Guest {

  /** Whom a person signs in as. */
  public static final String RIDER_ID = "r-guest";

  /** Of its own, so that a person has time to answer while simulated riders have none to lose. */
  private static final String POOL = "PREFERRED";

  private static final double ANSWER_WALL_SECONDS = 25;
  private static final int LONGEST_OFFER_SECONDS = 600;
  private static final int SHORTEST_OFFER_SECONDS = 30;
  private static final long AWAY_WALL_MILLIS = 5_000;
  private static final long HERE_WALL_MILLIS = 2_000;
  private static final List<String> IN_HAND =
      List.of("ASSIGNED", "AT_STORE", "PICKED_UP", "AT_CUSTOMER");
  private static final Set<String> ENDED = Set.of("DELIVERED", "CANCELLED", "RETURNED");

  private final Object operator;
  private final Caller caller;
  private final CityScheduler scheduler;
  private final Endpoints at;
  private final World world;
  private final Set<String> told = new HashSet<>();
  private final Set<String> carried = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private long messages;

  Guest(Object operator, Caller caller, CityScheduler scheduler, Endpoints at, World world) {
    this.operator = operator;
    this.caller = caller;
    this.scheduler = scheduler;
    this.at = at;
    this.world = world;
  }

  /** The guest as a manager onboards them. */
  static Map<String, Object> profile() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("label", "Guest");
    body.put("name", "Guest");
    body.put("phone", "13800000000");
    body.put("pool", POOL);
    body.put("capacityUnits", 8);
    body.put("equipment", List.of());
    return body;
  }

  /** Where the rules of the guest's pool are put. */
  static String pool() {
    return "/v1/pools/" + POOL;
  }

  /**
   * Rules under which a person can answer.
   *
   * @param speed city seconds in a second
   */
  static Map<String, Object> rules(double speed) {
    long offer = Math.round(ANSWER_WALL_SECONDS * speed);
    Map<String, Object> rules = new LinkedHashMap<>();
    rules.put("autoAccept", false);
    rules.put("declineNeedsReason", false);
    rules.put(
        "offerSeconds", Math.max(SHORTEST_OFFER_SECONDS, Math.min(LONGEST_OFFER_SECONDS, offer)));
    rules.put("unansweredBeforePause", 3);
    rules.put("pauseSeconds", 600);
    rules.put("mayGrab", true);
    rules.put("reachMetres", 1_500);
    rules.put("neighbourReachMetres", 3_000);
    rules.put("carryCap", 3);
    rules.put("newcomerCarryCap", 3);
    rules.put("newcomerDays", 14);
    rules.put("payStepFen", 100);
    return rules;
  }

  /** Looks from now on whether somebody plays. */
  void watch() {
    scheduler.afterWall(
        operator,
        AWAY_WALL_MILLIS,
        () ->
            caller.callOnce(
                Request.get(at.geo() + "/v1/riders/" + RIDER_ID + "/position"),
                reply -> {
                  if (reply.ok()) {
                    look(0);
                  } else {
                    watch();
                  }
                }));
  }

  private void look(int next) {
    if (next == IN_HAND.size()) {
      carried.addAll(seen);
      carried.stream().filter(jobId -> !seen.contains(jobId)).toList().forEach(this::whatBecameOf);
      seen.clear();
      scheduler.afterWall(operator, HERE_WALL_MILLIS, () -> look(0));
      return;
    }
    caller.callOnce(
        Request.get(at.dispatch() + "/v1/jobs?state=" + IN_HAND.get(next)),
        reply -> {
          JsonNode jobs = reply.body().isArray() ? reply.body() : reply.body().path("jobs");
          for (JsonNode job : jobs) {
            if (RIDER_ID.equals(job.path("riderId").asText())) {
              seen.add(job.path("jobId").asText());
              say(job.path("jobId").asText(), IN_HAND.get(next));
            }
          }
          look(next + 1);
        });
  }

  private void say(String jobId, String status) {
    Optional<OrderLife> order = world.order(jobId);
    if (order.isEmpty()) {
      return;
    }
    if (status.equals("AT_STORE")) {
      tell(
          jobId + status,
          "柜台：订单 %1$s 的取货码是 %2$s · Counter: the bag of %1$s says %2$s"
              .formatted(end(jobId), order.get().pickupCode()));
    } else if (status.equals("AT_CUSTOMER")) {
      tell(jobId + status, atTheDoor(jobId, order.get()));
    }
  }

  /** A job that is on its way no longer: the city's books need its end, as agents tell theirs. */
  private void whatBecameOf(String jobId) {
    caller.callOnce(
        Request.get(at.dispatch() + "/v1/jobs/" + jobId),
        reply -> {
          boolean mine = RIDER_ID.equals(reply.body().path("riderId").asText());
          String status = reply.body().path("status").asText();
          if (!reply.ok() || (mine && !ENDED.contains(status))) {
            return;
          }
          carried.remove(jobId);
          world
              .order(jobId)
              .filter(any -> mine)
              .ifPresent(order -> ended(order, status, reply.body().path("endedAt").asText()));
        });
  }

  private void ended(OrderLife order, String status, String at) {
    if (status.equals("DELIVERED")) {
      world.log().carriedByGuest(order.orderId());
      world.log().handedOver(order.orderId(), Instant.parse(at).toEpochMilli());
      world.log().count("delivered by the guest");
      world.delivered();
    }
    world.merchantOf(order).look(order, 4);
  }

  private static String atTheDoor(String jobId, OrderLife order) {
    Fate fate = order.placement().fate();
    if (fate == Fate.UNREACHABLE) {
      return "门口：订单 %1$s 没有人应答 · At the door: nobody answers for %1$s".formatted(end(jobId));
    }
    if (fate == Fate.REFUSES) {
      return "门口：订单 %1$s 顾客拒收 · At the door: the customer refuses %1$s".formatted(end(jobId));
    }
    if (order.leftAtDoor()) {
      return "门口：订单 %1$s 请放门口并拍照 · At the door: leave %1$s there and take a photo"
          .formatted(end(jobId));
    }
    return "顾客：订单 %1$s 的收货码是 %2$s · Customer: the code of %1$s is %2$s"
        .formatted(end(jobId), order.deliveryCode());
  }

  /** As the page shows it. */
  private static String end(String jobId) {
    return jobId.substring(Math.max(0, jobId.length() - 6));
  }

  private void tell(String once, String text) {
    if (told.add(once)) {
      caller.call(
          Request.post(
              at.rider() + "/v1/rider-messages",
              Map.of("audience", "RIDER", "whom", RIDER_ID, "text", text),
              world.key(RIDER_ID, ++messages)),
          reply -> world.log().count("words to the guest"));
    }
  }
}
