package org.shanpai.dispatch.lease;

/**
 * The right to run the waves of an area, until somebody with a higher fence takes over.
 *
 * @param fence rises by one with each take-over
 */
public record Lease(String areaId, String holder, long fence) {}
