package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Reply;
import org.shanpai.city.api.Request;

/**
 * The city's people at the desks: one decides complaints, another appeals and proofs, two more sit
 * on panels. They publish a campaign with few places and a slot, and answer calls for help. Steps
 * of its own agent; looks every other city minute.
 */
public final class Desk {

  private static final long MINUTE = 60_000;
  private static final long LOOK_MILLIS = 2 * MINUTE;
  private static final int PLACES = 3;
  private static final int SLOT_PLACES = 4;

  static final String COMPLAINTS = "li.na";
  static final String APPEALS = "wang.fang";
  static final List<String> PANEL = List.of("zhou.min", "chen.jie");

  private final World world;
  private final Map<String, Caller> people = new HashMap<>();
  private final String api;
  private final Set<String> begun = new HashSet<>();
  private int panels;
  private int proofs;

  Desk(World world, Operator operator) {
    this.world = world;
    this.api = world.endpoints().rider() + "/v1";
    for (String name : names()) {
      people.put(
          name,
          new Caller(
              world.http(),
              world.scheduler(),
              this,
              world.chanceOf(name),
              () -> operator.signIn(name),
              world.log()::trouble));
    }
  }

  static List<String> names() {
    return List.of(COMPLAINTS, APPEALS, PANEL.get(0), PANEL.get(1));
  }

  /** Publishes what riders sign up for, and looks from now on. */
  void begin() {
    long now = world.scheduler().now();
    Map<String, Object> terms = new LinkedHashMap<>();
    terms.put("titleZh", "跳槽奖：四周得3000元");
    terms.put("titleEn", "Four weeks here: 3000 yuan");
    terms.put("areas", world.plan().areas().stream().map(area -> area.areaId()).toList());
    terms.put("pools", List.of("CROWDSOURCED"));
    terms.put("signUpFrom", Instant.ofEpochMilli(now).toString());
    terms.put("signUpUntil", Instant.ofEpochMilli(now + 3 * 1_440 * MINUTE).toString());
    terms.put("places", PLACES);
    terms.put("proof", Map.of("moreThanOrders", 140, "from", "2025-12-15", "until", "2025-12-21"));
    terms.put("proofWithinDays", 7);
    terms.put("newcomersOnly", false);
    terms.put("weeks", 4);
    terms.put("minDays", 6);
    terms.put("minOrders", 140);
    terms.put("minOrdersADay", 1);
    terms.put("weeklyRewardFen", 0);
    terms.put("rewardFen", 300_000);
    terms.put("inviterFen", 100_000);
    terms.put("holdDays", 7);
    put("/campaigns/" + world.campaignId(), terms, "the campaign");
    Map<String, Object> slot = new LinkedHashMap<>();
    slot.put("areaId", world.plan().areas().get(0).areaId());
    slot.put("pool", "CROWDSOURCED");
    slot.put("startsAt", Instant.ofEpochMilli(world.openedMillis() + 12 * MINUTE).toString());
    slot.put("endsAt", Instant.ofEpochMilli(world.openedMillis() + 32 * MINUTE).toString());
    slot.put("places", SLOT_PLACES);
    slot.put("peak", true);
    put("/slots/" + world.slotId(), slot, "the slot");
    people
        .get(APPEALS)
        .call(
            Request.get(api + "/courses"),
            reply ->
                reply
                    .body()
                    .path("courses")
                    .forEach(
                        course -> world.courses().put(course.path("courseId").asText(), course)));
    world.scheduler().after(this, LOOK_MILLIS, this::look);
  }

  /** Looks once more, at once. */
  public void lookNow() {
    world.scheduler().soon(this, this::lookOnce);
  }

  private void look() {
    lookOnce();
    world.scheduler().after(this, LOOK_MILLIS, this::look);
  }

  private void lookOnce() {
    each(COMPLAINTS, "/complaints?state=OPEN", "complaints", this::complaint);
    each(APPEALS, "/appeals", "appeals", this::appeal);
    each(APPEALS, "/campaign-proofs", "proofs", this::proof);
    each(COMPLAINTS, "/sos-alarms", "alarms", this::alarm);
  }

  private void each(
      String who, String path, String list, java.util.function.Consumer<JsonNode> act) {
    people
        .get(who)
        .callOnce(Request.get(api + path), reply -> reply.body().path(list).forEach(act));
  }

  private void put(String path, Object body, String what) {
    // A slot that is told too late, because a service was away, is none.
    people
        .get(APPEALS)
        .call(Request.put(api + path, body), reply -> expect(reply, what, Set.of("unprocessable")));
  }

  private void expect(Reply reply, String what, Set<String> alsoRight) {
    if (!reply.ok() && alsoRight.stream().noneMatch(reply::problem)) {
      world.log().surprise("The desk's word on %s: %s".formatted(what, reply.text()));
    }
  }

