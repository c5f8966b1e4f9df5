package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Reply;
import org.shanpai.city.api.Request;

/**
 * What a rider does for themselves beside riding: appeals, training, a vote on a panel, a campaign,
 * a slot, a call for help. Used from the rider's steps only.
 */
final class RiderAffairs {

  private static final long MINUTE = 60_000;

  /** Below it, training is offered. Thousandths of a point. */
  private static final int TRAINING_BELOW = 60_000;

  private static final int TRAINING_GAIN = 3_000;

  private final World world;
  private final RiderAgent rider;
  private final Caller caller;
  private final Random random;
  private final String api;
  private final Set<String> seen = new HashSet<>();
  private boolean trained;
  private String enrolment;

  RiderAffairs(World world, RiderAgent rider, Caller caller, RiderStream stream) {
    this.world = world;
    this.rider = rider;
    this.caller = caller;
    this.random = world.chanceOf(rider.riderId() + " affairs");
    this.api = world.endpoints().rider() + "/v1/rider";
    if (world.plan().habits().speaksUp()) {
      stream.on("score", (entry, wallMillis) -> scored(entry));
      stream.on("appeal", (appeal, wallMillis) -> told(appeal));
      stream.on("appeal-seat", (seat, wallMillis) -> vote(seat));
    }
  }

  /** Plans what has its time. */
  void begin() {
    if (!world.plan().habits().speaksUp()) {
      return;
    }
    Roles roles = world.roles();
    long opened = world.openedMillis();
    if (roles.campaigners().contains(rider.riderId())) {
      at(opened + 4 * MINUTE, this::signUp);
    }
    if (roles.planners().contains(rider.riderId())) {
      at(opened + 6 * MINUTE, this::planSlot);
    }
    if (rider.riderId().equals(roles.inNeed())) {
      at(opened + 15 * MINUTE, this::callForHelp);
    }
    if (rider.riderId().equals(roles.wrongClock())) {
      at(opened + 9 * MINUTE, this::trainWithoutNeed);
    }
  }

  private void at(long millis, Runnable act) {
    world.scheduler().at(rider, millis, act);
  }

  private void surprise(String what, Reply reply) {
    world.log().surprise("%s of %s: %s".formatted(what, rider.riderId(), reply.text()));
  }

  /** A row of the score, as it is written. */
  private void scored(JsonNode entry) {
    String rule = entry.path("rule").asText();
    boolean loss = entry.path("milliPoints").asInt() < 0 && !rule.startsWith("SM");
    if (!loss || !seen.add(entry.path("entryId").asText())) {
      return;
    }
    world.log().count("points lost " + rule);
    String orderId = entry.path("subject").asText();
    Opinion opinion = world.opinions().get(orderId);
    boolean cause =
        rule.startsWith("CX")
            ? opinion != null && !opinion.founded()
            : world
                .order("j-" + orderId.replaceFirst("^o-", ""))
                .map(OrderLife::kitchenLate)
                .orElse(false);
    // Some try although they know better.
    if (cause || random.nextDouble() < 0.4) {
      world
          .scheduler()
          .after(rider, MINUTE + random.nextInt((int) MINUTE), () -> appeal(entry, cause));
    }
    if (entry.path("balanceMilliPoints").asInt() < TRAINING_BELOW && !trained) {
      trained = true;
      world.scheduler().after(rider, MINUTE, this::train);
    }
  }

