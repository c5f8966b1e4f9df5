package org.shanpai.city.streets;

/**
 * A place on the city's flat map.
 *
 * @param east metres east of the city's middle
 * @param north metres north of it
 */
public record Spot(double east, double north) {

  /** Metres as the crow flies. */
  public double to(Spot other) {
    return Math.hypot(other.east - east, other.north - north);
  }

  /** The place that lies so far along the straight line to another. */
  public Spot towards(Spot other, double share) {
    return new Spot(east + (other.east - east) * share, north + (other.north - north) * share);
  }

  public Spot moved(double moreEast, double moreNorth) {
    return new Spot(east + moreEast, north + moreNorth);
  }
}
