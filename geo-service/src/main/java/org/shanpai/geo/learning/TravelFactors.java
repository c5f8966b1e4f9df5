package org.shanpai.geo.learning;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * By how much rides take longer than the map says, by cell and half hour of the day. Each level is
 * the median of its own rides drawn towards the level above: the half hour of a cell towards what
 * cell and half hour have in common, cell and half hour towards the city, the city towards 1.
 * Immutable; look-ups cost a map or two.
 */
public final class TravelFactors {

  public static final int SLOTS = 48;

  /** Nothing learned: 1 everywhere. */
  public static final TravelFactors NONE =
      new TravelFactors(new double[] {0, 0, 0}, Map.of(), Map.of(), Map.of(), 0.7, 2.0);

  /** Cell and half hour of the day. */
  record Key(long cell, int slot) {}

  /**
   * What was learned for a cell and half hour.
   *
   * @param cell 0 for the whole city
   * @param slot half hour of the day 0–47; −1 for the whole day
   * @param samples own rides
   */
  public record Learned(long cell, int slot, double factor, long samples) {}

  private static final double SPREAD_PRIOR = 100;

  // Logarithm of the factor, samples, spread.
  private final double[] city;
  private final Map<Integer, double[]> slots;
  private final Map<Long, double[]> cells;
  private final Map<Key, double[]> both;
  private final double least;
  private final double most;

  // Each value: logarithm of the factor, own samples.
  private TravelFactors(
      double[] city,
      Map<Integer, double[]> slots,
      Map<Long, double[]> cells,
      Map<Key, double[]> both,
      double least,
      double most) {
    this.city = city;
    this.slots = slots;
    this.cells = cells;
    this.both = both;
    this.least = least;
    this.most = most;
  }

  /**
   * @param prior rides the level above is worth
   * @param least bounds of the factor
   */
  static TravelFactors of(Map<Key, RatioSketch> rides, double prior, double least, double most) {
    RatioSketch all = new RatioSketch();
    Map<Integer, RatioSketch> bySlot = new TreeMap<>();
    Map<Long, RatioSketch> byCell = new TreeMap<>();
    rides.forEach(
        (key, sketch) -> {
          all.add(sketch);
          bySlot.computeIfAbsent(key.slot(), slot -> new RatioSketch()).add(sketch);
          byCell.computeIfAbsent(key.cell(), cell -> new RatioSketch()).add(sketch);
        });
    double[] drawn = level(all, 0, prior);
    double[] city = {drawn[0], all.samples(), all.samples() == 0 ? 0 : spread(all)};
    // What a cell or a half hour differs by is measured from the city's own median: from the drawn
    // one, the city's difference to the map would count in both.
    double median = all.samples() == 0 ? 0 : all.logQuantile(0.5);
    Map<Integer, double[]> slots = new HashMap<>();
    bySlot.forEach((slot, sketch) -> slots.put(slot, level(sketch, median, prior)));
    Map<Long, double[]> cells = new HashMap<>();
    byCell.forEach((cell, sketch) -> cells.put(cell, level(sketch, median, prior)));
    slots.values().forEach(value -> value[0] += city[0] - median);
    cells.values().forEach(value -> value[0] += city[0] - median);
    Map<Key, double[]> both = new HashMap<>();
    rides.forEach(
        (key, sketch) ->
            both.put(
                key,
                level(
                    sketch, slots.get(key.slot())[0] + cells.get(key.cell())[0] - city[0], prior)));
    return new TravelFactors(city, slots, cells, both, least, most);
  }

  private static double spread(RatioSketch sketch) {
    return sketch.logQuantile(0.85) - sketch.logQuantile(0.5);
  }

  private static double[] level(RatioSketch sketch, double above, double prior) {
    return sketch.samples() == 0
        ? new double[] {above, 0}
        : new double[] {
          Quantiles.shrink(sketch.logQuantile(0.5), sketch.samples(), above, prior),
          sketch.samples()
        };
  }

  /**
   * @param slot half hour of the day, 0–47
   */
  public double factor(long cell, int slot) {
    double[] exact = both.get(new Key(cell, slot));
    if (exact != null) {
      return bounded(exact[0]);
    }
    double[] ofCell = cells.getOrDefault(cell, city);
    double[] ofSlot = slots.getOrDefault(slot, city);
    return bounded(ofCell[0] + ofSlot[0] - city[0]);
  }

  /**
   * How many times the usual time 85 of 100 rides stay within, drawn towards what is assumed.
   *
   * @param assumed 1 or more
   */
  public double spread85(double assumed) {
    return Math.exp(Quantiles.shrink(city[2], city[1], Math.log(assumed), SPREAD_PRIOR));
  }

  /** The whole city, the whole day. */
  public Learned city() {
    return new Learned(0, -1, bounded(city[0]), (long) city[1]);
  }

  /** What was learned there, own rides or not. */
  public Learned at(long cell, int slot) {
    double[] exact = both.get(new Key(cell, slot));
    return new Learned(cell, slot, factor(cell, slot), exact == null ? 0 : (long) exact[1]);
  }

  /** Every cell and half hour with rides of its own, in order. */
  public Iterable<Learned> all() {
    TreeMap<String, Learned> ordered = new TreeMap<>();
    both.forEach(
        (key, value) ->
            ordered.put(
                Long.toHexString(key.cell()) + String.format("%02d", key.slot()),
                new Learned(key.cell(), key.slot(), bounded(value[0]), (long) value[1])));
    return ordered.values();
  }

  private double bounded(double log) {
    return Math.max(least, Math.min(most, Math.exp(log)));
  }
}