  private void appeal(JsonNode entry, boolean cause) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("entryId", entry.path("entryId").asText());
    body.put("grounds", cause ? "It was not my doing; the times show it." : "I did my best.");
    if (cause) {
      body.put(
          "evidence", "Ask the store, and look when I arrived and when I was given the goods.");
    }
    caller.call(
        Request.post(api + "/appeals", body, rider.key()),
        reply -> {
          if (reply.ok()) {
            world.log().count("appeals filed");
          } else if (reply.problem("entry-taken-back")) {
            world.log().count("appeals needless");
          } else {
            surprise("An appeal", reply);
          }
        });
  }

  /** What became of an appeal: the first in the city that is rejected goes to the panel. */
  private void told(JsonNode appeal) {
    String id = appeal.path("appealId").asText();
    if (!appeal.path("state").asText().equals("REJECTED") || !seen.add("rejected " + id)) {
      return;
    }
    if (!world.firstEscalation() && random.nextDouble() >= 0.2) {
      return;
    }
    caller.call(
        Request.post(
            api + "/appeals/" + id + "/escalation",
            Map.of("grounds", "Who decided did not look at the times."),
            rider.key()),
        reply -> {
          if (reply.ok()) {
            world.log().count("appeals escalated");
          } else {
            surprise("An escalation", reply);
          }
        });
  }

  private void vote(JsonNode seat) {
    String id = seat.path("appealId").asText();
    if (seen.add("seat " + id)) {
      caller.call(
          Request.put(
              api + "/appeal-seats/" + id + "/vote",
              Map.of("vote", "UPHOLD", "reasons", "I have stood at such counters myself.")),
          reply -> {
            if (reply.ok()) {
              world.log().count("riders' votes");
            } else if (!reply.problem("appeal-decided")) {
              surprise("A rider's vote", reply);
            }
          });
    }
  }

  private void train() {
    Map.Entry<String, JsonNode> course =
        world.courses().entrySet().stream().findFirst().orElse(null);
    if (course == null) {
      return;
    }
    attempt(
        course,
        reply -> {
          if (reply.ok() && reply.body().path("milliPoints").asInt() == TRAINING_GAIN) {
            world.log().count("trainings");
          } else if (!reply.problem("not-below-the-line")) {
            // An appeal may have brought the points back meanwhile.
            surprise("A training below 60", reply);
          }
        });
  }

  /** Whoever is not below the line gains nothing by training. */
  private void trainWithoutNeed() {
    world.courses().entrySet().stream()
        .findFirst()
        .ifPresent(
            course ->
                attempt(
                    course,
                    reply -> {
                      if (reply.problem("not-below-the-line")) {
                        world.log().count("trainings refused");
                      } else {
                        surprise("A training above 60", reply);
                      }
                    }));
  }

  private void attempt(
      Map.Entry<String, JsonNode> course, java.util.function.Consumer<Reply> then) {
    List<Integer> answers = new ArrayList<>();
    course
        .getValue()
        .at("/course/questions")
        .forEach(question -> answers.add(question.path("right").asInt()));
    caller.call(
        Request.post(
            api + "/courses/" + course.getKey() + "/attempts",
            Map.of("answers", answers),
            rider.key()),
        then);
  }

  private String campaign() {
    return api + "/campaigns/" + world.campaignId();
  }

  private void signUp() {
    String account =
        "6222 %012d".formatted(Math.floorMod(rider.riderId().hashCode(), 1_000_000_000));
    caller.call(
        Request.put(campaign() + "/enrolment", Map.of("payoutAccount", account)),
        reply -> {
          if (reply.status() == 404) {
            // The desk has not published it yet.
            world.scheduler().after(rider, MINUTE, this::signUp);
            return;
          }
          if (!reply.ok()) {
            surprise("A campaign's sign-up", reply);
            return;
          }
          enrolment = reply.body().path("state").asText();
          world.log().count("campaign sign-ups");
          if (enrolment.equals("RESERVED")) {
            handInProof();
          }
        });
  }

  private void handInProof() {
    byte[] export =
        "date,orders\n2025-12-15,60\n2025-12-17,60\n2025-12-20,30\n"
            .getBytes(StandardCharsets.UTF_8);
    caller.call(
        new Request("PUT", campaign() + "/proof?orders=150&consent=true", export, null, "text/csv"),
        reply -> {
          if (reply.ok()) {
            world.log().count("proofs");
          } else {
            surprise("A proof", reply);
          }
        });
  }

  private void planSlot() {
    caller.call(
        Request.post(api + "/slots/" + world.slotId() + "/sign-up", Map.of(), null),
        reply -> {
          if (reply.ok()) {
            world.log().count("slot sign-ups");
          } else if (reply.problem("slot-full")) {
            world.log().count("slot sign-ups refused");
          } else if (reply.problem("slot-begun") || reply.status() == 404) {
            world.log().count("slots missed");
          } else {
            surprise("A slot's sign-up", reply);
          }
        });
  }

  private void callForHelp() {
    caller.call(
        Request.post(api + "/sos", Map.of("words", "摔车了"), null),
        reply -> {
          if (reply.ok()) {
            world.log().count("sos");
          } else {
            surprise("A call for help", reply);
          }
        });
  }

  /** How the rider's sign-up stands in the end. */
  void audit(Runnable then) {
    if (enrolment == null) {
      then.run();
      return;
    }
    caller.call(
        Request.get(campaign() + "/enrolment"),
        reply -> {
          if (reply.ok()) {
            world.places().stands(rider.riderId(), reply.body());
          } else {
            surprise("A campaign's enrolment", reply);
          }
          then.run();
        });
  }
}
