package org.shanpai.geo.redis;

import jakarta.inject.Singleton;
import org.shanpai.chassis.City;
import org.shanpai.geo.cell.Cells;

/**
 * The names of what is kept in Redis, all of one city in one hash slot, because a write is one
 * transaction over several of them.
 */
@Singleton
public class RedisKeys {

  private final String prefix;

  public RedisKeys(City city) {
    this.prefix = "shanpai:{" + city.id().value() + "}:";
  }

  /** GEO set of the riders in an H3 cell. */
  public String riderCell(long cell) {
    return riderCellPrefix() + Cells.text(cell);
  }

  public String riderCellPrefix() {
    return prefix + "rider-cell:";
  }

  /**
   * String {@code at|lat|lon|trust|battery|cell} of a rider: what holds when a cell says otherwise.
   */
  public String rider(String riderId) {
    return riderPrefix() + riderId;
  }

  public String riderPrefix() {
    return prefix + "rider:";
  }

  /** Sorted set: rider by the city time, epoch milliseconds, of the newest reading. */
  public String riderSeen() {
    return prefix + "rider-seen";
  }

  /** GEO set of the stores in an H3 cell. */
  public String storeCell(long cell) {
    return prefix + "store-cell:" + Cells.text(cell);
  }

  /** Counts the writes of one replica. */
  public String watermark(String replica) {
    return prefix + "watermark:" + replica;
  }
}
