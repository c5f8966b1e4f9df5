package org.shanpai.order.address;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How addresses become places. */
@ConfigMapping(prefix = "shanpai.address")
public interface AddressSettings {

  /** Delivered orders that must agree before a learned building is told to anybody. */
  @WithDefault("2")
  int leastLessons();

  /** Orders learned from in one go. */
  @WithDefault("50")
  int lessonsAtOnce();

  /** How often it is looked for orders to learn from, wall time. */
  @WithDefault("10s")
  String learnEvery();

  /** A building seen once is forgotten when it is not seen again for so long, city time. */
  @WithDefault("P180D")
  Duration forgetLonelyAfter();
}
