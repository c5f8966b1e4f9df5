package org.shanpai.city.streets;

import java.util.List;

/**
 * A way being travelled: where somebody is at any time, from a start time and a speed.
 *
 * <p>Immutable. Before its start it stands at the beginning, after its end at the end.
 */
public final class Journey {

  private final List<Spot> way;
  private final double[] metres;
  private final long startMillis;
  private final double metresPerSecond;

  /**
   * @param way at least one place
   * @param startMillis city time, epoch milliseconds
   * @param metresPerSecond in city seconds, more than 0
   */
  public Journey(List<Spot> way, long startMillis, double metresPerSecond) {
    if (way.isEmpty() || !(metresPerSecond > 0)) {
      throw new IllegalArgumentException(
          "A journey needs a place and a speed, not " + way + " at " + metresPerSecond + " m/s");
    }
    this.way = List.copyOf(way);
    this.startMillis = startMillis;
    this.metresPerSecond = metresPerSecond;
    this.metres = new double[way.size()];
    for (int i = 1; i < metres.length; i++) {
      metres[i] = metres[i - 1] + way.get(i - 1).to(way.get(i));
    }
  }

  public static Journey standing(Spot spot, long nowMillis) {
    return new Journey(List.of(spot), nowMillis, 1);
  }

  /** Length in metres. */
  public double length() {
    return metres[metres.length - 1];
  }

  /** City time of arrival, epoch milliseconds, rounded up. */
  public long endMillis() {
    return startMillis + (long) Math.ceil(length() / metresPerSecond * 1000);
  }

  public Spot end() {
    return way.get(way.size() - 1);
  }

  /** Where the traveller is. */
  public Spot at(long cityMillis) {
    double gone = Math.max(0, cityMillis - startMillis) / 1000.0 * metresPerSecond;
    for (int i = 1; i < metres.length; i++) {
      if (gone < metres[i]) {
        double leg = metres[i] - metres[i - 1];
        return way.get(i - 1).towards(way.get(i), (gone - metres[i - 1]) / leg);
      }
    }
    return end();
  }

  /** Metres travelled by then. */
  public double gone(long cityMillis) {
    return Math.min(length(), Math.max(0, cityMillis - startMillis) / 1000.0 * metresPerSecond);
  }
}
