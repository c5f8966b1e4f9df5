package org.shanpai.bench.city;

import java.util.Set;

/**
 * An order as the city makes it. Times are city epoch ms.
 *
 * @param id unique within the city
 * @param store place of the store
 * @param door place of the customer
 * @param placedMillis placed
 * @param readyMillis goods ready
 * @param promiseMillis end of the promise
 * @param storeSeconds seconds at the store once the goods are ready
 * @param doorSeconds seconds at the door
 * @param units units in the box
 * @param grams weight
 * @param longestCarrySeconds longest time under way; 0 = no limit
 * @param direct never carried with anything else
 * @param needs equipment
 */
public record OrderFacts(
    String id,
    int store,
    int door,
    long placedMillis,
    long readyMillis,
    long promiseMillis,
    int storeSeconds,
    int doorSeconds,
    int units,
    int grams,
    int longestCarrySeconds,
    boolean direct,
    Set<String> needs) {}
