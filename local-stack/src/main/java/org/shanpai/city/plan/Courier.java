package org.shanpai.city.plan;

import org.shanpai.city.streets.Spot;

/**
 * A rider to onboard and how they behave.
 *
 * @param start where they sign in
 * @param onMillis when their shift begins, city milliseconds after the city opens
 * @param offMillis when it ends; {@link Long#MAX_VALUE} for never
 * @param metresPerSecond how fast they ride, city seconds
 * @param capacityUnits room in the box
 */
public record Courier(
    String riderId,
    String label,
    Spot start,
    long onMillis,
    long offMillis,
    double metresPerSecond,
    int capacityUnits,
    Phone phone) {}
