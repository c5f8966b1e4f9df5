package org.shanpai.order.webhook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** One notice on its way to a merchant. All instants are wall time. Read only here. */
@Entity
@Table(name = "webhook_delivery")
public class WebhookDelivery {

  @Id
  @Column(name = "delivery_id")
  private String deliveryId;

  @Column(name = "merchant_id")
  private String merchantId;

  @Column(name = "order_id")
  private String orderId;

  @Column(name = "order_version")
  private long orderVersion;

  @Column(name = "event_type")
  private String eventType;

  private String payload;

  @Enumerated(EnumType.STRING)
  private DeliveryState state;

  private int attempts;

  @Column(name = "wall_created_at")
  private Instant createdAt;

  @Column(name = "wall_patience_from")
  private Instant patienceFrom;

  @Column(name = "wall_next_attempt_at")
  private Instant nextAttemptAt;

  @Column(name = "wall_ended_at")
  private Instant endedAt;

  @Column(name = "last_status")
  private Integer lastStatus;

  @Column(name = "last_error")
  private String lastError;

  protected WebhookDelivery() {}

  /** Also the header {@code webhook-id}: the same at every try. */
  public String deliveryId() {
    return deliveryId;
  }

  public String merchantId() {
    return merchantId;
  }

  public String orderId() {
    return orderId;
  }

  public long orderVersion() {
    return orderVersion;
  }

  public String eventType() {
    return eventType;
  }

  /** The body to send, JSON. */
  public String payload() {
    return payload;
  }

  public DeliveryState state() {
    return state;
  }

  /** Tries that were answered or failed. */
  public int attempts() {
    return attempts;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** From when on the patience with it counts: its making, or its last replay. */
  public Instant patienceFrom() {
    return patienceFrom;
  }

  public Instant nextAttemptAt() {
    return nextAttemptAt;
  }

  /** Null while pending. */
  public Instant endedAt() {
    return endedAt;
  }

  /** HTTP status of the last try; null when there was no answer. */
  public Integer lastStatus() {
    return lastStatus;
  }

  /** Why the last try failed; null when it did not. */
  public String lastError() {
    return lastError;
  }
}
