package org.shanpai.rider.stream;

/**
 * A message to one rider.
 *
 * @param seq the rider's own sequence, from 1 without holes
 * @param type what the phone knows it by, such as {@code offer}
 * @param body JSON
 * @param createdAtMillis wall time, epoch milliseconds
 */
public record RiderMessage(
    String riderId, long seq, String type, String body, long createdAtMillis) {}
