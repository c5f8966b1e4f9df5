package org.shanpai.order.progress.exception.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.ExceptionReason.Reporter;
import org.shanpai.contracts.event.ExceptionReason.Stage;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;
import org.shanpai.order.progress.exception.OrderException;
import org.shanpai.order.progress.exception.OrderExceptions;

/** {@link OrderExceptions} in PostgreSQL. */
@ApplicationScoped
class PostgresOrderExceptions implements OrderExceptions {

  private final Tx tx;

  PostgresOrderExceptions(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<Boolean> note(OrderException exception) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into order_exception"
                            + " (order_id, reason, reporter, merchant_id, store_id, stage, at)"
                            + " values (:order, :reason, :reporter, :merchant, :store, :stage, :at)"
                            + " on conflict do nothing")
                    .setParameter("order", exception.order().id().value())
                    .setParameter("reason", exception.reason().name())
                    .setParameter("reporter", exception.reporter().name())
                    .setParameter("merchant", exception.order().merchantId().value())
                    .setParameter("store", exception.order().storeId().value())
                    .setParameter("stage", exception.stage().name())
                    .setParameter("at", exception.at())
                    .executeUpdate())
        .map(written -> written > 0);
  }

  @Override
  public Uni<List<Noted>> of(OrderId order) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select reason, reporter, stage, at from order_exception"
                            + " where order_id = :order order by at, reason, reporter",
                        Object[].class)
                    .setParameter("order", order.value())
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Noted(
                                ExceptionReason.valueOf((String) row[0]),
                                Reporter.valueOf((String) row[1]),
                                Stage.valueOf((String) row[2]),
                                Instants.of(row[3])))
                    .toList());
  }

  @Override
  public Uni<Long> count(StoreId store, ExceptionReason reason, Instant since) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select count(distinct order_id) from order_exception"
                            + " where store_id = :store and reason = :reason and at >= :since",
                        Long.class)
                    .setParameter("store", store.value())
                    .setParameter("reason", reason.name())
                    .setParameter("since", since)
                    .getSingleResult());
  }
}
