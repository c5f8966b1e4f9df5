package org.shanpai.geo.travel.streets;

import java.util.Arrays;

/**
 * Dijkstra's search over one direction of a {@link Hierarchy}, from the one or two ends of the
 * street a place lies on. Keeps its arrays between searches. Not thread-safe.
 */
final class UpwardSearch {

  /** Longer than any way of a city; sums of two still fit into an int. */
  static final int FURTHEST_MILLIS = 1_000_000_000;

  private final int[] stamp;
  private final int[] millis;
  private final float[] metres;
  private int now;

  private long[] heap = new long[256];
  private int heapSize;

  private int[] settled = new int[512];
  private int settledSize;

  UpwardSearch(int crossings) {
    stamp = new int[crossings];
    millis = new int[crossings];
    metres = new float[crossings];
  }

  /** Forgets the search before. */
  void begin() {
    if (++now == 0) {
      Arrays.fill(stamp, 0);
      now = 1;
    }
    heapSize = 0;
    settledSize = 0;
  }

  /** A crossing the search starts from. */
  void seed(int crossing, int atMillis, float atMetres) {
    improve(crossing, atMillis, atMetres);
  }

  /**
   * Settles everything above the seeds.
   *
   * @param along the direction searched
   * @param against the other one; a crossing that is reached faster from above cannot be the top of
   *     a shortest way and is left out
   */
  Reach run(Hierarchy.Upward along, Hierarchy.Upward against) {
    while (heapSize > 0) {
      long top = pop();
      int crossing = (int) top;
      int at = (int) (top >>> 32);
      if (at > millis[crossing] || stalled(crossing, at, against)) {
        continue;
      }
      if (settledSize == settled.length) {
        settled = Arrays.copyOf(settled, 2 * settledSize);
      }
      settled[settledSize++] = crossing;
      float here = metres[crossing];
      for (int i = along.first[crossing]; i < along.first[crossing + 1]; i++) {
        improve(along.to[i], at + along.millis[i], here + along.metres[i]);
      }
    }
    int[] crossings = Arrays.copyOf(settled, settledSize);
    int[] times = new int[settledSize];
    float[] lengths = new float[settledSize];
    for (int i = 0; i < settledSize; i++) {
      times[i] = millis[crossings[i]];
      lengths[i] = metres[crossings[i]];
    }
    return new Reach(crossings, times, lengths);
  }

  private boolean stalled(int crossing, int at, Hierarchy.Upward against) {
    for (int i = against.first[crossing]; i < against.first[crossing + 1]; i++) {
      int above = against.to[i];
      if (stamp[above] == now && millis[above] + against.millis[i] < at) {
        return true;
      }
    }
    return false;
  }

  private void improve(int crossing, int atMillis, float atMetres) {
    if (atMillis > FURTHEST_MILLIS || stamp[crossing] == now && millis[crossing] <= atMillis) {
      return;
    }
    stamp[crossing] = now;
    millis[crossing] = atMillis;
    metres[crossing] = atMetres;
    push((long) atMillis << 32 | crossing);
  }

  private void push(long entry) {
    if (heapSize == heap.length) {
      heap = Arrays.copyOf(heap, 2 * heapSize);
    }
    int hole = heapSize++;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (heap[parent] <= entry) {
        break;
      }
      heap[hole] = heap[parent];
      hole = parent;
    }
    heap[hole] = entry;
  }

  private long pop() {
    long top = heap[0];
    long last = heap[--heapSize];
    int hole = 0;
    int child = 1;
    while (child < heapSize) {
      if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
        child++;
      }
      if (last <= heap[child]) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
      child = 2 * hole + 1;
    }
    heap[hole] = last;
    return top;
  }
}
