package org.shanpai.bench.checkpoint;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/**
 * The most heap in use since it was reset, garbage included: the sum of what each pool had at its
 * own peak, so never less than the truth.
 */
final class PeakHeap {

  private PeakHeap() {}

  static void reset() {
    System.gc();
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      pool.resetPeakUsage();
    }
  }

  static long mebibytes() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        // Some collectors note a peak only when they collect.
        bytes += Math.max(pool.getPeakUsage().getUsed(), pool.getUsage().getUsed());
      }
    }
    return (bytes + (1 << 20) - 1) >> 20;
  }
}
