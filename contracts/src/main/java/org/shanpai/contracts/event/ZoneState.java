package org.shanpai.contracts.event;

import java.util.List;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;

/**
 * A part of the city with a rule of its own. Published by geo-service.
 *
 * @param polygons parts that do not overlap, at least one
 * @param speedFactor SLOW: what speed is multiplied with, more than 0, at most 1; else null
 * @param storeId DELIVERY_RANGE: whose range it is; else null
 * @param removed true once it holds no longer
 */
public record ZoneState(
    String zoneId,
    CityId cityId,
    long version,
    Kind kind,
    String name,
    List<Polygon> polygons,
    Double speedFactor,
    StoreId storeId,
    boolean removed) {

  /** What holds inside. */
  public enum Kind {
    /** No rider goes through, no door inside is served. */
    NO_GO,
    /** Riders are slower. */
    SLOW,
    /** A store delivers inside, and not outside. */
    DELIVERY_RANGE
  }

  /**
   * One part of a zone.
   *
   * @param border its outline
   * @param holes what is cut out of it; empty where nothing is
   */
  public record Polygon(Ring border, List<Ring> holes) {}

  /**
   * A closed line.
   *
   * @param corners at least 3, not closed; counter-clockwise for a border, clockwise for a hole
   */
  public record Ring(List<GeoPoint> corners) {}
}
