package org.shanpai.geo.learning;

/**
 * How long a kitchen takes from the order's creation until the goods can be taken.
 *
 * @param seconds median
 * @param p80Seconds four of five are ready by then
 * @param samples how many orders it comes from
 */
public record KitchenTime(int seconds, int p80Seconds, int samples) {}
