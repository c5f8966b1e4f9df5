package org.shanpai.order.live;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Settings of merchants' event streams; all times are wall time. */
@ConfigMapping(prefix = "shanpai.live")
public interface LiveSettings {

  /** How often events written by another replica are looked for. */
  Duration poll();

  /** How often a quiet line shows that it is alive. */
  Duration heartbeat();

  /** How long events are kept, and how long a merchant that hung up still counts as listening. */
  Duration keep();

  /** Events that may wait for a slow reader before it is cut. */
  int buffer();

  /** Streams a merchant may have open on one replica. */
  int mostPerMerchant();
}
