package org.shanpai.engine;

/**
 * A cost by term, in thousandths of a second of riding (mc, see {@link EngineWeights}).
 *
 * @param lateness convex price of finishing near or after the promise
 * @param travel riding
 * @param waiting standing at shops
 * @param carry goods under way, and ready goods on the shelf
 * @param equity work given to those who already had much
 * @param level tie-break by level, at most 3 % of the first four and equity
 * @param disturbance changes of a courier's next stop, jobs taken away and the price of handing a
 *     committed job to another courier
 */
public record CostTerms(
    long lateness,
    long travel,
    long waiting,
    long carry,
    long equity,
    long level,
    long disturbance) {

  /** No cost at all. */
  public static final CostTerms ZERO = new CostTerms(0, 0, 0, 0, 0, 0, 0);

  /** Sum of the terms. */
  public long total() {
    return lateness + travel + waiting + carry + equity + level + disturbance;
  }

  /** Term by term sum. */
  public CostTerms plus(CostTerms o) {
    return new CostTerms(
        lateness + o.lateness,
        travel + o.travel,
        waiting + o.waiting,
        carry + o.carry,
        equity + o.equity,
        level + o.level,
        disturbance + o.disturbance);
  }

  /** Term by term difference; terms may become negative. */
  public CostTerms minus(CostTerms o) {
    return new CostTerms(
        lateness - o.lateness,
        travel - o.travel,
        waiting - o.waiting,
        carry - o.carry,
        equity - o.equity,
        level - o.level,
        disturbance - o.disturbance);
  }
}
