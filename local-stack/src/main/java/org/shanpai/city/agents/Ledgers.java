package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Request;
import org.shanpai.city.api.Wire;

/**
 * Reads what a rider was credited with, page by page: for the count of doubled entries, and to hold
 * score and pay against the rules.
 */
final class Ledgers {

  private static final int PAGE = 500;

  private final World world;
  private final String riderId;
  private final Caller caller;
  private final String api;
  private final List<JsonNode> rows = new ArrayList<>();
  private final List<JsonNode> appeals = new ArrayList<>();
  private final ArrayNode lines = Wire.JSON.createArrayNode();
  private long balanceFen;

  Ledgers(World world, String riderId, Caller caller, String api) {
    this.world = world;
    this.riderId = riderId;
    this.caller = caller;
    this.api = api;
  }

  void read(Runnable then) {
    one("/appeals", found -> found.path("appeals").forEach(appeals::add), () -> ledger(then));
  }

  private void ledger(Runnable then) {
    pages(
        "/score/ledger",
        "entries",
        null,
        this::scored,
        () -> pages("/earnings", "lines", null, this::paid, () -> explanation(then)));
  }

  private void explanation(Runnable then) {
    one(
        "/score/explanation",
        why -> {
          ObjectNode earnings = Wire.JSON.createObjectNode();
          earnings.put("balanceFen", balanceFen);
          earnings.set("lines", lines);
          world.book().read(riderId, rows, why, appeals, earnings);
        },
        then);
  }

  private void scored(JsonNode row) {
    rows.add(row);
    world
        .log()
        .scored(
            riderId,
            row.path("entryId").asText(),
            row.path("subject").asText(),
            row.path("group").asText(),
            row.path("takesBack").textValue());
  }

  private void paid(JsonNode line) {
    lines.add(line);
    if (line.path("kind").asText().equals("BASE")) {
      world.log().paid(line.path("subject").asText(), riderId + " " + line.path("lineId").asText());
    } else if (line.path("kind").asText().equals("TIP")) {
      world
          .log()
          .tipPaid(
              line.path("jobId").asText(),
              riderId + " " + line.path("lineId").asText(),
              line.path("amountFen").asLong());
    }
  }

  private void one(String path, Consumer<JsonNode> take, Runnable then) {
    caller.call(
        Request.get(api + path),
        reply -> {
          if (reply.ok()) {
            take.accept(reply.body());
          } else {
            unreadable(path, reply.text());
          }
          then.run();
        });
  }

  private void unreadable(String path, String answer) {
    world.log().surprise("%s of %s: %s".formatted(path, riderId, answer));
  }

  private void pages(
      String path, String list, Long before, Consumer<JsonNode> take, Runnable then) {
    String page = api + path + "?limit=" + PAGE + (before == null ? "" : "&before=" + before);
    caller.call(
        Request.get(page),
        reply -> {
          if (!reply.ok()) {
            unreadable(path, reply.text());
          }
          if (before == null && reply.body().has("balanceFen")) {
            balanceFen = reply.body().path("balanceFen").asLong();
          }
          reply.body().path(list).forEach(take);
          if (reply.body().path("nextBefore").isNumber()) {
            pages(path, list, reply.body().path("nextBefore").asLong(), take, then);
          } else {
            then.run();
          }
        });
  }
}
