package org.shanpai.geo.eta;

/**
 * What came of a window.
 *
 * @param slot half hour of the day in which it was given, 0–47
 * @param score delivered minus planned, in units of the window's scale
 * @param inside whether the delivery fell into the window
 */
public record Outcome(Stage stage, String areaId, int slot, double score, boolean inside) {}
