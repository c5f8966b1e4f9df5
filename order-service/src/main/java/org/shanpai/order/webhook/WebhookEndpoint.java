package org.shanpai.order.webhook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Where a merchant wants its notices; all instants are wall time. */
@Entity
@Table(name = "webhook_endpoint")
public class WebhookEndpoint {

  @Id
  @Column(name = "merchant_id")
  private String merchantId;

  private String url;
  private String secret;

  @Column(name = "failures_in_row")
  private int failuresInRow;

  @Column(name = "wall_paused_until")
  private Instant pausedUntil;

  @Column(name = "wall_changed_at")
  private Instant changedAt;

  protected WebhookEndpoint() {}

  public WebhookEndpoint(String merchantId, String url, String secret, Instant wallNow) {
    this.merchantId = merchantId;
    this.url = url;
    this.secret = secret;
    this.changedAt = wallNow;
  }

  /** Another address gets a fresh start. */
  public void moveTo(String newUrl, Instant wallNow) {
    if (!newUrl.equals(url)) {
      url = newUrl;
      changedAt = wallNow;
      failuresInRow = 0;
      pausedUntil = null;
    }
  }

  public String merchantId() {
    return merchantId;
  }

  public String url() {
    return url;
  }

  public String secret() {
    return secret;
  }

  /** When the URL was set. */
  public Instant changedAt() {
    return changedAt;
  }

  /** Failed tries since the last success. */
  public int failuresInRow() {
    return failuresInRow;
  }

  /** Nothing is sent before; null when it is not paused. */
  public Instant pausedUntil() {
    return pausedUntil;
  }
}
