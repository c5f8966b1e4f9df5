package org.shanpai.order.webhook;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Settings of the webhook sender; all times are wall time. */
@ConfigMapping(prefix = "shanpai.webhook")
public interface WebhookSettings {

  /** How often due deliveries are looked for, beside the wake-up after each commit. */
  String poll();

  /** How long a delivery is tried before it counts as failed. */
  Duration giveUpAfter();

  /** Pause after the first failure; doubles with each further one. */
  Duration firstRetry();

  /** Longest pause between tries. */
  Duration longestRetry();

  /** How long a receiver may take to answer. */
  Duration timeout();

  /** Requests under way at once. */
  int inFlight();

  /** Requests under way at once to one merchant, so that a slow one leaves room for the others. */
  int inFlightPerMerchant();

  /** How long a secret that was replaced still signs, unless the merchant says otherwise. */
  Duration overlap();

  /** How long ended deliveries are kept. */
  Duration keep();
}
