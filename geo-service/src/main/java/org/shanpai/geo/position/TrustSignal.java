package org.shanpai.geo.position;

/**
 * What speaks against a rider's readings. The names are part of the API. Each takes away up to its
 * {@link #weight} of the 100 points, more with every reading that shows it and less with every one
 * that does not; none of them alone stops a rider.
 */
public enum TrustSignal {
  /** The phone says that an app faked the place. */
  MOCK(80, 1),
  /** No e-bike comes from the place before to this one in that time. */
  TELEPORT(50, 0.4),
  /** The place no e-bike comes to is at a shop, where being is worth something. */
  SHOP(45, 0.6),
  /** The phone measured, or its readings show, a speed an e-bike hardly has. */
  SPEED(25, 0.34),
  /** The very same reading again and again: while riding, or for longer than a receiver stands. */
  IDENTICAL(45, 0.25),
  /** A bad reading, or one that claims to be perfect. */
  ACCURACY(30, 0.5),
  /** The phone's clock was wrong by more than clocks are; the readings' times were corrected. */
  CLOCK(25, 0.34),
  /** Trust lost before this replica knew the rider. */
  CARRIED_OVER(100, 1);

  private final int weight;
  private final double gain;

  TrustSignal(int weight, double gain) {
    this.weight = weight;
    this.gain = gain;
  }

  /** Most points it takes away. */
  public int weight() {
    return weight;
  }

  /** The share of what is still missing to the whole weight that one reading adds. */
  double gain() {
    return gain;
  }
}
