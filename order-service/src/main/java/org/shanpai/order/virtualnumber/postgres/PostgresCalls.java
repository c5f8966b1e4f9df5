package org.shanpai.order.virtualnumber.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;
import org.shanpai.order.virtualnumber.Calls;
import org.shanpai.order.virtualnumber.VirtualNumbers.Audience;

/** {@link Calls} in PostgreSQL. */
@ApplicationScoped
class PostgresCalls implements Calls {

  private static final int MOST = 100;

  private final Tx tx;

  PostgresCalls(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<Void> add(Call call) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        insert into number_call (call_id, order_id, rider_id, job_epoch, audience,
                            at, seconds, answered)
                        values (:callId, :orderId, :riderId, :epoch, :audience, :at, :seconds,
                            :answered)
                        on conflict do nothing
                        """)
                    .setParameter("callId", call.callId())
                    .setParameter("orderId", call.orderId().value())
                    .setParameter("riderId", call.riderId() == null ? null : call.riderId().value())
                    .setParameter("epoch", call.jobEpoch())
                    .setParameter("audience", call.audience().name())
                    .setParameter("at", call.at())
                    .setParameter("seconds", call.seconds())
                    .setParameter("answered", call.answered())
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Call>> of(OrderId order) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select call_id, rider_id, job_epoch, audience, at, seconds, answered"
                            + " from number_call where order_id = :orderId order by at, call_id",
                        Object[].class)
                    .setParameter("orderId", order.value())
                    .setMaxResults(MOST)
                    .getResultList())
        .map(rows -> rows.stream().map(row -> call(order, row)).toList());
  }

  private static Call call(OrderId order, Object[] row) {
    return new Call(
        (String) row[0],
        order,
        row[1] == null ? null : new RiderId((String) row[1]),
        ((Number) row[2]).longValue(),
        Audience.valueOf((String) row[3]),
        Instants.of(row[4]),
        ((Number) row[5]).intValue(),
        (Boolean) row[6]);
  }
}
