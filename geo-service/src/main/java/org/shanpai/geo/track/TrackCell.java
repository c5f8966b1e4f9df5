package org.shanpai.geo.track;

/**
 * A stay of a rider in an H3 cell. Times are city time, epoch milliseconds.
 *
 * @param points readings in it
 */
public record TrackCell(String riderId, long cell, long firstAt, long lastAt, int points) {}
