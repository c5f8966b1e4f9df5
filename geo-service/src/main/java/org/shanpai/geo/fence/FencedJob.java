package org.shanpai.geo.fence;

import java.time.Instant;
import org.shanpai.contracts.GeoPoint;

/**
 * A job while one rider had it.
 *
 * @param epoch the job's fencing token
 * @param version of the job's state it was last read from
 * @param pickup the store's place as told
 * @param acceptedAt city time; the rider counts as on the way to the store from then on
 * @param pickedUpAt city time; null before the pickup
 * @param endedAt city time at which the goods were handed over, turned round, or the job was taken
 *     away; null while it is the rider's
 * @param seenAtStore whether that was proved already
 * @param seenAtCustomer whether that was proved already
 */
public record FencedJob(
    String jobId,
    long epoch,
    long version,
    String riderId,
    String areaId,
    String storeId,
    GeoPoint pickup,
    GeoPoint dropoff,
    Instant acceptedAt,
    Instant pickedUpAt,
    Instant endedAt,
    boolean seenAtStore,
    boolean seenAtCustomer) {}
