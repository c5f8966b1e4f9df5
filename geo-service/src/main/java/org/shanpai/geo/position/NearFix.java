package org.shanpai.geo.position;

/** A rider found by a search, and how far from its centre in metres. */
public record NearFix(Fix fix, double metres) {}
