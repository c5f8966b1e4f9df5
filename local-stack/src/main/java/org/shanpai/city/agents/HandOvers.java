package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Request;

/**
 * Riders who ask a colleague to take a job before the pickup (转单), and colleagues who do or do not.
 * Used from the rider's steps only.
 */
final class HandOvers {

  private static final long MINUTE = 60_000;
  private static final double ASKED = 0.06;
  private static final double TAKEN = 0.85;

  private final World world;
  private final RiderAgent rider;
  private final Caller caller;
  private final Random random;
  private final String api;
  private final Set<String> seen = new HashSet<>();

  HandOvers(World world, RiderAgent rider, Caller caller, RiderStream stream) {
    this.world = world;
    this.rider = rider;
    this.caller = caller;
    this.random = world.chanceOf(rider.riderId() + " hand-overs");
    this.api = world.endpoints().rider() + "/v1/rider/hand-overs";
    stream.on("hand-over", (handOver, wallMillis) -> heard(handOver));
  }

  /** A job was taken; by chance somebody else is asked to take it soon after. */
  void perhaps(String jobId) {
    if (world.plan().habits().speaksUp() && random.nextDouble() < ASKED) {
      world
          .scheduler()
          .after(rider, MINUTE / 2 + random.nextInt((int) MINUTE / 2), () -> ask(jobId));
    }
  }

  private void ask(String jobId) {
    String colleague = world.colleague(rider.riderId(), random).orElse(null);
    Work.Held job = rider.find(jobId).filter(Work.Held::beforePickup).orElse(null);
    if (colleague == null || job == null) {
      return;
    }
    caller.call(
        Request.post(
            api, Map.of("jobId", jobId, "epoch", job.epoch(), "toRiderId", colleague), rider.key()),
        reply -> {
          if (reply.ok()) {
            world.log().count("hand-overs asked");
          } else if (reply.status() == 404 || reply.status() == 409) {
            // Gone, changed, or the colleague has no room: both see that a moment later.
            world.log().count("hand-overs not asked");
          } else {
            world.log().surprise("A hand-over of %s: %s".formatted(rider.riderId(), reply.text()));
          }
        });
  }

  private void heard(JsonNode handOver) {
    String id = handOver.path("handOverId").asText();
    boolean asked =
        handOver.path("state").asText().equals("ASKED")
            && handOver.path("toRiderId").asText().equals(rider.riderId());
    if (!asked) {
      rider.resync();
      return;
    }
    if (seen.add(id)) {
      world.scheduler().after(rider, 5_000 + random.nextInt(20_000), () -> answer(id, handOver));
    }
  }

  private void answer(String id, JsonNode handOver) {
    boolean takes = rider.takesOffers() && random.nextDouble() < TAKEN;
    Object body = Map.of();
    caller.call(
        Request.post(api + "/" + id + (takes ? "/accept" : "/decline"), body, null),
        reply -> {
          if (takes && reply.ok()) {
            world.log().count("hand-overs");
            long epoch = reply.body().path("job").path("epoch").asLong();
            world.log().accepted(rider.riderId(), handOver.path("jobId").asText(), epoch);
          } else {
            world.log().count(takes ? "hand-overs gone" : "hand-overs declined");
          }
          rider.taken(reply);
        });
  }
}
