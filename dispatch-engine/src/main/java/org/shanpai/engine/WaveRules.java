package org.shanpai.engine;

/**
 * How couriers of an operation may be used; hard rules beside those of jobs and couriers.
 *
 * @param wholeTrips a trip goes to one shop and is finished before the next pickup: no pickup once
 *     a drop-off was made with goods still aboard, and none at another place while anything is
 *     aboard. Set where couriers get no new instruction under way
 * @param sharedPickup goods taken at the same shop in one visit are handed over together: the
 *     service time runs once, not once for each job
 */
public record WaveRules(boolean wholeTrips, boolean sharedPickup) {

  /** Stops of several jobs in any order; every pickup takes its own time. */
  public static final WaveRules FREE = new WaveRules(false, false);

  /** One shop after the other, each visit served once. */
  public static final WaveRules WHOLE_TRIPS = new WaveRules(true, true);
}
