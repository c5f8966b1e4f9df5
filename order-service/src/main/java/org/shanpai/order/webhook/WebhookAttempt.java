package org.shanpai.order.webhook;

import java.time.Instant;

/**
 * One try of a delivery, wall time.
 *
 * @param attempt counted from 1, over all replays
 * @param millis from the look-up of the name to the end of the answer
 * @param status HTTP status, or null without an answer
 * @param error why it failed, or null
 * @param answer the first characters of what was answered, or null
 */
public record WebhookAttempt(
    int attempt, Instant at, int millis, Integer status, String error, String answer) {}