  /** The desk cannot know who is right; it believes two in three. The rider may appeal. */
  private void complaint(JsonNode complaint) {
    String id = complaint.path("complaintId").asText();
    Opinion opinion = world.opinions().get(complaint.path("orderId").asText());
    if (opinion == null || !begun.add(id)) {
      return;
    }
    boolean believed = opinion.founded() || id.hashCode() % 3 != 0;
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("outcome", believed ? "UPHOLD" : "DISMISS");
    if (believed) {
      body.put("finding", opinion.kind().finding());
      body.put("evidence", "customers-words");
    }
    body.put(
        "reasons",
        believed ? "The customer's account is plain and first-hand." : "Nothing bears it out.");
    people
        .get(COMPLAINTS)
        .call(
            Request.put(api + "/complaints/" + id + "/decision", body),
            reply -> {
              expect(reply, "complaint " + id, Set.of());
              if (reply.ok()) {
                world.log().count(believed ? "complaints upheld" : "complaints dismissed");
              }
            });
  }

  private void appeal(JsonNode appeal) {
    String id = appeal.path("appealId").asText();
    if (appeal.path("state").asText().equals("PANEL")) {
      if (begun.add(id + " panel")) {
        panel(id);
      }
    } else if (begun.add(id)) {
      people
          .get(APPEALS)
          .call(Request.get(api + "/appeals/" + id), found -> decide(id, found.body()));
    }
  }

  /** By the facts of the order, as people around it know them. */
  private void decide(String id, JsonNode found) {
    boolean right = rightful(found.path("appeal"));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("outcome", right ? "ACCEPT" : "REJECT");
    body.put(
        "reasons",
        right
            ? "The order's own timeline bears the rider out."
            : "The order's timeline shows no cause but the rider's own.");
    people
        .get(APPEALS)
        .call(
            Request.put(api + "/appeals/" + id + "/decision", body),
            reply -> {
              expect(reply, "appeal " + id, Set.of("appeal-overdue"));
              if (reply.ok()) {
                world.log().count(right ? "appeals accepted" : "appeals rejected");
              }
            });
  }

  private boolean rightful(JsonNode appeal) {
    String orderId = appeal.path("subject").asText();
    if (appeal.path("rule").asText().startsWith("CX")) {
      Opinion opinion = world.opinions().get(orderId);
      return opinion != null && !opinion.founded();
    }
    return world
        .order("j-" + orderId.replaceFirst("^o-", ""))
        .map(OrderLife::kitchenLate)
        .orElse(false);
  }

  /** Two operators and a rider drawn by lot; the first panel upholds, later ones do not. */
  private void panel(String id) {
    boolean uphold = ++panels == 1;
    people
        .get(APPEALS)
        .call(
            Request.put(api + "/appeals/" + id + "/panel", Map.of("operators", PANEL)),
            reply -> {
              expect(reply, "the panel of " + id, Set.of("panel-seated", "no-jurors"));
              if (!reply.ok()) {
                return;
              }
              world.log().count("panels");
              for (String member : PANEL) {
                people
                    .get(member)
                    .call(
                        Request.put(
                            api + "/appeals/" + id + "/vote",
                            Map.of(
                                "vote",
                                uphold ? "UPHOLD" : "REJECT",
                                "reasons",
                                "The pictures and the times speak for themselves.")),
                        voted -> expect(voted, "a vote on " + id, Set.of("appeal-decided")));
              }
            });
  }

  /** The first proof is rejected, so that somebody who waits gets the place. */
  private void proof(JsonNode proof) {
    String id = proof.path("enrolmentId").asText();
    if (!begun.add("proof " + id)) {
      return;
    }
    boolean accepted = ++proofs > 1;
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("accepted", accepted);
    body.put("countedOrders", accepted ? 150 : 120);
    body.put("reasons", accepted ? "150 orders by the export" : "120 orders only by the export");
    people
        .get(APPEALS)
        .call(
            Request.put(api + "/campaign-proofs/" + id + "/decision", body),
            reply -> {
              expect(reply, "proof " + id, Set.of());
              if (reply.ok()) {
                world.log().count(accepted ? "proofs accepted" : "proofs rejected");
              }
            });
  }

  private void alarm(JsonNode alarm) {
    String id = alarm.path("sosId").asText();
    if (begun.add(id)) {
      people
          .get(COMPLAINTS)
          .call(
              Request.post(api + "/sos-alarms/" + id + "/acknowledge", Map.of(), null),
              seen -> {
                expect(seen, "alarm " + id, Set.of());
                people
                    .get(COMPLAINTS)
                    .call(
                        Request.post(
                            api + "/sos-alarms/" + id + "/close",
                            Map.of("outcome", "Called back; nobody is hurt"),
                            null),
                        over -> {
                          expect(over, "the end of alarm " + id, Set.of());
                          world.log().count("sos answered");
                        });
              });
    }
  }
}
