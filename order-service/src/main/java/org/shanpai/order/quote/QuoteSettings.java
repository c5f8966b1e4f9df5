package org.shanpai.order.quote;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Settings of quotes; all times are wall time. */
@ConfigMapping(prefix = "shanpai.quote")
public interface QuoteSettings {

  /** How long an answer is waited for before the order goes by the usual promise. */
  Duration timeout();

  /** So many failures in a row, and nobody asks for a while. */
  int failuresBeforeRest();

  /** How long that while lasts. */
  Duration rest();

  /** Floors above this are believed to be a mistake, and not used. */
  Duration longestFloor();
}
