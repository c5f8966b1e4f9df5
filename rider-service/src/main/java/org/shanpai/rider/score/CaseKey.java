package org.shanpai.rider.score;

/**
 * Names a {@link ScoreCase}.
 *
 * @param about the order, else the incident
 */
record CaseKey(String riderId, String about) {}
