package org.shanpai.rider.work;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** The newest state of each offer, as dispatch-service told it; dispatch owns the truth. */
@ApplicationScoped
public class RiderOffers {

  private final Tx tx;

  public RiderOffers(Tx tx) {
    this.tx = tx;
  }

  /** Keeps the offer unless a newer state of it is known. */
  public Uni<Void> keep(OfferState offer, String body) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into rider_offer (offer_id, rider_id, version, status, created_at,"
                            + " expires_at, body) values (:offer, :rider, :version, :status,"
                            + " :createdAt, :expiresAt, :body) on conflict (offer_id) do update"
                            + " set version = excluded.version, status = excluded.status,"
                            + " expires_at = excluded.expires_at, body = excluded.body"
                            + " where rider_offer.version < excluded.version")
                    .setParameter("offer", offer.offerId().value())
                    .setParameter("rider", offer.riderId().value())
                    .setParameter("version", offer.version())
                    .setParameter("status", offer.status().name())
                    .setParameter("createdAt", offer.createdAt())
                    .setParameter("expiresAt", offer.expiresAt())
                    .setParameter("body", body)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /**
   * The rider's offers that can still be answered, oldest first.
   *
   * @param now city time
   */
  public Uni<List<OfferState>> listOpen(String riderId, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select body from rider_offer where rider_id = :rider"
                            + " and status = 'OPEN' and expires_at > :now"
                            + " order by created_at, offer_id",
                        String.class)
                    .setParameter("rider", riderId)
                    .setParameter("now", now)
                    .getResultList())
        .map(found -> found.stream().map(body -> Json.read(body, OfferState.class)).toList());
  }

  /** Forgets offers that expired so long before, city time. */
  Uni<Integer> forget(Instant now, Duration age) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery("delete from rider_offer where expires_at < :oldest")
                    .setParameter("oldest", now.minus(age))
                    .executeUpdate());
  }
}
