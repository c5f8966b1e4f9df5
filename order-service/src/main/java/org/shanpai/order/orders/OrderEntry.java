package org.shanpai.order.orders;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.OrderStatus;

/** One entry of an order's history: how it stood at one of its versions. Never changed. */
@Entity
@Table(name = "order_entry")
public class OrderEntry {

  @Id
  @Column(name = "entry_id")
  private String entryId;

  @Column(name = "order_id")
  private String orderId;

  private long version;

  @Enumerated(EnumType.STRING)
  private EntryKind kind;

  @Enumerated(EnumType.STRING)
  private OrderStatus status;

  private String reason;

  @Enumerated(EnumType.STRING)
  private Fault fault;

  @Column(name = "rider_id")
  private String riderId;

  private Instant at;

  protected OrderEntry() {}

  /**
   * How the order stands now.
   *
   * @param at city time
   */
  public OrderEntry(Order order, EntryKind kind, Instant at) {
    this(
        order,
        kind,
        kind == EntryKind.CANCEL_REQUESTED ? order.cancelReason() : order.reason(),
        kind == EntryKind.CANCEL_REQUESTED ? order.requests().cancelFault() : order.fault(),
        at);
  }

  /**
   * How the order stands now, and something that has a reason of its own.
   *
   * @param reason code, or null
   * @param fault whose doing it is, or null
   * @param at city time
   */
  public OrderEntry(Order order, EntryKind kind, String reason, Fault fault, Instant at) {
    this.entryId = order.id() + ":" + order.version();
    this.orderId = order.id().value();
    this.version = order.version();
    this.kind = kind;
    this.status = order.status();
    this.reason = reason;
    this.fault = fault;
    this.riderId = order.riderId() == null ? null : order.riderId().value();
    this.at = at;
  }

  public String entryId() {
    return entryId;
  }

  public String orderId() {
    return orderId;
  }

  public long version() {
    return version;
  }

  public EntryKind kind() {
    return kind;
  }

  public OrderStatus status() {
    return status;
  }

  public String reason() {
    return reason;
  }

  public Fault fault() {
    return fault;
  }

  public String riderId() {
    return riderId;
  }

  public Instant at() {
    return at;
  }
}
