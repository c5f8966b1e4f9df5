package org.shanpai.order.load;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Settings of asking how busy areas are; all times are wall time. */
@ConfigMapping(prefix = "shanpai.load")
public interface LoadSettings {

  /** New orders are refused while an area's load is above. */
  double refuseAbove();

  /** When whoever was refused may try again. */
  Duration retryAfter();

  /** How long an answer is taken for the present one. */
  Duration fresh();

  /** How long an older answer is better than none while the next one is on its way. */
  Duration stale();

  /** How long an answer is waited for. */
  Duration timeout();

  /** So many failures in a row, and nobody asks for a while. */
  int failuresBeforeRest();

  /** How long that while lasts. */
  Duration rest();
}
