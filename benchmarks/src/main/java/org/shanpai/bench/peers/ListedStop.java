package org.shanpai.bench.peers;

/**
 * A stop as an element of the planning lists of OptaPlanner and Timefold.
 *
 * @param wave the wave it belongs to
 * @param index stop index there
 */
record ListedStop(FlatWave wave, int index) {

  private static final double FAR = 3600;

  /** Seconds from the start of a courier's route; the holder is as far as a usual approach. */
  double fromStartOf(int courier) {
    return courier < 0
        ? wave.weights.holdApproachSeconds()
        : seconds(wave.startPlace[courier], wave.place[index]);
  }

  double secondsTo(ListedStop other) {
    return seconds(wave.place[index], wave.place[other.index]);
  }

  private double seconds(int from, int to) {
    return Math.min(FAR, wave.times.seconds(from, to));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ListedStop stop && stop.index == index && stop.wave == wave;
  }

  @Override
  public int hashCode() {
    return index;
  }

  @Override
  public String toString() {
    return "stop " + index;
  }
}
