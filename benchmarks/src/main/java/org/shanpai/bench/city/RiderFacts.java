package org.shanpai.bench.city;

import java.util.Set;

/**
 * A rider as the city makes them, apart from where they are and what they carry.
 *
 * @param id unique within the city
 * @param place where they start
 * @param capacityUnits units the box holds
 * @param capacityGrams grams they may carry
 * @param onMillis city epoch ms at which the shift begins
 * @param offMillis city epoch ms after which no pickup begins; 0 = none
 * @param dutyEndMillis city epoch ms by which they must be done (fatigue); 0 = none
 * @param speedFactor share of the planned speed
 * @param levelMillis level score, mp
 * @param equipment what they have with them
 * @param onlineHours online today
 * @param earnedOrders delivered today
 */
public record RiderFacts(
    String id,
    int place,
    int capacityUnits,
    int capacityGrams,
    long onMillis,
    long offMillis,
    long dutyEndMillis,
    double speedFactor,
    int levelMillis,
    Set<String> equipment,
    double onlineHours,
    double earnedOrders) {}
