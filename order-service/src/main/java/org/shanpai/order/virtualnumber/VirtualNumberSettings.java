package org.shanpai.order.virtualnumber;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of numbers that stand in for real ones. Wall time. */
@ConfigMapping(prefix = "shanpai.virtual-number")
public interface VirtualNumberSettings {

  /** Who provides them; when not said, FAKE in local mode and NONE in production. */
  Optional<Provider> provider();

  /** A number is lent at most so long at a time. */
  @WithDefault("PT24H")
  Duration longest();

  /** A number keeps working so long after the order's end, for what was left behind. */
  @WithDefault("PT30M")
  Duration grace();

  /** How often ended orders' numbers are looked for. */
  @WithDefault("1m")
  Duration releaseEvery();

  /** rider-service may take so long to say how a rider is reached. */
  @WithDefault("PT2S")
  Duration riderTimeout();

  /** See {@link #provider()}. */
  enum Provider {
    /** Riders are given the real number. */
    NONE,
    /** Numbers nobody can dial. Production refuses them. */
    FAKE
  }
}
