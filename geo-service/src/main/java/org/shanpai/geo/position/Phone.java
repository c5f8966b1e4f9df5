package org.shanpai.geo.position;

/**
 * Who sent a batch.
 *
 * @param sessionId the phone's run of the app, within which the readings' numbers rise
 * @param batteryPercent what the phone has left, 0–100; null when it did not say
 */
public record Phone(String sessionId, Integer batteryPercent) {}
