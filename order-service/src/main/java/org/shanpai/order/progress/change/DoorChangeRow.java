package org.shanpai.order.progress.change;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A door that was asked for, until it is decided. */
@Entity
@Table(name = "order_change")
class DoorChangeRow {

  @Id
  @Column(name = "change_id")
  private String changeId;

  @Column(name = "order_id")
  private String orderId;

  @Column(name = "change_no")
  private long changeNo;

  private int metres;
  private String sealed;
  private Instant at;

  protected DoorChangeRow() {}

  DoorChangeRow(String orderId, long changeNo, int metres, String sealed, Instant at) {
    this.changeId = id(orderId, changeNo);
    this.orderId = orderId;
    this.changeNo = changeNo;
    this.metres = metres;
    this.sealed = sealed;
    this.at = at;
  }

  static String id(String orderId, long changeNo) {
    return orderId + ":" + changeNo;
  }

  int metres() {
    return metres;
  }

  /** The sealed {@link ContactPatch}; null once decided. */
  String sealed() {
    return sealed;
  }

  /** Decided: nothing personal is kept. */
  void forget() {
    sealed = null;
  }
}
