package org.shanpai.city.agents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Request;
import org.shanpai.city.streets.Spot;
import org.shanpai.contracts.GeoPoint;

/**
 * A rider's phone: notes where it is every 10 city seconds and sends that in batches; loses sight
 * of the satellites now and then. Used from the rider's steps only.
 */
final class Positions {

  private static final long EVERY_MILLIS = 10_000;

  /** A rider on the way tells the platform three times as often as one who stands. */
  private static final int BATCH_MOVING = 2;

  private static final int BATCH_STANDING = 6;

  /** What a phone keeps while nobody answers. */
  private static final int KEPT = 60;

  private final World world;
  private final Object rider;
  private final Caller caller;
  private final Random random;
  private final LongFunction<Spot> position;
  private final String session;
  private final List<Map<String, Object>> unsent = new ArrayList<>();
  private Spot last;
  private long silentUntil = Long.MIN_VALUE;
  private boolean sending;
  private int life;
  private long seq;

  Positions(World world, Object rider, Caller caller, Random random, LongFunction<Spot> position) {
    this.world = world;
    this.rider = rider;
    this.caller = caller;
    this.random = random;
    this.position = position;
    this.session = "s-" + Long.toHexString(random.nextLong());
  }

  void begin() {
    life++;
    note(life);
  }

  void end() {
    life++;
  }

  private void note(int of) {
    if (of != life) {
      return;
    }
    long now = world.scheduler().now();
    double perNote = world.plan().habits().silences() * EVERY_MILLIS / 3_600_000;
    if (random.nextDouble() < perNote) {
      silentUntil = now + 40_000 + random.nextInt(200_000);
      world.log().count("gps lost");
    }
    if (now >= silentUntil) {
      note(now);
    }
    world.scheduler().at(rider, now + EVERY_MILLIS, () -> note(of));
  }

  private void note(long now) {
    Spot here = position.apply(now);
    double speed = last == null ? 0 : last.to(here) / (EVERY_MILLIS / 1000.0);
    last = here;
    GeoPoint place =
        world
            .plan()
            .plane()
            .place(here.moved(2 * random.nextGaussian(), 2 * random.nextGaussian()));
    Map<String, Object> ping = new LinkedHashMap<>();
    ping.put("seq", ++seq);
    ping.put("at", Instant.ofEpochMilli(now).toString());
    ping.put("lat", place.lat());
    ping.put("lon", place.lon());
    ping.put("accuracyMetres", 5 + random.nextInt(10));
    ping.put("speedMps", Math.round(speed * 10) / 10.0);
    unsent.add(ping);
    if (unsent.size() > KEPT) {
      unsent.remove(0);
    }
    if (!sending && unsent.size() >= (speed > 0.5 ? BATCH_MOVING : BATCH_STANDING)) {
      send();
    }
  }

  /** The first after signing in goes out at once. */
  void flush() {
    if (!sending && !unsent.isEmpty()) {
      send();
    }
  }

  private void send() {
    List<Map<String, Object>> batch = List.copyOf(unsent);
    unsent.clear();
    sending = true;
    caller.callOnce(
        Request.post(
            world.endpoints().geo() + "/v1/positions",
            Map.of("sessionId", session, "coordinateSystem", "WGS-84", "pings", batch),
            null),
        reply -> {
          sending = false;
          if (reply.ok()) {
            int rejected = reply.body().path("rejected").size();
            if (rejected > 0) {
              world.log().count("batches with rejected pings");
            }
          } else if (reply.passing() || reply.status() == 401) {
            unsent.addAll(0, batch);
            while (unsent.size() > KEPT) {
              unsent.remove(0);
            }
          } else {
            world.log().count("positions refused " + reply.status());
          }
        });
  }
}
