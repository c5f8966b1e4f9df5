package org.shanpai.rider.reward;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What can be set of rewards. What a level brings is in the score's rule sets. */
@ConfigMapping(prefix = "shanpai.reward")
public interface RewardSettings {

  /** For an order accepted in orange weather, fen. */
  @WithDefault("100")
  long orangeWeatherFen();

  /** For an order accepted in red weather, fen. */
  @WithDefault("200")
  long redWeatherFen();

  /** City time after a day's end from which no more of its orders are expected. */
  @WithDefault("PT6H")
  Duration dayOverAfter();

  /** Wall time between two looks for orders whose rewards are due. */
  @WithDefault("2s")
  String postEvery();
}
