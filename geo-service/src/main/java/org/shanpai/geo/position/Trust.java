package org.shanpai.geo.position;

import java.util.ArrayList;
import java.util.List;

/**
 * How far one rider's readings are believed, 0–100, and why not further.
 *
 * <p>Every signal has a level between 0 and 1. A reading that shows it raises the level towards 1
 * by the signal's gain; a believed one that does not lowers it by a tenth, so that 22 good readings
 * (four minutes at one in ten seconds) forgive nine tenths. Not thread-safe.
 */
final class Trust {

  static final int FULL = 100;

  private static final TrustSignal[] SIGNALS = TrustSignal.values();
  private static final double KEPT_BY_A_GOOD_READING = 0.9;
  private static final double FORGIVEN = 0.005;

  // Only of riders of whom something was seen; the others are most.
  private double[] levels;
  private int[] counts;
  private long[] lastAt;

  /** A reading at that city time showed the signals of the set. */
  void saw(int signals, long at) {
    if (signals == 0) {
      return;
    }
    note();
    for (TrustSignal signal : SIGNALS) {
      int i = signal.ordinal();
      if ((signals & bit(signal)) != 0) {
        levels[i] += (1 - levels[i]) * signal.gain();
        counts[i]++;
        lastAt[i] = Math.max(lastAt[i], at);
      }
    }
  }

  /** A believed reading did not show the signals outside the set. */
  void forgiveAllBut(int signals) {
    if (levels == null) {
      return;
    }
    for (int i = 0; i < levels.length; i++) {
      if ((signals & 1 << i) == 0) {
        double left = levels[i] * KEPT_BY_A_GOOD_READING;
        levels[i] = left < FORGIVEN ? 0 : left;
      }
    }
  }

  /** Begins with less than full trust, as another replica or an earlier process left it. */
  void carryOver(int value, long at) {
    if (value < FULL) {
      note();
      int i = TrustSignal.CARRIED_OVER.ordinal();
      levels[i] = (FULL - value) / (double) TrustSignal.CARRIED_OVER.weight();
      counts[i] = 1;
      lastAt[i] = at;
    }
  }

  /** 0–100. */
  int value() {
    if (levels == null) {
      return FULL;
    }
    double lost = 0;
    for (TrustSignal signal : SIGNALS) {
      lost += levels[signal.ordinal()] * signal.weight();
    }
    return (int) Math.max(0, Math.round(FULL - lost));
  }

  /** Every signal ever seen of the rider. */
  List<TrustReport.Mark> marks() {
    List<TrustReport.Mark> marks = new ArrayList<>();
    if (levels != null) {
      for (TrustSignal signal : SIGNALS) {
        int i = signal.ordinal();
        if (counts[i] > 0) {
          int points = (int) Math.round(levels[i] * signal.weight());
          marks.add(new TrustReport.Mark(signal, counts[i], lastAt[i], points));
        }
      }
    }
    return marks;
  }

  static int bit(TrustSignal signal) {
    return 1 << signal.ordinal();
  }

  private void note() {
    if (levels == null) {
      levels = new double[SIGNALS.length];
      counts = new int[SIGNALS.length];
      lastAt = new long[SIGNALS.length];
    }
  }
}
