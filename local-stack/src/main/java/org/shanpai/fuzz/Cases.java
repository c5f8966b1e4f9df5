package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.shanpai.stack.Chance;
import org.shanpai.stack.Program;

/**
 * What people do about bad deliveries: customers complain, an operator upholds it, the rider
 * appeals, another operator rejects, a panel is asked for and seated. At every stage of that way
 * something is left for the fuzz; only what is more than one stage needs goes on to the next.
 */
final class Cases {

  private static final int SEEN = 30;

  /** So many complaints wait at the desk for the fuzz. */
  private static final int WAITING = 2;

  /** Whose deductions stand, so that their score falls below where training is offered. */
  private static final String TRAINEE = "r-three";

  private static final Set<String> APPEALING = Set.of("r-one", "r-two", Lore.HALL_RIDER);
  private static final List<String> MEMBERS = List.of("fuzz-dispatcher", "fuzz-station-manager");
  private static final String COURSE = "course-life";
  private static final String REASONS = "The pictures and the track show it.";

  /** One thing that can be taken a stage further. */
  private record Item(String id, Persona rider, Runnable further) {}

  private final Caller caller;
  private final World world;
  private final KnownIds known;
  private final Set<String> complained = new HashSet<>();
  private final Set<String> seatedWithOperators = new HashSet<>();
  private final Set<String> seatedWithRiders = new HashSet<>();

  Cases(Caller caller, World world, KnownIds known) {
    this.caller = caller;
    this.world = world;
    this.known = known;
  }

  void round() {
    course();
    for (Persona merchant : world.of("merchant")) {
      complain(merchant, "DELIVERED");
      complain(merchant, "RETURNED");
    }
    uphold();
    appeals();
    panels();
  }

  /** A course with as many questions as the document's example answers. */
  private void course() {
    Map<String, Object> choice = Map.of("en", "Wait", "zh", "等一等");
    Map<String, Object> question =
        Map.of(
            "en",
            "Nobody answers.",
            "zh",
            "没人接电话。",
            "choices",
            List.of(choice, Map.of("en", "Go", "zh", "走")),
            "right",
            0);
    caller.call(
        Program.RIDER,
        world.named("fuzz"),
        "PUT",
        "/v1/courses/" + COURSE,
        Map.of(
            "titleEn",
            "Waiting",
            "titleZh",
            "等待",
            "minutes",
            5,
            "passPercent",
            100,
            "questions",
            List.of(question, question, question, question),
            "active",
            true));
    known.only(KnownIds.EVERYBODY, "attempts courseId", TextNode.valueOf(COURSE));
    known.only(KnownIds.EVERYBODY, "attempts who", TextNode.valueOf(TRAINEE));
  }

  private void complain(Persona merchant, String status) {
    JsonNode page =
        caller
            .call(
                Program.ORDER,
                merchant,
                "GET",
                "/v1/orders?limit=" + SEEN + "&status=" + status,
                null)
            .json();
    for (JsonNode order : page.path("orders")) {
      String link = order.path("trackingUrl").asText("");
      boolean carried = order.path("riderId").isTextual() && !order.path("sandbox").asBoolean();
      if (carried && !link.isEmpty() && complained.add(order.path("orderId").asText())) {
        caller.call(
            Program.ORDER,
            Persona.NOBODY,
            "PUT",
            "/v1/tracking/"
                + RequestMaker.encoded(link.replaceFirst(".*/", ""))
                + "/feedback/complaint",
            Map.of("tags", List.of("SPILLED")));
        if (status.equals("DELIVERED") && complained.size() % 3 == 1) {
          // More than one from the same door is worth a look; the others are the fuzz's to claim.
          caller.call(
              Program.ORDER,
              merchant,
              "POST",
              "/v1/orders/" + RequestMaker.encoded(order.path("orderId").asText()) + "/claims",
              Map.of("kind", "NOT_RECEIVED"));
        }
      }
    }
  }

