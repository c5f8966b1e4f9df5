package org.shanpai.order.handover;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of how goods change hands. Wall time. */
@ConfigMapping(prefix = "shanpai.handover")
public interface HandoverSettings {

  /** A picture proves a hand-over for so long after it was taken. */
  @WithDefault("PT15M")
  Duration photoFresh();
}
