package org.shanpai.bench.mdrp;

import java.util.List;

/**
 * Decides who brings what, wave after wave of one simulated day. A new one is made for each day.
 */
public interface Dispatcher {

  /** Short name, lower case; also the name of its folder beside the results. */
  String name();

  /**
   * Called once before the first wave.
   *
   * @param facts stays valid, and grows, during the day
   * @param seed seed of all chance; the same seed gives the same day
   */
  void begin(DayFacts facts, long seed);

  /**
   * Decides one wave. Called only when there are open orders.
   *
   * @return what is to be executed at once; everything else waits for the next wave
   */
  List<Assignment> wave(WaveView view);
}