  private void uphold() {
    Persona manager = world.named("fuzz");
    List<JsonNode> open = new ArrayList<>();
    for (JsonNode complaint :
        caller
            .call(Program.RIDER, manager, "GET", "/v1/complaints?limit=" + SEEN, null)
            .json()
            .path("complaints")) {
      open.add(complaint.path("complaintId"));
    }
    List<JsonNode> left = open.subList(0, Math.min(WAITING, open.size()));
    known.only(KnownIds.EVERYBODY, "GET complaints complaintId", left);
    known.only(KnownIds.EVERYBODY, "decision complaintId", left);
    for (JsonNode complaint : open.subList(left.size(), open.size())) {
      caller.call(
          Program.RIDER,
          manager,
          "PUT",
          "/v1/complaints/" + RequestMaker.encoded(complaint.asText()) + "/decision",
          Map.of("outcome", "UPHOLD", "finding", "CX3", "reasons", REASONS));
    }
  }

  private void appeals() {
    List<Item> deductions = new ArrayList<>();
    List<Item> filed = new ArrayList<>();
    List<Item> rejected = new ArrayList<>();
    List<Item> asked = new ArrayList<>();
    List<JsonNode> all = new ArrayList<>();
    for (Persona rider : world.of("rider")) {
      Set<String> appealed = new HashSet<>();
      List<JsonNode> mine = new ArrayList<>();
      for (JsonNode appeal : list(rider, "/v1/rider/appeals", "appeals")) {
        String id = appeal.path("appealId").asText();
        appealed.add(appeal.path("entryId").asText());
        mine.add(appeal.path("appealId"));
        shown(KnownIds.EVERYBODY, appeal);
        switch (appeal.path("state").asText()) {
          case "FILED" -> filed.add(new Item(id, rider, () -> reject(id)));
          case "REJECTED" -> rejected.add(new Item(id, rider, () -> escalate(rider, id)));
          case "PANEL" -> asked.add(new Item(id, rider, () -> seat(id)));
          default -> {}
        }
      }
      all.addAll(mine);
      known.only(rider.name(), "GET appeals appealId", mine);
      for (JsonNode entry : list(rider, "/v1/rider/score/ledger?limit=50", "entries")) {
        String id = entry.path("entryId").asText();
        boolean takes = entry.path("milliPoints").asInt() < 0 && !entry.hasNonNull("takesBack");
        if (takes && !appealed.contains(id) && APPEALING.contains(rider.name())) {
          deductions.add(new Item(id, rider, () -> file(rider, id)));
        }
      }
    }
    known.only(KnownIds.EVERYBODY, "GET appeals appealId", all);
    asked.removeIf(
        one -> seatedWithOperators.contains(one.id()) || seatedWithRiders.contains(one.id()));
    advance(List.of(deductions, filed, rejected, asked));
    own("appeals entryId", "appeals who", deductions);
    own("evidence appealId", "evidence who", filed);
    own("escalation appealId", "escalation who", rejected);
    known.only(KnownIds.EVERYBODY, "decision appealId", ids(filed));
    known.only(KnownIds.EVERYBODY, "panel appealId", ids(asked));
    // Who took the points may not judge; the other manager did not.
    known.only(KnownIds.EVERYBODY, "decision who", TextNode.valueOf(World.CHIEF));
  }

  private Iterable<JsonNode> list(Persona who, String target, String field) {
    return caller.call(Program.RIDER, who, "GET", target, null).json().path(field);
  }

  /** From each stage the oldest goes on if it is not alone there, or nothing is further on. */
  private void advance(List<List<Item>> stages) {
    boolean beyond = !seatedWithOperators.isEmpty() && !seatedWithRiders.isEmpty();
    for (int at = stages.size() - 1; at >= 0; at--) {
      List<Item> stage = stages.get(at);
      boolean some = !stage.isEmpty();
      if (stage.size() > 1 || some && !beyond) {
        stage.remove(stage.size() - 1).further().run();
      }
      beyond &= some;
    }
  }

  /** What a rider may do something about, and that it is this rider who may. */
  private void own(String name, String who, List<Item> items) {
    Set<String> owners = new HashSet<>();
    for (Item item : items) {
      owners.add(item.rider().name());
    }
    for (Persona rider : world.of("rider")) {
      known.only(
          rider.name(),
          name,
          ids(items.stream().filter(item -> item.rider().equals(rider)).toList()));
    }
    List<JsonNode> names = new ArrayList<>();
    owners.forEach(owner -> names.add(TextNode.valueOf(owner)));
    known.only(KnownIds.EVERYBODY, who, names);
  }

