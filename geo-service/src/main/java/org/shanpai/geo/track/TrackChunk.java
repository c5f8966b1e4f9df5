package org.shanpai.geo.track;

/**
 * Some minutes of a rider's track, packed by {@link TrackPacker}. Times are city time, epoch
 * milliseconds.
 */
public record TrackChunk(String riderId, long firstAt, long lastAt, int points, byte[] data) {}
