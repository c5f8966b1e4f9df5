package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.stack.Program;

/**
 * Slots, leave and campaigns one can sign up for just now, ever new ones. For each campaign one
 * rider signs up and hands in a proof, one signs up and leaves the proof to the fuzz, the others
 * leave both to it.
 */
final class Recruiting {

  private static final int EVERY = 4;
  private static final String SIGNED_UP = "r-two";
  private static final String PROVING = Lore.HALL_RIDER;

  private final Caller caller;
  private final World world;
  private final KnownIds known;
  private final Lore lore;
  private int rounds;

  Recruiting(Caller caller, World world, KnownIds known, Lore lore) {
    this.caller = caller;
    this.world = world;
    this.known = known;
    this.lore = lore;
  }

  void round() {
    if (rounds++ % EVERY == 0) {
      open(lore.fresh("c-life"));
      slot(lore.fresh("slot-life"));
      leave(rounds);
    }
    List<JsonNode> proofs = new ArrayList<>();
    for (JsonNode proof :
        caller
            .call(Program.RIDER, world.named("fuzz"), "GET", "/v1/campaign-proofs", null)
            .json()
            .path("proofs")) {
      proofs.add(proof.path("enrolmentId"));
    }
    known.only(KnownIds.EVERYBODY, "decision enrolmentId", proofs);
    known.only(KnownIds.EVERYBODY, "document enrolmentId", proofs);
  }

  /** A planned slot that lies ahead and has places. */
  private void slot(String slotId) {
    Answer made =
        caller.call(
            Program.RIDER,
            world.named("fuzz"),
            "PUT",
            "/v1/slots/" + slotId,
            Map.of(
                "areaId",
                World.AREA,
                "pool",
                "CROWDSOURCED",
                "startsAt",
                lore.now().plus(Duration.ofHours(8)).toString(),
                "endsAt",
                lore.now().plus(Duration.ofHours(10)).toString(),
                "places",
                40,
                "peak",
                false));
    if (made.ok()) {
      known.only(KnownIds.EVERYBODY, "sign-up slotId", TextNode.valueOf(slotId));
      known.only(KnownIds.EVERYBODY, "cancel slotId", TextNode.valueOf(slotId));
    }
  }

  /** A day off far ahead; nobody has decided it, so that it can be withdrawn or decided. */
  private void leave(int ahead) {
    Persona rider = world.named(SIGNED_UP);
    LocalDate day = lore.now().atZone(ZoneOffset.UTC).toLocalDate().plusDays(20 + ahead);
    caller.call(
        Program.RIDER,
        rider,
        "POST",
        "/v1/rider/leave",
        Map.of("kind", "FAMILY", "firstDay", day.toString(), "lastDay", day.toString()));
    List<JsonNode> asked = new ArrayList<>();
    for (JsonNode leave :
        caller.call(Program.RIDER, rider, "GET", "/v1/rider/leave", null).json().path("leave")) {
      if (leave.path("state").asText().equals("ASKED")) {
        asked.add(leave.path("leaveId"));
      }
    }
    known.only(KnownIds.EVERYBODY, "withdrawal leaveId", asked);
    known.only(KnownIds.EVERYBODY, "decision leaveId", asked);
    known.only(KnownIds.EVERYBODY, "withdrawal who", TextNode.valueOf(SIGNED_UP));
  }

  private void open(String campaignId) {
    Answer made =
        caller.call(
            Program.RIDER, world.named("fuzz"), "PUT", "/v1/campaigns/" + campaignId, terms());
    if (!made.ok()) {
      return;
    }
    known.only(KnownIds.EVERYBODY, "enrolment campaignId", TextNode.valueOf(campaignId));
    for (String name : List.of(SIGNED_UP, PROVING)) {
      caller.call(
          Program.RIDER,
          world.named(name),
          "PUT",
          "/v1/rider/campaigns/" + campaignId + "/enrolment",
          Map.of("payoutAccount", "pay-" + name));
    }
    known.only(KnownIds.EVERYBODY, "proof campaignId", TextNode.valueOf(campaignId));
    known.only(KnownIds.EVERYBODY, "proof who", TextNode.valueOf(SIGNED_UP));
    prove(campaignId);
  }

  private void prove(String campaignId) {
    Persona rider = world.named(PROVING);
    Shot shot =
        new Shot(
            "PUT",
            "/v1/rider/campaigns/" + campaignId + "/proof?orders=200&consent=true",
            List.of(
                "Accept: application/json, application/problem+json",
                "Authorization: Bearer " + rider.token(),
                "Content-Type: text/csv"),
            "date,orders\n2025-12-15,200\n".getBytes(StandardCharsets.UTF_8));
    caller.send(Program.RIDER, rider, shot, Mutation.NONE, false);
  }

  private Map<String, Object> terms() {
    LocalDate today = lore.now().atZone(ZoneOffset.UTC).toLocalDate();
    Map<String, Object> terms = new LinkedHashMap<>();
    terms.put("titleZh", "跳槽奖");
    terms.put("titleEn", "Come and ride");
    terms.put("areas", List.of());
    terms.put("pools", List.of("CROWDSOURCED"));
    terms.put("signUpFrom", lore.now().minus(Duration.ofHours(1)).toString());
    terms.put("signUpUntil", lore.now().plus(Duration.ofDays(2)).toString());
    terms.put("places", 50);
    terms.put(
        "proof",
        Map.of(
            "moreThanOrders", 100,
            "from", today.minusDays(14).toString(),
            "until", today.minusDays(7).toString()));
    terms.put("proofWithinDays", 7);
    terms.put("newcomersOnly", false);
    terms.put("weeks", 4);
    terms.put("minDays", 6);
    terms.put("minOrders", 140);
    terms.put("minOrdersADay", 1);
    terms.put("weeklyRewardFen", 0);
    terms.put("rewardFen", 300_000);
    terms.put("inviterFen", 0);
    terms.put("holdDays", 7);
    return terms;
  }
}