  private static List<JsonNode> ids(List<Item> items) {
    List<JsonNode> ids = new ArrayList<>();
    items.forEach(item -> ids.add(TextNode.valueOf(item.id())));
    return ids;
  }

  private void file(Persona rider, String entryId) {
    Answer filed =
        caller.call(
            Program.RIDER,
            rider,
            "POST",
            "/v1/rider/appeals",
            Map.of("entryId", entryId, "grounds", "The gate was shut."));
    if (filed.ok()) {
      picture(rider, filed.json().path("appealId").asText());
    }
  }

  /** A picture of the rider's that speaks in the appeal, for desk and panel to look at. */
  private void picture(Persona rider, String appealId) {
    Shot shot =
        new Shot(
            "POST",
            "/v1/rider/appeals/" + RequestMaker.encoded(appealId) + "/pictures",
            List.of(
                "Accept: application/json, application/problem+json",
                "Authorization: Bearer " + rider.token(),
                "Idempotency-Key: picture-" + appealId,
                "Content-Type: image/png"),
            Picture.png(Chance.of(0, appealId)));
    caller.send(Program.RIDER, rider, shot, Mutation.NONE, false);
  }

  /** What whoever looks at one case can see there; one case at a time, so that both ids fit. */
  private void shown(String owner, JsonNode appeal) {
    for (JsonNode evidence : appeal.path("evidence")) {
      if (evidence.hasNonNull("proofId")) {
        known.only(owner, "GET evidence appealId", appeal.path("appealId"));
        known.only(owner, "GET evidence proofId", evidence.path("proofId"));
      }
    }
  }

  private void reject(String appealId) {
    caller.call(
        Program.RIDER,
        world.named(World.CHIEF),
        "PUT",
        "/v1/appeals/" + RequestMaker.encoded(appealId) + "/decision",
        Map.of("outcome", "REJECT", "reasons", REASONS));
  }

  private void escalate(Persona rider, String appealId) {
    caller.call(
        Program.RIDER,
        rider,
        "POST",
        "/v1/rider/appeals/" + RequestMaker.encoded(appealId) + "/escalation",
        Map.of("grounds", "The picture shows the shut gate."));
  }

  /** By turns with operators, who vote at the desk, and with riders only. */
  private void seat(String appealId) {
    Set<String> with =
        seatedWithOperators.size() < seatedWithRiders.size()
            ? seatedWithOperators
            : seatedWithRiders;
    Answer seated =
        caller.call(
            Program.RIDER,
            world.named("fuzz"),
            "PUT",
            "/v1/appeals/" + RequestMaker.encoded(appealId) + "/panel",
            Map.of("operators", with == seatedWithRiders ? List.of() : MEMBERS));
    if (seated.ok()) {
      with.add(appealId);
    }
  }

  /** In which panels each sits. */
  private void panels() {
    List<JsonNode> operators = new ArrayList<>();
    seatedWithOperators.forEach(id -> operators.add(TextNode.valueOf(id)));
    MEMBERS.forEach(member -> known.only(member, "vote appealId", operators));
    List<JsonNode> who = new ArrayList<>();
    MEMBERS.forEach(member -> who.add(TextNode.valueOf(member)));
    for (Persona rider : world.of("rider")) {
      List<JsonNode> seats = new ArrayList<>();
      Consumer<JsonNode> open =
          one -> {
            seats.add(one.path("appeal").path("appealId"));
            shown(rider.name(), one.path("appeal"));
          };
      list(rider, "/v1/rider/appeal-seats", "cases").forEach(open);
      known.only(rider.name(), "vote appealId", seats);
      if (!seats.isEmpty()) {
        who.add(TextNode.valueOf(rider.name()));
      }
    }
    known.only(KnownIds.EVERYBODY, "vote who", who);
    List<JsonNode> looking = new ArrayList<>(who);
    looking.add(TextNode.valueOf("fuzz"));
    looking.add(TextNode.valueOf(World.CHIEF));
    known.only(KnownIds.EVERYBODY, "GET evidence who", looking);
  }
}
