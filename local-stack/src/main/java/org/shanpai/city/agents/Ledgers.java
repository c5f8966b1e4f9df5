package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Request;

/** Reads what a rider was credited with, page by page, for the count of doubled entries. */
final class Ledgers {

  private static final int PAGE = 500;

  private final World world;
  private final String riderId;
  private final Caller caller;
  private final String api;

  Ledgers(World world, String riderId, Caller caller, String api) {
    this.world = world;
    this.riderId = riderId;
    this.caller = caller;
    this.api = api;
  }

  void read(Runnable then) {
    pages(
        api + "/score/ledger",
        "entries",
        null,
        row ->
            world
                .log()
                .scored(
                    riderId,
                    row.path("entryId").asText(),
                    row.path("subject").asText(),
                    row.path("group").asText(),
                    row.path("takesBack").textValue()),
        () -> pages(api + "/earnings", "lines", null, this::paid, then));
  }

  private void paid(JsonNode line) {
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

  private void pages(String url, String rows, Long before, Consumer<JsonNode> take, Runnable then) {
    String page = url + "?limit=" + PAGE + (before == null ? "" : "&before=" + before);
    caller.call(
        Request.get(page),
        reply -> {
          if (!reply.ok()) {
            world.log().surprise("%s of %s: %s".formatted(url, riderId, reply.text()));
          }
          reply.body().path(rows).forEach(take);
          if (reply.body().path("nextBefore").isNumber()) {
            pages(url, rows, reply.body().path("nextBefore").asLong(), take, then);
          } else {
            then.run();
          }
        });
  }
}
