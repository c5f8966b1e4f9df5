package org.shanpai.order.merchant;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Settings of merchants' access. */
@ConfigMapping(prefix = "shanpai.merchant")
public interface MerchantSettings {

  /** How long an access token is good, wall time. */
  Duration tokenLife();
}
