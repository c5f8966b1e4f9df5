package org.shanpai.order.pricelock;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Settings of quotes that are honoured. */
@ConfigMapping(prefix = "shanpai.price-lock")
public interface PriceLockSettings {

  /** How long a price and a promise are honoured, city time. */
  Duration length();

  /** How long a quote can be read, wall time. */
  Duration keep();
}
