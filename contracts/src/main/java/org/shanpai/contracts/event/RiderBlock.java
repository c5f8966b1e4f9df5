package org.shanpai.contracts.event;

import java.time.Instant;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;

/**
 * A rider wants no more orders of the customer of one of their jobs (拉黑顾客). Published by
 * rider-service, for dispatch alone. Who the customer is, is not in it: dispatch knows the job.
 *
 * @param blockId the key
 * @param version rises by one with every change
 * @param jobId one the rider had
 * @param until city time at which it ends by itself; null once it was lifted
 */
public record RiderBlock(
    String blockId, CityId cityId, RiderId riderId, long version, JobId jobId, Instant until) {}
