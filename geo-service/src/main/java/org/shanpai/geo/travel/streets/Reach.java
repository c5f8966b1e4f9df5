package org.shanpai.geo.travel.streets;

/**
 * What a search that only rises has settled: crossings with the milliseconds and metres from a
 * place to them, or from them to a place. Arrays of the same length. Never changes.
 */
record Reach(int[] crossings, int[] millis, float[] metres) {

  int size() {
    return crossings.length;
  }
}
