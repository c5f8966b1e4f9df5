package org.shanpai.bench.peers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.bench.city.EngineRecords;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Stop;
import org.shanpai.engine.Wave;

/** The engine that runs live. Jobs it plans for later are counted as planned, as for the others. */
public final class ShanpaiPeer implements Peer {

  private final DispatchEngine engine = new DispatchEngine(System::nanoTime);

  @Override
  public String name() {
    return "shanpai";
  }

  @Override
  public Map<String, List<Stop>> solve(Wave wave, long millis, long seed) {
    Map<String, List<Stop>> whole = new HashMap<>();
    engine.solve(EngineRecords.with(wave, seed, SolveLimit.wallMillis(millis)), whole::putAll);
    return whole;
  }
}
