package org.shanpai.order.webhook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where a merchant wants its notices; all instants are wall time. */
@Entity
@Table(name = "webhook_endpoint")
public class WebhookEndpoint {

  @Id
  @Column(name = "merchant_id")
  private String merchantId;

  private String url;
  private String types;

  @Enumerated(EnumType.STRING)
  private EndpointState state;

  @Column(name = "off_reason")
  private String offReason;

  @Column(name = "wall_off_since")
  private Instant offSince;

  @Column(name = "wall_failing_since")
  private Instant failingSince;

  @Column(name = "failures_in_row")
  private int failuresInRow;

  @Column(name = "wall_paused_until")
  private Instant pausedUntil;

  @Column(name = "wall_changed_at")
  private Instant changedAt;

  protected WebhookEndpoint() {}

  /** Another address gets a fresh start, also one that was switched off. */
  public void moveTo(String newUrl, Instant wallNow) {
    if (!newUrl.equals(url)) {
      url = newUrl;
      changedAt = wallNow;
      enable();
    }
  }

  /** Sends again; failures so far are forgotten. */
  public void enable() {
    state = EndpointState.ENABLED;
    offReason = null;
    offSince = null;
    failingSince = null;
    failuresInRow = 0;
    pausedUntil = null;
  }

  void tell(Set<String> newTypes) {
    types = String.join(",", new TreeSet<>(newTypes));
  }

  public String merchantId() {
    return merchantId;
  }

  public String url() {
    return url;
  }

  /** The types of notices it is told. */
  public Set<String> types() {
    return new TreeSet<>(List.of(types.split(",")));
  }

  public EndpointState state() {
    return state;
  }

  /** Why it was switched off: {@code GONE} or {@code ONLY_FAILURES}; null while it is not. */
  public String offReason() {
    return offReason;
  }

  /** Null while it is not switched off. */
  public Instant offSince() {
    return offSince;
  }

  /** Since when every try has failed; null after a success. */
  public Instant failingSince() {
    return failingSince;
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
