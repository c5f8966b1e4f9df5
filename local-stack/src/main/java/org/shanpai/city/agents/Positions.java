package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Request;
import org.shanpai.city.plan.Courier;
import org.shanpai.city.streets.Spot;
import org.shanpai.contracts.GeoPoint;

/**
 * A rider's phone: notes where it is every 10 city seconds, in the coordinate system it knows, and
 * sends that in batches; loses sight of the satellites now and then, and under the roof of a mall
 * knows its place badly. Used from the rider's steps only.
 */
final class Positions {

  private static final long EVERY_MILLIS = 10_000;

  /** A rider on the way tells the platform three times as often as one who stands. */
  private static final int BATCH_MOVING = 2;

  private static final int BATCH_STANDING = 6;

  /** What a phone keeps while nobody answers. */
  private static final int KEPT = 60;

  private static final double OPEN_SKY_METRES = 2;
  private static final double UNDER_ROOF_METRES = 14;

  private final World world;
  private final Object rider;
  private final Courier courier;
  private final Caller caller;
  private final Random random;
  private final LongFunction<Spot> position;
  private final Battery battery;
  private final Fakery fakery;
  private final List<Map<String, Object>> unsent = new ArrayList<>();
  private Spot last;
  private long silentUntil = Long.MIN_VALUE;
  private boolean sending;
  private int life;
  private String session;
  private long seq;
  private int charge;

  Positions(
      World world, Object rider, Courier courier, Caller caller, LongFunction<Spot> position) {
    this.world = world;
    this.rider = rider;
    this.courier = courier;
    this.caller = caller;
    this.random = world.chanceOf(courier.riderId() + " phone");
    this.position = position;
    this.battery = new Battery(courier.phone(), random, world.openedMillis() + courier.onMillis());
    this.fakery = courier.phone().cheats() ? new Fakery(world.plan().stores(), random) : null;
  }

  void begin() {
    life++;
    session = world.key(courier.riderId(), life).replace(':', '-');
    seq = 0;
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
    drain(now);
    if (now >= silentUntil) {
      note(now);
    }
    world.scheduler().at(rider, now + EVERY_MILLIS, () -> note(of));
  }

  private void drain(long now) {
    int before = charge;
    charge = battery.percent(now);
    if (before >= 10 && charge < 10) {
      world.log().count("phones nearly empty");
    } else if (charge > before && before > 0) {
      world.log().count("phones charged");
    }
  }

  private void note(long now) {
    Spot here = position.apply(now);
    double speed = last == null ? 0 : last.to(here) / (EVERY_MILLIS / 1000.0);
    last = here;
    Fakery.Faked faked = fakery == null ? null : fakery.at(now, here);
    boolean roof = faked == null && world.plan().malls().stream().anyMatch(m -> m.covers(here));
    double noise = roof ? UNDER_ROOF_METRES : OPEN_SKY_METRES;
    Spot seen =
        (faked == null ? here : faked.spot())
            .moved(noise * random.nextGaussian(), noise * random.nextGaussian());
    GeoPoint told = courier.phone().coordinateSystem().fromWgs84(world.plan().plane().place(seen));
    Map<String, Object> ping = new LinkedHashMap<>();
    ping.put("seq", ++seq);
    ping.put("at", Instant.ofEpochMilli(now).toString());
    ping.put("lat", told.lat());
    ping.put("lon", told.lon());
    ping.put("accuracyMetres", roof ? 18 + random.nextInt(25) : 5 + random.nextInt(10));
    ping.put("speedMps", Math.round(speed * 10) / 10.0);
    if (faked != null) {
      ping.put("mock", faked.mock());
      world.log().count("readings faked");
    }
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
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("sessionId", session);
    body.put("coordinateSystem", courier.phone().coordinateSystem());
    body.put("batteryPercent", charge);
    body.put("pings", batch);
    caller.callOnce(
        Request.post(world.endpoints().geo() + "/v1/positions", body, null),
        reply -> {
          sending = false;
          if (reply.ok()) {
            world.log().count("pings sent", batch.size());
            for (JsonNode one : reply.body().path("rejected")) {
              world.log().count("pings rejected " + one.path("reason").asText("?"));
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
