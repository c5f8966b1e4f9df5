package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Reply;
import org.shanpai.city.api.Request;
import org.shanpai.city.plan.Habits;

/** How a rider answers offers: after a thought, with yes, no, or not at all. */
final class OfferAnswers {

  private static final long MINUTE = 60_000;

  private final World world;
  private final RiderAgent rider;
  private final Caller caller;
  private final Random random;
  private final Habits habits;
  private final HandOvers handOvers;
  private final Map<String, String> known = new HashMap<>();

  OfferAnswers(World world, RiderAgent rider, Caller caller, Random random, HandOvers handOvers) {
    this.handOvers = handOvers;
    this.world = world;
    this.rider = rider;
    this.caller = caller;
    this.random = random;
    this.habits = world.plan().habits();
  }

  /** An offer, or what became of one. */
  void take(JsonNode offer, long arrivedWallMillis) {
    String offerId = offer.path("offerId").asText();
    String status = offer.path("status").asText();
    boolean fresh = known.put(offerId, status) == null;
    if (!status.equals("OPEN") || !fresh) {
      return;
    }
    world.log().count("offers");
    world.log().offered(arrivedWallMillis - offer.path("decidedAtWallMillis").asLong());
    long think = habits.thinkMillis();
    world
        .scheduler()
        .after(
            rider,
            think / 4 + (long) (think * 0.75 * random.nextDouble()),
            () -> {
              if ("OPEN".equals(known.get(offerId))) {
                answer(offer, offerId);
              }
            });
  }

  private void answer(JsonNode offer, String offerId) {
    if (!rider.takesOffers()) {
      decline(offerId, "END_OF_SHIFT");
    } else if (random.nextDouble() >= habits.notAccepted()) {
      accept(offer, offerId);
    } else if (random.nextDouble() < habits.unanswered()) {
      world.log().count("offers left unanswered");
    } else {
      decline(offerId, "TOO_FAR");
    }
  }

  private void decline(String offerId, String reason) {
    world.log().count("declines");
    caller.call(
        Request.post(offers(offerId, "decline"), Map.of("reason", reason), rider.key()),
        rider::taken);
  }

  private String offers(String offerId, String what) {
    return world.endpoints().rider() + "/v1/rider/offers/" + offerId + "/" + what;
  }

  private void accept(JsonNode offer, String offerId) {
    long expires = Instant.parse(offer.path("expiresAt").asText()).toEpochMilli();
    long sent = world.scheduler().now();
    if (sent >= expires) {
      // The rider would have been in time, had the offer been.
      world.log().count("acceptsTooLate");
      return;
    }
    caller.call(
        Request.post(offers(offerId, "accept"), Map.of(), rider.key()),
        reply -> {
          if (reply.ok()) {
            accepted(offer, reply);
          } else if (world.scheduler().now() >= expires) {
            world.log().count("acceptsTooLate");
          } else {
            world.log().count("offers gone");
          }
          rider.taken(reply);
        });
  }

  /** Money is a number of fen, or an object that has one. */
  private static long fen(JsonNode money) {
    return money.isNumber() ? money.asLong() : money.path("fen").asLong();
  }

  private void accepted(JsonNode offer, Reply reply) {
    world.log().count("accepts");
    List<String> jobs = new ArrayList<>();
    for (JsonNode job : offer.path("jobs")) {
      String jobId = job.path("jobId").asText();
      jobs.add(jobId);
      long epoch = job.path("epoch").asLong();
      for (JsonNode held : reply.body().path("work").path("jobs")) {
        if (held.path("jobId").asText().equals(jobId)) {
          epoch = held.path("epoch").asLong();
        }
      }
      world.log().accepted(rider.riderId(), jobId, epoch);
      if (random.nextDouble() < habits.releases()) {
        world
            .scheduler()
            .after(rider, MINUTE + random.nextInt((int) MINUTE), () -> rider.release(jobId));
      } else {
        handOvers.perhaps(jobId);
      }
    }
    world.book().promised(rider.riderId(), jobs, fen(offer.path("pay")));
  }
}
