package org.shanpai.bench.peers;

import java.util.List;
import java.util.Map;
import org.shanpai.engine.Stop;
import org.shanpai.engine.Wave;

/** A solver that is compared. Implementations may be cold at first: run them before measuring. */
public interface Peer {

  /** Short name, as in reports. */
  String name();

  /**
   * Plans a wave.
   *
   * @param wave what is known; its own limit and seed do not count
   * @param millis wall-clock budget; may be overrun, which the report shows
   * @param seed seed of the search, for those that take one
   * @return by courier id all stops to come, the pinned ones first; a courier left out keeps the
   *     committed route, a job left out is held
   */
  Map<String, List<Stop>> solve(Wave wave, long millis, long seed);
}
