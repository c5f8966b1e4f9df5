package org.shanpai.dispatch.wave;

import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.engine.Plan;
import org.shanpai.engine.Wave;

/** The engine as this service has it: one instance for all areas. Never on an event loop. */
@ApplicationScoped
public class Solver {

  private final DispatchEngine engine = new DispatchEngine(System::nanoTime);

  /** The engine's answer to a wave. */
  public Plan solve(Wave wave) {
    return engine.solve(wave);
  }
}
