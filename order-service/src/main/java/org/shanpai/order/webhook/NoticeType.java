package org.shanpai.order.webhook;

import java.util.Set;
import org.shanpai.order.orders.EntryKind;

/** The types under which merchants are told things, by webhook and by stream. */
public final class NoticeType {

  /** An order was taken in. */
  public static final String ORDER_CREATED = "order.created";

  /** The platform's doing: status, rider, or the answer to what was asked has changed. */
  public static final String ORDER_STATUS = "order.status";

  /** The merchant's own doing, noted: ready, a cancel asked for, a tip raised … */
  public static final String ORDER_UPDATE = "order.update";

  /** Sent on demand, to try an endpoint. */
  public static final String PING = "webhook.ping";

  /** The endpoint was switched off; told on the stream, for the endpoint is dead. */
  public static final String SWITCHED_OFF = "webhook.switched-off";

  /** What an endpoint may ask for. */
  public static final Set<String> ORDERS = Set.of(ORDER_CREATED, ORDER_STATUS, ORDER_UPDATE);

  /** What an endpoint is told that does not say. */
  public static final Set<String> USUAL = Set.of(ORDER_STATUS);

  private NoticeType() {}

  public static String of(EntryKind kind) {
    return switch (kind) {
      case CREATED -> ORDER_CREATED;
      case STATUS, CANCEL_REFUSED, CHANGE_APPLIED, CHANGE_REFUSED, EXCEPTION -> ORDER_STATUS;
      default -> ORDER_UPDATE;
    };
  }
}
