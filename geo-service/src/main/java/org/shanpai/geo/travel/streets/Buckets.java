package org.shanpai.geo.travel.streets;

import java.util.Arrays;
import java.util.List;

/**
 * Many to many (Knopp, Sanders, Schultes, Schulz, Wagner 2007): what rises towards every
 * destination is thrown into buckets at the crossings it passes; a rise from an origin then only
 * has to look into the buckets it meets. One search a place instead of one a pair. Not thread-safe.
 */
final class Buckets {

  private final int[] slotOf;
  private final int[] stamp;
  private int now;

  private int[] first = new int[1];
  private int[] column = new int[0];
  private int[] millis = new int[0];
  private float[] metres = new float[0];

  Buckets(int crossings) {
    slotOf = new int[crossings];
    stamp = new int[crossings];
  }

  /** Replaces what was in the buckets by these, one for every column. */
  void fill(List<Reach> destinations) {
    if (++now == 0) {
      Arrays.fill(stamp, 0);
      now = 1;
    }
    int total = 0;
    int slots = 0;
    for (Reach reach : destinations) {
      total += reach.size();
    }
    int[] counts = new int[Math.min(total, slotOf.length) + 1];
    for (Reach reach : destinations) {
      for (int crossing : reach.crossings()) {
        if (stamp[crossing] != now) {
          stamp[crossing] = now;
          slotOf[crossing] = slots++;
        }
        counts[slotOf[crossing]]++;
      }
    }
    if (first.length < slots + 1) {
      first = new int[slots + slots / 2 + 1];
    }
    int at = 0;
    for (int slot = 0; slot < slots; slot++) {
      first[slot] = at;
      at += counts[slot];
      counts[slot] = first[slot];
    }
    first[slots] = at;
    if (column.length < total) {
      column = new int[total + total / 4];
      millis = new int[column.length];
      metres = new float[column.length];
    }
    for (int destination = 0; destination < destinations.size(); destination++) {
      Reach reach = destinations.get(destination);
      for (int i = 0; i < reach.size(); i++) {
        int entry = counts[slotOf[reach.crossings()[i]]]++;
        column[entry] = destination;
        millis[entry] = reach.millis()[i];
        metres[entry] = reach.metres()[i];
      }
    }
  }

  /**
   * The shortest ways from one origin.
   *
   * @param bestMillis by column; only what is better is written
   * @param bestMetres likewise
   */
  void meet(Reach origin, int[] bestMillis, float[] bestMetres) {
    for (int i = 0; i < origin.size(); i++) {
      int crossing = origin.crossings()[i];
      if (stamp[crossing] != now) {
        continue;
      }
      int sofar = origin.millis()[i];
      float gone = origin.metres()[i];
      int slot = slotOf[crossing];
      for (int entry = first[slot]; entry < first[slot + 1]; entry++) {
        int both = sofar + millis[entry];
        int to = column[entry];
        if (both < bestMillis[to]) {
          bestMillis[to] = both;
          bestMetres[to] = gone + metres[entry];
        }
      }
    }
  }
}
