package org.shanpai.rider.score;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What can be set of the score's machinery. What counts, and how much, is in the rule sets. */
@ConfigMapping(prefix = "shanpai.score")
public interface ScoreSettings {

  /** Cases judged, or accounts closed, in one transaction. */
  @WithDefault("500")
  int batch();

  /** Batches under way at once. */
  @WithDefault("2")
  int loops();

  /** Wall time between two looks for cases that nobody announced. */
  @WithDefault("2s")
  String judgeEvery();

  /** Wall time between two looks for days to close. */
  @WithDefault("10s")
  String closeEvery();
}
