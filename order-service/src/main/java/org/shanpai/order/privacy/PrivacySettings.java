package org.shanpai.order.privacy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long personal data is kept. Wall time. */
@ConfigMapping(prefix = "shanpai.privacy")
public interface PrivacySettings {

  /** After the end of an order its personal data is kept so long, then erased. */
  @WithDefault("P30D")
  Duration keep();

  /** How often it is looked for what is to be erased. */
  @WithDefault("10m")
  Duration eraseEvery();

  /** How often rows left plain or sealed under an old key are looked for. */
  @WithDefault("10m")
  Duration resealEvery();
}
