package org.shanpai.geo.position;

import java.util.Arrays;

/** 16 × 16 cells. Of each: how many riders, then slot, latitude and longitude of every one. */
final class GridBlock {
  static final int BITS = 4;
  static final int SIDE = 1 << BITS;
  private static final int FIRST_RIDERS = 4;

  final int[][] cells = new int[SIDE * SIDE][];
  int riders;

  /** Where in the cell the rider now stands. */
  int add(int cell, int slot, int lat, int lon) {
    int[] held = cells[cell];
    if (held == null) {
      held = new int[1 + 3 * FIRST_RIDERS];
      cells[cell] = held;
    }
    int at = 1 + 3 * held[0];
    if (at == held.length) {
      held = Arrays.copyOf(held, 1 + 3 * (held[0] + held[0] / 2));
      cells[cell] = held;
    }
    held[0]++;
    held[at] = slot;
    held[at + 1] = lat;
    held[at + 2] = lon;
    riders++;
    return at;
  }

  /** The slot that moved into the gap, or {@link RiderIndex#NO_SLOT}. */
  int remove(int cell, int at) {
    int[] held = cells[cell];
    riders--;
    int last = 1 + 3 * --held[0];
    if (held[0] == 0) {
      cells[cell] = null;
      return RiderIndex.NO_SLOT;
    }
    int moved = RiderIndex.NO_SLOT;
    if (at != last) {
      moved = held[last];
      System.arraycopy(held, last, held, at, 3);
    }
    if (held.length > 1 + 3 * FIRST_RIDERS && held[0] * 12 < held.length) {
      cells[cell] = Arrays.copyOf(held, 1 + 6 * held[0]);
    }
    return moved;
  }
}
