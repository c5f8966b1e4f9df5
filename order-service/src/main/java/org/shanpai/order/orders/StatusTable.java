package org.shanpai.order.orders;

import static org.shanpai.contracts.event.OrderStatus.CANCELLED;
import static org.shanpai.contracts.event.OrderStatus.CREATED;
import static org.shanpai.contracts.event.OrderStatus.DELIVERED;
import static org.shanpai.contracts.event.OrderStatus.DISPATCHING;
import static org.shanpai.contracts.event.OrderStatus.EXCEPTION;
import static org.shanpai.contracts.event.OrderStatus.PICKED_UP;
import static org.shanpai.contracts.event.OrderStatus.RETURNED;
import static org.shanpai.contracts.event.OrderStatus.RETURNING;
import static org.shanpai.contracts.event.OrderStatus.RIDER_ASSIGNED;
import static org.shanpai.contracts.event.OrderStatus.RIDER_AT_CUSTOMER;
import static org.shanpai.contracts.event.OrderStatus.RIDER_AT_STORE;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderStatus;

/**
 * The one table of legal steps between statuses of an order.
 *
 * <p>Events carry full state and newer replaces older, so steps in between may never be seen: what
 * may follow is every status that legal steps can reach. Nothing follows a terminal status, and
 * goods that were picked up never go back to waiting for a rider.
 */
public final class StatusTable {

  private static final Map<OrderStatus, Set<OrderStatus>> STEPS = new EnumMap<>(OrderStatus.class);
  private static final Map<OrderStatus, Set<OrderStatus>> REACHABLE =
      new EnumMap<>(OrderStatus.class);

  static {
    STEPS.put(CREATED, EnumSet.of(DISPATCHING, CANCELLED));
    STEPS.put(DISPATCHING, EnumSet.of(RIDER_ASSIGNED, CANCELLED));
    STEPS.put(RIDER_ASSIGNED, EnumSet.of(RIDER_AT_STORE, DISPATCHING, CANCELLED));
    STEPS.put(RIDER_AT_STORE, EnumSet.of(PICKED_UP, DISPATCHING, CANCELLED));
    STEPS.put(PICKED_UP, EnumSet.of(RIDER_AT_CUSTOMER, RETURNING, EXCEPTION));
    STEPS.put(RIDER_AT_CUSTOMER, EnumSet.of(DELIVERED, RETURNING, EXCEPTION));
    STEPS.put(RETURNING, EnumSet.of(RETURNED, EXCEPTION));
    STEPS.put(EXCEPTION, EnumSet.of(PICKED_UP, DELIVERED, RETURNING, RETURNED));
    STEPS.put(DELIVERED, EnumSet.noneOf(OrderStatus.class));
    STEPS.put(CANCELLED, EnumSet.noneOf(OrderStatus.class));
    STEPS.put(RETURNED, EnumSet.noneOf(OrderStatus.class));
    for (OrderStatus from : OrderStatus.values()) {
      REACHABLE.put(from, reach(from));
    }
  }

  private StatusTable() {}

  /** The statuses one step away. */
  public static Set<OrderStatus> steps(OrderStatus from) {
    return Set.copyOf(STEPS.get(from));
  }

  /** Whether {@code to} can come after {@code from}, with unseen steps in between or none. */
  public static boolean mayFollow(OrderStatus from, OrderStatus to) {
    return from == to || REACHABLE.get(from).contains(to);
  }

  /** What a merchant is told while the job stands so. An open offer is not a rider yet. */
  public static OrderStatus of(JobStatus job) {
    return switch (job) {
      case OPEN, OFFERED -> DISPATCHING;
      case ASSIGNED -> RIDER_ASSIGNED;
      case AT_STORE -> RIDER_AT_STORE;
      case PICKED_UP -> PICKED_UP;
      case AT_CUSTOMER -> RIDER_AT_CUSTOMER;
      case DELIVERED -> DELIVERED;
      case CANCELLED -> CANCELLED;
      case RETURNING -> RETURNING;
      case RETURNED -> RETURNED;
      case EXCEPTION -> EXCEPTION;
    };
  }

  /** Whether the goods have left the store, for good or for a while. */
  public static boolean pickedUp(OrderStatus status) {
    return switch (status) {
      case PICKED_UP, RIDER_AT_CUSTOMER, DELIVERED, RETURNING, RETURNED, EXCEPTION -> true;
      case CREATED, DISPATCHING, RIDER_ASSIGNED, RIDER_AT_STORE, CANCELLED -> false;
    };
  }

  private static Set<OrderStatus> reach(OrderStatus from) {
    Set<OrderStatus> reached = EnumSet.noneOf(OrderStatus.class);
    Deque<OrderStatus> open = new ArrayDeque<>(STEPS.get(from));
    while (!open.isEmpty()) {
      OrderStatus next = open.pop();
      if (reached.add(next)) {
        open.addAll(STEPS.get(next));
      }
    }
    return reached;
  }
}
