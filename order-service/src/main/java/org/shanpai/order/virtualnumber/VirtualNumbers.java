package org.shanpai.order.virtualnumber;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import org.shanpai.contracts.OrderId;

/**
 * A provider of numbers that stand in for real ones (隐私号): whoever calls one is put through, and
 * neither side learns the other's telephone. Runs in the transaction of the caller.
 */
public interface VirtualNumbers {

  /** Who is given the number to call. */
  enum Audience {
    /** The rider calls it and reaches the customer. */
    RIDER,
    /** The customer calls it and reaches the rider. */
    CUSTOMER
  }

  /**
   * A number on loan.
   *
   * @param until wall time; it may end before, with the order
   */
  record Lease(String number, Instant until) {}

  /**
   * Lends a number, or prolongs the one lent before; a telephone that changed is put through from
   * then on.
   *
   * @param realPhone whom a call reaches
   * @param audience who is told the number
   * @param until wall time
   */
  Uni<Lease> lease(OrderId order, String realPhone, Audience audience, Instant until);

  /** Takes all numbers of an order back. */
  Uni<Void> release(OrderId order);
}
