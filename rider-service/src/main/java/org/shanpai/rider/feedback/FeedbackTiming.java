package org.shanpai.rider.feedback;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.LocalTime;

/** When riders see what customers said of them, city time. */
@ConfigMapping(prefix = "shanpai.rider-feedback")
public interface FeedbackTiming {

  /** Business days between what is said and what is shown, from 1. */
  @WithDefault("1")
  int showAfterDays();

  /** First moment of the day at which anything is shown. */
  @WithDefault("09:00")
  LocalTime showFrom();

  /** Over how long of the day the words are spread, each at a time that tells nothing. */
  @WithDefault("PT10H")
  Duration showSpread();

  /** Wall time between two looks for what may be shown now. */
  @WithDefault("5s")
  String showEvery();
}
