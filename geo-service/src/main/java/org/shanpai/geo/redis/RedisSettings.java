package org.shanpai.geo.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How this replica deals with Redis. Wall time. */
@ConfigMapping(prefix = "shanpai.geo.redis")
public interface RedisSettings {

  /** A request that takes longer counts as an outage. */
  @WithDefault("500ms")
  Duration timeout();

  /** How often Redis is asked whether it is there and still has what was written. */
  @WithDefault("500ms")
  Duration probeEvery();
}
