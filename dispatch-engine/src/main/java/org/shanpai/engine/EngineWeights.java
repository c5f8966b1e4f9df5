package org.shanpai.engine;

/**
 * Prices of the soft terms and the few times the commit policy needs.
 *
 * <p>Money of the model: one <em>cost</em> is one second of riding; prices are in thousandths of it
 * (mc), so that all sums are whole numbers and a plan is the same on every machine. Ranges: 0 to
 * 1,000,000 each, {@code holdPrice} to 1,000,000,000, {@code levelShareMillis} 0 to 30.
 *
 * @param travelPerSecond mc per second ridden. Reason: the unit; riding is what a courier's hour
 *     buys
 * @param waitPerSecond mc per second a courier stands at a shop with goods aboard or bound by a
 *     committed pickup; for an open job with nothing aboard they set out later instead. Reason: an
 *     idle courier is lost to others but spends nothing, so cheaper than riding
 * @param carryPerSecond mc per second and job between pickup and hand-over. Reason: food cools and
 *     melts; keeps detours of a batch short
 * @param shelfPerSecond mc per second and job that ready goods stand at the shop; counted in the
 *     carry term. Reason: same cooling, and it shortens click-to-door when the promise alone would
 *     not
 * @param latePerSecond mc per second after the promise. Reason: every late second hurts, from the
 *     first
 * @param lateConvexPerMinute mc per second² ÷ 60, counted from {@code safetySeconds} before the
 *     promise. Reason: one order 20 min late is worse than four 5 min late
 * @param safetySeconds seconds before the promise at which lateness begins to be priced and holding
 *     ends. Reason: plans slip by minutes; doors and lifts are not in the matrix
 * @param equityPerJob mc per new job for a courier with twice the average orders per online hour,
 *     linear from the average, cut at twice. Reason: similar chances to earn
 * @param levelShareMillis largest share of a courier's route cost, in thousandths, that a zero
 *     level adds; at most 30. Reason: the level decides only between near-equals (3 %)
 * @param disturbance mc when a courier's next unpinned stop becomes another one or a job is taken
 *     away, once for both. Reason: a courier who is sent back and forth stops believing the app
 * @param reassignPrice mc for a job that ends on another courier than it was committed to. Reason:
 *     the one loses pay they counted on and may have turned already, the other has to be told; five
 *     minutes of riding must be saved before that is worth it
 * @param holdPrice mc for leaving a job unplanned in this wave. Reason: waiting for a nearer
 *     courier must promise a gain, not just be free
 * @param holdLookaheadSeconds seconds after which a nearer courier is expected to turn up. Reason:
 *     couriers in an area come free every few minutes
 * @param holdApproachSeconds seconds that courier is expected to ride to the shop. Reason: a
 *     typical approach, so that only clearly worse ones are declined
 * @param offerLeadSeconds seconds between offer and departure. Reason: reading and accepting take
 *     up to 30 s and some decline
 * @param commitAheadSeconds seconds before the needed departure from which a job is offered at
 *     once. Reason: below this nothing is gained by keeping it open
 * @param endangeredAheadSeconds the same when the plan ends within {@code safetySeconds} of the
 *     promise. Reason: a job at risk must leave time for a decline
 * @param beyondGuaranteePerJob mc per new job beyond those that the courier's guaranteed pay
 *     covers. Reason: work for people who are paid for the hour anyway costs nothing more
 */
public record EngineWeights(
    int travelPerSecond,
    int waitPerSecond,
    int carryPerSecond,
    int shelfPerSecond,
    int latePerSecond,
    int lateConvexPerMinute,
    int safetySeconds,
    int equityPerJob,
    int levelShareMillis,
    int disturbance,
    int reassignPrice,
    int holdPrice,
    int holdLookaheadSeconds,
    int holdApproachSeconds,
    int offerLeadSeconds,
    int commitAheadSeconds,
    int endangeredAheadSeconds,
    int beyondGuaranteePerJob) {

  private static final int HIGHEST = 1_000_000;
  private static final int HIGHEST_HOLD = 1_000_000_000;

  public EngineWeights {
    inRange("travelPerSecond", travelPerSecond, HIGHEST);
    inRange("waitPerSecond", waitPerSecond, HIGHEST);
    inRange("carryPerSecond", carryPerSecond, HIGHEST);
    inRange("shelfPerSecond", shelfPerSecond, HIGHEST);
    inRange("latePerSecond", latePerSecond, HIGHEST);
    inRange("lateConvexPerMinute", lateConvexPerMinute, HIGHEST);
    inRange("safetySeconds", safetySeconds, HIGHEST);
    inRange("equityPerJob", equityPerJob, HIGHEST);
    inRange("levelShareMillis", levelShareMillis, 30);
    inRange("disturbance", disturbance, HIGHEST);
    inRange("reassignPrice", reassignPrice, HIGHEST);
    inRange("holdPrice", holdPrice, HIGHEST_HOLD);
    inRange("holdLookaheadSeconds", holdLookaheadSeconds, HIGHEST);
    inRange("holdApproachSeconds", holdApproachSeconds, HIGHEST);
    inRange("offerLeadSeconds", offerLeadSeconds, HIGHEST);
    inRange("commitAheadSeconds", commitAheadSeconds, HIGHEST);
    inRange("endangeredAheadSeconds", endangeredAheadSeconds, HIGHEST);
    inRange("beyondGuaranteePerJob", beyondGuaranteePerJob, HIGHEST);
  }

  /** The profile used in service. */
  public static EngineWeights live() {
    return new EngineWeights(
        1_000, 600, 200, 150, 3_000, 80, 300, 60_000, 30, 60_000, 300_000, 120_000, 300, 420, 45,
        60, 600, 0);
  }

  /**
   * Minutes from click to door and nothing else but pay: for operations without a promise, such as
   * the published meal delivery instances. Whoever can be served is; a courier leaves no sooner
   * than needed.
   *
   * @param waveSeconds seconds between waves; what would have to leave before the next one is
   *     offered now
   */
  public static EngineWeights clickToDoor(int waveSeconds) {
    return new EngineWeights(
        20,
        0,
        1_000,
        1_000,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        HIGHEST_HOLD,
        0,
        0,
        0,
        waveSeconds - 1,
        waveSeconds - 1,
        6_000);
  }

  private static void inRange(String name, int value, int highest) {
    if (value < 0 || value > highest) {
      throw new IllegalArgumentException(
          "weight %s is %d, allowed 0 to %d".formatted(name, value, highest));
    }
  }
}
