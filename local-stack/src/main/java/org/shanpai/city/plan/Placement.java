package org.shanpai.city.plan;

import org.shanpai.city.streets.Spot;

/**
 * An order that a customer is going to place, and everything that will truly happen to it. Only the
 * city knows the latter; the platform learns it as it happens.
 *
 * @param number counts from 1, in the order of time
 * @param atMillis when, city milliseconds after the city opens
 * @param expectedReadySeconds what the kitchen says
 * @param readyMillis when it will truly be ready, city milliseconds after the placement
 * @param promiseSeconds what the customer was promised; null leaves it to the platform
 * @param cancelMillis when the customer cancels, city milliseconds after the placement; only for
 *     {@link Fate#CANCELS}
 * @param doorMillis what the handing over takes at the customer's, city milliseconds
 * @param loadUnits room in the rider's box
 * @param blunder what is wrong with it, or null when it is a good order
 */
public record Placement(
    int number,
    long atMillis,
    String storeId,
    Spot dropoff,
    int expectedReadySeconds,
    long readyMillis,
    Integer promiseSeconds,
    Fate fate,
    long cancelMillis,
    long doorMillis,
    int loadUnits,
    Blunder blunder) {}
