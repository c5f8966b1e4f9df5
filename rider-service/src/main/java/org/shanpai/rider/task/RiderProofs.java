package org.shanpai.rider.task;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;

/**
 * Which pictures each rider handed in, and with which order. The pictures themselves are
 * order-service's.
 */
@ApplicationScoped
public class RiderProofs {

  private final Tx tx;
  private final CityClock clock;

  RiderProofs(Tx tx, CityClock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  /** Remembers a picture that was kept; again changes nothing. */
  public Uni<Void> handedIn(String riderId, String proofId, String orderId) {
    return tx.write(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "insert into rider_proof (proof_id, rider_id, order_id,"
                                    + " handed_in_at) values (:proof, :rider, :order, :at)"
                                    + " on conflict (proof_id) do nothing")
                            .setParameter("proof", proofId)
                            .setParameter("rider", riderId)
                            .setParameter("order", orderId)
                            .setParameter("at", clock.now())
                            .executeUpdate())
                .replaceWithVoid());
  }

  /** The order it was handed in with; null when it is no picture of that rider's. */
  public Uni<String> orderOf(String riderId, String proofId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select order_id from rider_proof where proof_id = :proof"
                            + " and rider_id = :rider",
                        String.class)
                    .setParameter("proof", proofId)
                    .setParameter("rider", riderId)
                    .getSingleResultOrNull());
  }
}
