package org.shanpai.dispatch.geo;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.GeoPoint;

/**
 * What dispatch asks of geo-service. Every Uni fails with {@link GeoAway} when it cannot answer.
 */
public interface Geo {

  /**
   * A rider's last known position.
   *
   * @param at city time of the ping
   */
  record Seen(String riderId, GeoPoint place, Instant at) {}

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
}
