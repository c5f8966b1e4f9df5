package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.shanpai.stack.Program;

/**
 * What riders do with one another: they ask others to take a job over. To answer is mostly left to
 * the fuzz.
 */
final class Colleagues {

  private final Caller caller;
  private final KnownIds known;

  Colleagues(Caller caller, KnownIds known) {
    this.caller = caller;
    this.known = known;
  }

  /** Who works beside a rider. */
  static String beside(String rider) {
    return rider.equals("r-two") ? "r-one" : "r-two";
  }

  /**
   * @param jobs what the rider holds
   */
  void round(Persona rider, JsonNode jobs, Random random) {
    String me = rider.name();
    JsonNode open =
        caller
            .call(Program.RIDER, rider, "GET", "/v1/rider/hand-overs", null)
            .json()
            .path("handOvers");
    boolean asking = me.equals(Lore.HALL_RIDER); // who works alone
    for (JsonNode seen : open) {
      JsonNode one = seen.path("handOver");
      JsonNode id = one.path("handOverId");
      if (one.path("fromRiderId").asText().equals(me)) {
        asking = true;
        known.only(me, "withdraw handOverId", id);
        // The other scans it from this rider's phone.
        known.only(one.path("toRiderId").asText(), "accept code", one.path("code"));
      } else {
        known.only(me, "accept handOverId", id);
        known.only(me, "decline handOverId", id);
      }
    }
    for (JsonNode job : jobs) {
      if (!asking && job.path("status").asText().equals("ASSIGNED") && random.nextInt(3) == 0) {
        asking = true;
        caller.call(
            Program.RIDER,
            rider,
            "POST",
            "/v1/rider/hand-overs",
            Map.of(
                "jobId",
                job.path("jobId").asText(),
                "epoch",
                job.path("epoch").asLong(),
                "toRiderId",
                beside(me)));
      }
    }
  }

  /** An offer that is left for the fuzz to decline. */
  void spare(Persona rider, JsonNode offer) {
    known.only(rider.name(), "decline offerId", List.of(TextNode.valueOf(offer.asText())));
  }
}
