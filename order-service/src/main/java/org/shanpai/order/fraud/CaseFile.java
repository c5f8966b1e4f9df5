package org.shanpai.order.fraud;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Tx;
import org.shanpai.order.handover.HandoverRecords;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.proof.Photos;
import org.shanpai.order.virtualnumber.Calls;

/** Proof and claim history of the orders a signal rests on. */
@ApplicationScoped
public class CaseFile {

  private final Tx tx;
  private final Orders orders;
  private final HandoverRecords handovers;
  private final Photos photos;
  private final FraudLedger ledger;
  private final Calls calls;

  CaseFile(
      Tx tx,
      Orders orders,
      HandoverRecords handovers,
      Photos photos,
      FraudLedger ledger,
      Calls calls) {
    this.tx = tx;
    this.orders = orders;
    this.handovers = handovers;
    this.photos = photos;
    this.ledger = ledger;
    this.calls = calls;
  }

  /** In the order asked for; at most as many as a signal names. */
  public Uni<List<OrderCase>> of(List<OrderId> ids) {
    return tx.read(
        () ->
            Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUniAndConcatenate(this::one)
                .collect()
                .asList()
                .map(found -> found.stream().flatMap(Optional::stream).toList()));
  }

  private Uni<Optional<OrderCase>> one(OrderId id) {
    return orders
        .find(id)
        .chain(
            found ->
                found
                    .map(order -> one(order).map(Optional::of))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  private Uni<OrderCase> one(Order order) {
    return handovers
        .of(order.id())
        .chain(
            records ->
                photos
                    .of(order.id())
                    .chain(
                        pictures ->
                            ledger
                                .claims(order.id())
                                .chain(
                                    claims ->
                                        calls
                                            .of(order.id())
                                            .map(
                                                made ->
                                                    new OrderCase(
                                                        order.id(),
                                                        order.merchantId(),
                                                        order.status(),
                                                        order.statusAt(),
                                                        records,
                                                        pictures,
                                                        claims,
                                                        made.size())))));
  }
}
