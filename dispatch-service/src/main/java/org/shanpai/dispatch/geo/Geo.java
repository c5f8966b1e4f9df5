package org.shanpai.dispatch.geo;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.RouteStop;

/**
 * What dispatch asks of geo-service. Every Uni fails with {@link GeoAway} when it cannot answer.
 */
public interface Geo {

  /**
   * A rider's last known position.
   *
   * @param at city time of the ping
   * @param trust how far it is believed, 0–100; null when nobody judged it
   * @param batteryPercent what the phone has left; null when it did not say
   */
  record Seen(String riderId, GeoPoint place, Instant at, Integer trust, Integer batteryPercent) {}

  /**
   * A stop of which the time it takes is wanted.
   *
   * @param kind pickup or drop-off
   * @param storeId of a pickup; null otherwise
   */
  record StopAsked(RouteStop.Kind kind, GeoPoint place, String storeId) {}

  /**
   * What finished jobs say of a stop.
   *
   * @param seconds to plan with
   * @param p80Seconds four of five are done by then
   * @param samples how many jobs that comes from; 0 when it is only a guess
   */
  record StopTime(int seconds, int p80Seconds, int samples) {}

  /** The riders in an area and so many metres around it; none when geo does not know the area. */
  Uni<List<Seen>> riders(String areaId, int withinMetres);

  /** A rider's last known position, wherever it is; null when nobody heard of the rider lately. */
  Uni<Seen> position(String riderId);

  /**
   * Travel times between all pairs of places, weather included.
   *
   * @return n × n whole city seconds, row-major, −1 for no way
   */
  Uni<int[]> travelSeconds(String areaId, List<GeoPoint> places);

  /** How long stops take, in the order asked. */
  Uni<List<StopTime>> stopTimes(List<StopAsked> stops);
}
