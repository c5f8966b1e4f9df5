package org.shanpai.order.intake;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Settings of the codes told at the two handovers. */
@ConfigMapping(prefix = "shanpai.codes")
public interface CodeSettings {

  /** Digits of the code the store tells the rider. */
  int pickupDigits();

  /** Digits of the code the customer tells the rider; more, for it proves delivery. */
  int deliveryDigits();

  /** Wrong tries that lock a code. */
  int tries();

  /** How long a code stays locked, wall time. */
  Duration lock();

  /** How long to wait for news of a rider's assignment that may be under way, wall time. */
  Duration refresh();
}
