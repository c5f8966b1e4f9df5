package org.shanpai.city.agents;

import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Reply;
import org.shanpai.city.api.Request;
import org.shanpai.contracts.CoordinateSystem;

/** A rider's time on duty. Used from the rider's steps only. */
final class Shift {

  private static final long MINUTE = 60_000;
  private static final long RESYNC_MILLIS = 4 * MINUTE;

  private final World world;
  private final RiderAgent rider;
  private final Caller caller;
  private final Random random;
  private final Runnable over;
  private final String url;
  private boolean online;
  private boolean leaving;

  /**
   * @param over done when the rider is off duty with nothing in hand
   */
  Shift(World world, RiderAgent rider, Caller caller, Random random, Runnable over) {
    this.world = world;
    this.rider = rider;
    this.caller = caller;
    this.random = random;
    this.over = over;
    this.url = world.endpoints().rider() + "/v1/rider/shift";
  }

  boolean online() {
    return online;
  }

  boolean leaving() {
    return leaving;
  }

  void begin() {
    tell(
        true,
        reply -> {
          if (reply.ok()) {
            online = true;
            world.online(true);
            rider.taken(reply);
            keepInStep();
            rider.proceed();
          } else if (!leaving) {
            // Dispatch hears of a new rider by event, a moment after the onboarding.
            world.log().count("shift refused " + reply.status());
            world.scheduler().afterWall(rider, 1_000, this::begin);
          }
        });
  }

  private void tell(boolean on, Consumer<Reply> then) {
    Object place = world.plan().plane().place(rider.here());
    caller.call(
        Request.put(
            url, Map.of("online", on, "coordinateSystem", CoordinateSystem.WGS_84, "place", place)),
        then);
  }

  /** The shift is over: no new offers; what is in hand is still carried. */
  void leave() {
    if (!leaving) {
      leaving = true;
      end();
    }
  }

  private void end() {
    if (!online || rider.ended()) {
      return;
    }
    tell(
        false,
        reply -> {
          rider.taken(reply);
          if (!reply.ok() || !rider.carriesNothing()) {
            world.scheduler().after(rider, 2 * MINUTE, this::end);
          } else if (online) {
            online = false;
            world.online(false);
            over.run();
          }
        });
  }

  private void keepInStep() {
    world
        .scheduler()
        .after(
            rider,
            RESYNC_MILLIS + random.nextInt((int) MINUTE),
            () -> {
              if (!rider.ended() && online) {
                rider.resync();
                keepInStep();
              }
            });
  }
}
