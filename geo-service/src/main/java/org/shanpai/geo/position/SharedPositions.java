package org.shanpai.geo.position;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.shanpai.contracts.GeoPoint;

/**
 * Where all replicas of the city keep riders' positions together. Times are city time, epoch
 * milliseconds; readings older than {@code oldest} do not count. Every call fails with {@code
 * RedisUnavailable} when nobody can answer.
 */
public interface SharedPositions {

  /** The nearest within the radius, nearest first, at most {@code limit}. */
  Uni<List<NearFix>> near(GeoPoint centre, double radiusMetres, int limit, long oldest);

  /** All within the radius, in no particular order. */
  Uni<List<Fix>> around(GeoPoint centre, double radiusMetres, long oldest);

  /** The rider's position, or null. */
  Uni<Fix> find(String riderId, long oldest);

  /** Tells it that readings wait in memory. */
  void wake();

  /** Whether this replica has seen, since its start, everything the others had written. */
  boolean seenAll();
}
