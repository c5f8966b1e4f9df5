package org.shanpai.order.feedback;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Settings of customers' feedback. */
@ConfigMapping(prefix = "shanpai.feedback")
public interface FeedbackSettings {

  /** How long feedback is taken, and may be changed, after the order ended, city time. */
  Duration afterEnd();

  /** How long what customers wrote in words is kept after their last word, wall time. */
  Duration keepWords();
}
