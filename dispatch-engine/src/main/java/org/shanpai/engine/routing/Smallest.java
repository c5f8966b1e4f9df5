package org.shanpai.engine.routing;

import java.util.Arrays;

/** The smallest of the keys offered, in order; a key is a rank and, in its lower half, a number. */
final class Smallest {

  private final long[] keys;
  private int size;

  Smallest(int most) {
    keys = new long[most];
  }

  void offer(long key) {
    if (size == keys.length) {
      if (key >= keys[size - 1]) {
        return;
      }
      size--;
    }
    int at = size++;
    while (at > 0 && keys[at - 1] > key) {
      keys[at] = keys[at - 1];
      at--;
    }
    keys[at] = key;
  }

  /** The numbers of these keys, in their order. */
  int[] numbers() {
    int[] numbers = new int[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (int) keys[i];
    }
    return numbers;
  }

  /** The couriers of these keys, and behind them those of the others that are not among them. */
  int[] with(Smallest others) {
    int[] couriers = new int[size + others.size];
    int n = 0;
    for (int i = 0; i < size; i++) {
      couriers[n++] = (int) keys[i];
    }
    for (int i = 0; i < others.size; i++) {
      if (others.keys[i] > keys[size - 1]) {
        couriers[n++] = (int) others.keys[i];
      }
    }
    return Arrays.copyOf(couriers, n);
  }
}
