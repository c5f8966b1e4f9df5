package org.shanpai.rider.block;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What can be set of blocks. Durations are city time. */
@ConfigMapping(prefix = "shanpai.block")
public interface BlockSettings {

  /**
   * How long a block lasts. Shorter than order-service keeps a contact ({@code
   * shanpai.privacy.keep}): with the contact goes what the customer is known again by.
   */
  @WithDefault("P28D")
  Duration lasts();

  /** How long after a job was last heard of its customer may be blocked; 7 days at most. */
  @WithDefault("P7D")
  Duration within();

  /** Blocks a rider may have at once. */
  @WithDefault("20")
  int most();
}
