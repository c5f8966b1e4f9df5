package org.shanpai.order.webhook;

import java.time.Instant;

/**
 * A secret that signs. All instants are wall time.
 *
 * @param secret the text, {@code whsec_…}; null where only its record is wanted
 * @param expiresAt signs until then; null for the present one
 */
public record WebhookSecret(String secretId, String secret, Instant createdAt, Instant expiresAt) {

  /** Says nothing of the text, so that no log line can. */
  @Override
  public String toString() {
    return "WebhookSecret[" + secretId + "]";
  }
}
