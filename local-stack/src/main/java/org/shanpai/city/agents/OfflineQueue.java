package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.shanpai.city.agents.Work.Held;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Reply;
import org.shanpai.city.api.Request;
import org.shanpai.contracts.time.WallClock;

/**
 * What a rider's phone keeps while it has no line, handed in afterwards: late, in any order, some
 * of it twice; by a phone whose clock may be hours off. Used from the rider's steps only.
 */
final class OfflineQueue {

  private static final long MOST_WAIT_WALL_MILLIS = 3_000;

  /** How often a second handing in is tried while a service is away. */
  private static final int REPEATS = 20;

  /** Half a second of a queue's way, and what rounding makes. City milliseconds. */
  private static final long SLACK_MILLIS = 2_000;

  private final World world;
  private final Object rider;
  private final String riderId;
  private final Caller caller;
  private final Random random;
  private final WallClock wall = WallClock.system();
  private final long clockErrorMillis;

  /** Whether the phone tells how long ago, by a clock that nobody can set. */
  private final boolean steady;

  private final String url;
  private long acts;

  OfflineQueue(World world, Object rider, String riderId, Caller caller) {
    this.world = world;
    this.rider = rider;
    this.riderId = riderId;
    this.caller = caller;
    this.random = world.chanceOf(riderId + " tunnel");
    this.url = world.endpoints().rider() + "/v1/rider/actions";
    boolean wrong = riderId.equals(world.roles().wrongClock());
    this.steady = !wrong && random.nextBoolean();
    this.clockErrorMillis = wrong ? (random.nextBoolean() ? 7 : -5) * 3_600_000L : 0;
  }

  /** Whether this stop lies where there is no line. */
  boolean noLine() {
    return world.plan().habits().speaksUp()
        && (clockErrorMillis != 0 || random.nextDouble() < 0.08);
  }

  /** How long until there is a line again, city milliseconds. */
  long outAgain() {
    return 20_000 + random.nextInt(60_000);
  }

  /**
   * Something done without a line.
   *
   * @param code of the goods; null where there is none
   * @param atMillis city time
   * @param wallMillis the same by a clock that runs steadily
   * @param mark of the city's log before it was done
   */
  record Done(
      String key, String kind, Held job, String code, long atMillis, long wallMillis, long mark) {

    /** What the platform says came of it; empty when it says nothing. */
    String outcome(Reply reply) {
      for (JsonNode result : reply.body().path("results")) {
        if (result.path("key").asText().equals(key)) {
          return result.path("outcome").asText();
        }
      }
      return "";
    }
  }

  Done done(String kind, Held job, String code) {
    String key = world.key(riderId, 0) + "q" + ++acts;
    return new Done(
        key, kind, job, code, world.scheduler().now(), wall.millis(), world.log().mark());
  }

  /**
   * Hands in until every one is done or refused, then hands the answer over; afterwards all of it
   * comes once more.
   *
   * @param then is given the last answer
   */
  void handIn(List<Done> queue, Consumer<Reply> then) {
    List<Done> shuffled = new ArrayList<>(queue);
    Collections.reverse(shuffled);
    world.log().count("queued actions", queue.size());
    if (clockErrorMillis != 0) {
      world.log().count("wrong-clock actions", queue.size());
    }
    send(shuffled, then, 0);
  }

  private void send(List<Done> queue, Consumer<Reply> then, int tries) {
    long sent = world.scheduler().now();
    caller.callOnce(
        Request.post(url, batch(queue), null),
        reply -> {
          boolean later = later(reply);
          if (reply.passing() || reply.status() == 401 || later) {
            world.log().trouble("queue: " + (later ? "LATER" : reply.text()));
            long wait = Math.min(MOST_WAIT_WALL_MILLIS, 300L << Math.min(tries, 4));
            world.scheduler().afterWall(rider, wait, () -> send(queue, then, tries + 1));
            return;
          }
          if (!reply.ok()) {
            world
                .log()
                .surprise("A queue of %s was answered with %s".formatted(riderId, reply.text()));
          }
          check(queue, reply, sent, tries > 0);
          then.accept(reply);
          if (reply.ok() && random.nextBoolean()) {
            world.scheduler().after(rider, 30_000, () -> again(queue, reply, REPEATS));
          }
        });
  }

  private Map<String, Object> batch(List<Done> queue) {
    long phone = wall.millis() + clockErrorMillis;
    List<Map<String, Object>> actions = new ArrayList<>();
    for (Done one : queue) {
      Map<String, Object> action = new LinkedHashMap<>();
      action.put("key", one.key());
      action.put("kind", one.kind());
      action.put("jobId", one.job().jobId());
      action.put("epoch", one.job().epoch());
      if (one.code() != null) {
        action.put("code", one.code());
      }
      if (steady) {
        action.put("agoMillis", wall.millis() - one.wallMillis());
      } else {
        // As the phone noted it when it was done, whatever the time is now.
        long noted = one.wallMillis() + clockErrorMillis;
        action.put("at", Instant.ofEpochMilli(noted).toString());
      }
      actions.add(action);
    }
    return Map.of("sentAt", Instant.ofEpochMilli(phone).toString(), "actions", actions);
  }

  /**
   * When it happened is told right, however wrong the clock.
   *
   * @param earlier whether it may have come with a try before; that one's word counts
   */
  private void check(List<Done> queue, Reply reply, long sentMillis, boolean earlier) {
    long slack = SLACK_MILLIS + world.scheduler().now() - sentMillis;
    for (JsonNode result : reply.body().path("results")) {
      Done one = find(queue, result);
      if (one == null || earlier || !result.path("happenedAt").isTextual()) {
        continue;
      }
      long off = Instant.parse(result.path("happenedAt").asText()).toEpochMilli() - one.atMillis();
      if (off < -SLACK_MILLIS || off > slack) {
        world
            .log()
            .amiss(
                "queueAmiss",
                "%s of %s is told %d city ms off its time.".formatted(one.kind(), riderId, off));
      }
    }
  }

  private static Done find(List<Done> queue, JsonNode result) {
    return queue.stream()
        .filter(one -> one.key().equals(result.path("key").asText()))
        .findFirst()
        .orElse(null);
  }

  /** Everything again, as it was: nothing is done twice, and the answer is the same. */
  private void again(List<Done> queue, Reply before, int tries) {
    caller.call(
        Request.post(url, batch(queue), null),
        reply -> {
          if (later(reply) && tries > 0) {
            world.scheduler().afterWall(rider, 3_000, () -> again(queue, before, tries - 1));
            return;
          }
          Map<String, String> first = outcomes(before);
          Map<String, String> second = outcomes(reply);
          boolean repeated = true;
          for (JsonNode result : reply.body().path("results")) {
            repeated &= result.path("repeated").asBoolean();
          }
          if (!reply.ok() || !repeated || !first.equals(second)) {
            world
                .log()
                .amiss(
                    "queueAmiss",
                    "A queue of %s came again: %s, then %s (%s)."
                        .formatted(riderId, first, second, reply.text()));
          }
          world.log().count("queued actions repeated", queue.size());
        });
  }

  private static boolean later(Reply reply) {
    for (JsonNode result : reply.body().path("results")) {
      if (result.path("outcome").asText().equals("LATER")) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, String> outcomes(Reply reply) {
    Map<String, String> outcomes = new LinkedHashMap<>();
    for (JsonNode result : reply.body().path("results")) {
      outcomes.put(
          result.path("key").asText(),
          result.path("outcome").asText() + " " + result.path("happenedAt").asText());
    }
    return outcomes;
  }
}
