package org.shanpai.city.agents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Http;
import org.shanpai.city.api.Wire;
import org.shanpai.contracts.time.WallClock;

/**
 * A rider's stream of offers and route: opened again whenever it ends, from where it ended. Used
 * from the rider's steps only.
 */
final class RiderStream {

  /** Takes an event. */
  interface Taker {
    /**
     * @param wallMillis wall time of its arrival
     */
    void take(JsonNode data, long wallMillis);
  }

  private static final long LONGEST_WAIT_MILLIS = 3_000;

  private final World world;
  private final Object rider;
  private final Caller caller;
  private final Runnable whenOpen;
  private final WallClock wall = WallClock.system();
  private final Map<String, Taker> takers = new HashMap<>();
  private String lastEventId;
  private boolean closed;
  private int failures;

  /**
   * @param whenOpen done each time the stream stands again, for what may have been missed
   */
  RiderStream(World world, Object rider, Caller caller, Runnable whenOpen) {
    this.world = world;
    this.rider = rider;
    this.caller = caller;
    this.whenOpen = whenOpen;
  }

  void on(String event, Taker taker) {
    takers.put(event, taker);
  }

  void open() {
    if (closed) {
      return;
    }
    caller.withToken(this::connect, 0);
  }

  void close() {
    closed = true;
  }

  private void connect() {
    world.http().stream(
        world.endpoints().rider() + "/v1/rider/stream",
        caller.token(),
        lastEventId,
        new Http.Listener() {
          @Override
          public void opened() {
            world
                .scheduler()
                .soon(
                    rider,
                    () -> {
                      failures = 0;
                      whenOpen.run();
                    });
          }

          @Override
          public void event(String name, String id, String data) {
            long arrived = wall.millis();
            world.scheduler().soon(rider, () -> take(name, id, data, arrived));
          }

          @Override
          public void closed(int status) {
            world.scheduler().soon(rider, () -> again(status));
          }
        });
  }

  private void take(String name, String id, String data, long arrived) {
    if (closed) {
      return;
    }
    if (id != null) {
      lastEventId = id;
    }
    Taker taker = takers.get(name);
    if (taker != null) {
      try {
        taker.take(Wire.JSON.readTree(data), arrived);
      } catch (JsonProcessingException e) {
        world.log().surprise("A stream carried something that is no JSON: " + data);
      }
    }
  }

  private void again(int status) {
    if (closed) {
      return;
    }
    if (status == 401) {
      caller.signOut();
    }
    world.log().trouble("stream ended: " + status);
    long wait = Math.min(LONGEST_WAIT_MILLIS, 200L << Math.min(failures++, 5));
    world.scheduler().afterWall(rider, wait, this::open);
  }
}
