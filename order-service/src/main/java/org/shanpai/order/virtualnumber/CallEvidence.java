package org.shanpai.order.virtualnumber;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.virtualnumber.Calls.Call;
import org.shanpai.order.virtualnumber.NumberLeases.Held;

/** Writes down calls a provider tells of, and gives them back as evidence. */
@ApplicationScoped
public class CallEvidence {

  private final Tx tx;
  private final NumberLeases leases;
  private final Calls calls;
  private final Orders orders;
  private final CityClock clock;

  CallEvidence(Tx tx, NumberLeases leases, Calls calls, Orders orders, CityClock clock) {
    this.tx = tx;
    this.leases = leases;
    this.calls = calls;
    this.orders = orders;
    this.clock = clock;
  }

  /**
   * @param callId the provider's; told again it is written once
   * @param at city time; null for now
   * @throws Problem 404 when nobody holds the number
   */
  public Uni<Void> told(String callId, String number, Instant at, int seconds, boolean answered) {
    return tx.write(
        () ->
            leases
                .dialled(number)
                .map(held -> held.orElseThrow(() -> Problem.notFound("number on loan like that")))
                .chain(
                    held ->
                        orders
                            .find(held.orderId())
                            .chain(
                                order ->
                                    calls.add(
                                        call(
                                            callId,
                                            held,
                                            order.orElseThrow(),
                                            at == null ? clock.now() : at,
                                            seconds,
                                            answered)))));
  }

  private static Call call(
      String callId, Held held, Order order, Instant at, int seconds, boolean answered) {
    LogContext.order(order.id().value());
    return new Call(
        callId,
        order.id(),
        order.riderId(),
        order.jobEpoch(),
        held.audience(),
        at,
        seconds,
        answered);
  }

  /**
   * The calls of an order, the oldest first.
   *
   * @throws Problem 404
   */
  public Uni<List<Call>> of(OrderId id) {
    return tx.read(
        () ->
            orders
                .find(id)
                .invoke(found -> found.orElseThrow(() -> Problem.notFound("order " + id)))
                .chain(() -> calls.of(id)));
  }
}
