package org.shanpai.engine;

/**
 * A committed job that goes to another courier (改派).
 *
 * @param jobId the job
 * @param fromCourier who had it
 * @param toCourier who has it now
 * @param gainMillicost mc the plan would cost more if the job stayed, the price of reassigning
 *     already taken off; above 0. Where the job no longer fits beside new work of its former
 *     courier, that work counts as held
 * @param pickupArrivalMillis city epoch ms at which the new courier is at the shop
 * @param dropoffMillis city epoch ms at which they hand over
 * @param receipt why
 */
public record Reassignment(
    String jobId,
    String fromCourier,
    String toCourier,
    long gainMillicost,
    long pickupArrivalMillis,
    long dropoffMillis,
    Receipt receipt) {}
