package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.shanpai.stack.Program;

/**
 * What riders do with one another: they ask others to take a job over. To answer is mostly left to
 * the fuzz.
 */
final class Colleagues {

  private final Caller caller;
  private final KnownIds known;
  private final Map<String, Set<String>> able = new TreeMap<>();

  Colleagues(Caller caller, KnownIds known) {
    this.caller = caller;
    this.known = known;
  }

  /** Who works beside a rider. */
  static String beside(String rider) {
    return rider.equals("r-one") ? "r-two" : "r-one";
  }

  /**
   * @param jobs what the rider holds
   * @return jobs that another was asked to take over, and that stay as they are until then
   */
  Set<String> round(Persona rider, JsonNode jobs, Random random) {
    String me = rider.name();
    JsonNode open =
        caller
            .call(Program.RIDER, rider, "GET", "/v1/rider/hand-overs", null)
            .json()
            .path("handOvers");
    boolean asking = me.equals(Lore.HALL_RIDER); // who works alone
    boolean asked = false;
    Set<String> offered = new HashSet<>();
    for (JsonNode seen : open) {
      JsonNode one = seen.path("handOver");
      JsonNode id = one.path("handOverId");
      if (one.path("fromRiderId").asText().equals(me)) {
        asking = true;
        offered.add(one.path("jobId").asText());
        known.only(me, "withdraw handOverId", id);
        // The other scans it from this rider's phone.
        known.only(one.path("toRiderId").asText(), "accept code", one.path("code"));
      } else {
        asked = true;
        known.only(me, "accept handOverId", id);
        known.only(me, "decline handOverId", id);
      }
    }
    note("withdraw who", me, !offered.isEmpty());
    note("accept who", me, asked);
    note("decline who", me, asked);
    for (JsonNode job : jobs) {
      boolean early = job.path("status").asText().equals("ASSIGNED");
      if (!asking && early && random.nextInt(rarity(me)) == 0) {
        asking = true;
        offered.add(job.path("jobId").asText());
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
    blocks(rider);
    return offered;
  }

  /** The services' token speaks for the first rider, who mostly leaves the asking to it. */
  private static int rarity(String rider) {
    return rider.equals("r-one") ? 10 : 3;
  }

  /** The customer was rude. */
  void block(Persona rider, String jobId) {
    caller.call(
        Program.RIDER,
        rider,
        "PUT",
        "/v1/rider/blocks/" + RequestMaker.encoded(jobId),
        Map.of("reason", "ABUSE"));
  }

  /** Which customers the rider has blocked, to lift a block. */
  private void blocks(Persona rider) {
    List<JsonNode> blocked = new ArrayList<>();
    caller
        .call(Program.RIDER, rider, "GET", "/v1/rider/blocks", null)
        .json()
        .path("blocks")
        .forEach(block -> blocked.add(block.path("jobId")));
    known.only(rider.name(), "DELETE blocks jobId", blocked);
    note("DELETE blocks who", rider.name(), !blocked.isEmpty());
  }

  /** Who can do something just now. */
  private synchronized void note(String what, String rider, boolean can) {
    Set<String> who = able.computeIfAbsent(what, any -> new TreeSet<>());
    if (can) {
      who.add(rider);
    } else {
      who.remove(rider);
    }
    List<JsonNode> names = new ArrayList<>();
    who.forEach(name -> names.add(TextNode.valueOf(name)));
    known.only(KnownIds.EVERYBODY, what, names);
  }

  /** An offer that is left for the fuzz to decline. */
  void spare(Persona rider, JsonNode offer) {
    known.only(rider.name(), "decline offerId", List.of(TextNode.valueOf(offer.asText())));
    note("decline who", rider.name(), true);
  }
}
