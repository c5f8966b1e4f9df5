package org.shanpai.city.plan;

import org.shanpai.city.streets.Spot;

/**
 * A customer who asks to be served and cannot be: demand that the city misses.
 *
 * @param number counts from 1, in the order of time
 * @param atMillis when, city milliseconds after the city opens
 * @param storeId whom they ask
 * @param dropoff where they are
 * @param reason why it cannot be
 */
public record Ask(int number, long atMillis, String storeId, Spot dropoff, Reason reason) {

  /** See the members. */
  public enum Reason {
    /** Beyond the store's range. */
    TOO_FAR,
    /** The store is closed. */
    CLOSED
  }
}
