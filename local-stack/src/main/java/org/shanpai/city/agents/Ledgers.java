package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Request;

/** Reads what a rider was credited with, for the count of doubled entries. */
final class Ledgers {

  private Ledgers() {}

  static void read(World world, String riderId, Caller caller, String api, Runnable then) {
    caller.call(
        Request.get(api + "/score/ledger"),
        ledger -> {
          if (!ledger.ok()) {
            world.log().surprise("The ledger of " + riderId + " cannot be read: " + ledger.text());
          }
          for (JsonNode row : entries(ledger.body())) {
            world
                .log()
                .scored(
                    riderId,
                    row.path("entryId").asText(),
                    row.path("subject").asText(),
                    row.path("group").asText(),
                    row.path("revision").asInt(1));
            world.log().count("score rows");
          }
          caller.call(
              Request.get(api + "/earnings"),
              earnings -> {
                if (!earnings.ok()) {
                  world
                      .log()
                      .surprise(
                          "The earnings of " + riderId + " cannot be read: " + earnings.text());
                }
                for (JsonNode line : entries(earnings.body())) {
                  world
                      .log()
                      .paid(
                          line.path("jobId").asText(),
                          riderId + " " + line.path("entryId").asText());
                  world.log().count("pay lines");
                }
                then.run();
              });
        });
  }

  private static JsonNode entries(JsonNode body) {
    if (body.isArray()) {
      return body;
    }
    return body.has("entries") ? body.path("entries") : body.path("lines");
  }
}
