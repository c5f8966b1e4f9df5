package org.shanpai.geo.position;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Slots that wait for something, longest waiting first, each at most once. Not thread-safe.
 *
 * <p>A slot that is forgotten stays in the ring until its turn and is then passed over, so that a
 * rider who gets the slot meanwhile takes that place instead of a second one.
 */
final class SlotQueue {

  private int[] ring = new int[64];
  private int head;
  private int held;
  private int waiting;
  private final BitSet inRing = new BitSet();
  private final BitSet wanted = new BitSet();

  void add(int slot) {
    if (!wanted.get(slot)) {
      wanted.set(slot);
      waiting++;
      if (!inRing.get(slot)) {
        inRing.set(slot);
        push(slot);
      }
    }
  }

  private void push(int slot) {
    if (held == ring.length) {
      int[] longer = Arrays.copyOf(ring, held * 2);
      // The part before the head comes after the part behind it.
      System.arraycopy(ring, 0, longer, held, head);
      ring = longer;
    }
    ring[(head + held) & ring.length - 1] = slot;
    held++;
  }

  /** The slot waiting longest, or −1. */
  int poll() {
    while (held > 0) {
      int slot = ring[head];
      head = head + 1 & ring.length - 1;
      held--;
      inRing.clear(slot);
      if (wanted.get(slot)) {
        wanted.clear(slot);
        waiting--;
        return slot;
      }
    }
    return -1;
  }

  boolean wants(int slot) {
    return wanted.get(slot);
  }

  void forget(int slot) {
    if (wanted.get(slot)) {
      wanted.clear(slot);
      waiting--;
    }
  }

  /** Slots in the ring, whether they still wait or not. */
  int held() {
    return held;
  }

  /** Slots that wait. */
  int size() {
    return waiting;
  }
}
