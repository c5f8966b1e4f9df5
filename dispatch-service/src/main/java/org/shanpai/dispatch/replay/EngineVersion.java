package org.shanpai.dispatch.replay;

import org.shanpai.engine.DispatchEngine;

/** The version of the engine that runs here. */
public final class EngineVersion {

  private EngineVersion() {}

  /**
   * As the engine on the class path has it. The compiler would copy the constant into this class,
   * where it would outlive a change of the engine.
   */
  public static String present() {
    try {
      return (String) DispatchEngine.class.getField("VERSION").get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the engine does not say its version", e);
    }
  }
}
