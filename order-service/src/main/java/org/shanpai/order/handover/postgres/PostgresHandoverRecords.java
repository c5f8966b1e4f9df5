package org.shanpai.order.handover.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;
import org.shanpai.order.handover.CodeKind;
import org.shanpai.order.handover.HandoverRecord;
import org.shanpai.order.handover.HandoverRecords;
import org.shanpai.order.handover.Way;
import org.shanpai.order.orders.ChecksColumn;

/** {@link HandoverRecords} in PostgreSQL. */
@ApplicationScoped
class PostgresHandoverRecords implements HandoverRecords {

  private final Tx tx;
  private final ChecksColumn checks = new ChecksColumn();

  PostgresHandoverRecords(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<Void> put(HandoverRecord handover) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        insert into handover_record (order_id, kind, way, proof_id, rider_id,
                            job_epoch, checked, at)
                        values (:orderId, :kind, :way, :proofId, :riderId, :epoch, :checked, :at)
                        on conflict (order_id, kind) do update
                        set way = excluded.way, proof_id = excluded.proof_id,
                            rider_id = excluded.rider_id, job_epoch = excluded.job_epoch,
                            checked = excluded.checked, at = excluded.at
                        where handover_record.job_epoch < excluded.job_epoch
                        """)
                    .setParameter("orderId", handover.orderId().value())
                    .setParameter("kind", handover.kind().name())
                    .setParameter("way", handover.way().name())
                    .setParameter("proofId", handover.proofId())
                    .setParameter("riderId", handover.riderId().value())
                    .setParameter("epoch", handover.jobEpoch())
                    .setParameter("checked", checks.convertToDatabaseColumn(handover.checked()))
                    .setParameter("at", handover.at())
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<List<HandoverRecord>> of(OrderId order) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select kind, way, proof_id, rider_id, job_epoch, checked, at"
                            + " from handover_record where order_id = :orderId order by kind desc",
                        Object[].class)
                    .setParameter("orderId", order.value())
                    .getResultList())
        .map(rows -> rows.stream().map(row -> handover(order, row)).toList());
  }

  private HandoverRecord handover(OrderId order, Object[] row) {
    return new HandoverRecord(
        order,
        CodeKind.valueOf((String) row[0]),
        Way.valueOf((String) row[1]),
        (String) row[2],
        new RiderId((String) row[3]),
        ((Number) row[4]).longValue(),
        checks.convertToEntityAttribute((String) row[5]),
        Instants.of(row[6]));
  }
}
