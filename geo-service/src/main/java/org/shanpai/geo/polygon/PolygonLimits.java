package org.shanpai.geo.polygon;

/**
 * What a polygon may look like.
 *
 * @param corners greatest number of corners, all rings together
 * @param rings greatest number of borders and holes together
 * @param spanMetres greatest extent to the north or to the east: a city's
 * @param leastSquareMetres smallest surface of a part
 */
public record PolygonLimits(int corners, int rings, double spanMetres, double leastSquareMetres) {}
