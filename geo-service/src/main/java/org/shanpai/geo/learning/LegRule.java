package org.shanpai.geo.learning;

/**
 * Which rides teach travel times, and what. Those ridden too fast, the wrong way, or with a pause
 * never do, so the plan never learns to hurry people.
 *
 * @param leastSeconds expected; shorter legs say little
 * @param mostKmh average above which a leg was ridden too fast
 * @param mostRatio above which there was a pause
 * @param leastWayPart part of the legal way below which it was ridden the wrong way
 */
record LegRule(int leastSeconds, double mostKmh, double mostRatio, double leastWayPart) {

  /** What a leg is good for. */
  enum Verdict {
    TEACHES,
    SHORT,
    TOO_FAST,
    WRONG_WAY,
    PAUSE,
    NO_WAY
  }

  /**
   * @param riddenMetres by positions; null when they were not seen well enough
   * @param topKmh by positions, over half a minute or more; null likewise
   */
  record Ride(double seconds, Double riddenMetres, Double topKmh) {}

  /**
   * @param legalMetres the shortest legal way, or −1
   * @param expectedSeconds for it in that weather, uncorrected
   */
  Verdict judge(Ride ride, int legalMetres, double expectedSeconds) {
    if (legalMetres < 0) {
      return Verdict.NO_WAY;
    }
    if (expectedSeconds < leastSeconds) {
      return Verdict.SHORT;
    }
    if (ride.riddenMetres() != null && ride.riddenMetres() < leastWayPart * legalMetres) {
      return Verdict.WRONG_WAY;
    }
    double metres =
        ride.riddenMetres() == null ? legalMetres : Math.max(legalMetres, ride.riddenMetres());
    if (metres / ride.seconds() * 3.6 > mostKmh
        || (ride.topKmh() != null && ride.topKmh() > mostKmh)) {
      return Verdict.TOO_FAST;
    }
    return ride.seconds() / expectedSeconds > mostRatio ? Verdict.PAUSE : Verdict.TEACHES;
  }
}
