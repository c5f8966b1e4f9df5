package org.shanpai.order.progress.nudge;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** How often, and when last, a merchant asked where an order stays. City time. */
@Entity
@Table(name = "order_nudge")
class NudgeRow {

  @Id
  @Column(name = "order_id")
  private String orderId;

  private int nudges;

  @Column(name = "last_at")
  private Instant lastAt;

  protected NudgeRow() {}

  NudgeRow(String orderId, Instant now) {
    this.orderId = orderId;
    this.nudges = 1;
    this.lastAt = now;
  }

  void again(Instant now) {
    nudges++;
    lastAt = now;
  }

  int nudges() {
    return nudges;
  }

  Instant lastAt() {
    return lastAt;
  }
}
