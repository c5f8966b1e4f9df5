package org.shanpai.dispatch.work;

/**
 * How uncertain a planned stop is.
 *
 * @param serviceP80Seconds four of five are done there by then; null when nobody has learned it
 * @param readySeconds four of five kitchens are at most so much later than told; 0 when the goods
 *     are known to be ready
 */
public record Spread(Integer serviceP80Seconds, int readySeconds) {}
