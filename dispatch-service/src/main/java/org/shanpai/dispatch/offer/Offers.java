package org.shanpai.dispatch.offer;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.LockMode;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.dispatch.block.Blocks;
import org.shanpai.dispatch.job.Job;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;

/** The offer rows and the jobs they are made of. */
@ApplicationScoped
public class Offers {

  /** Why a rider whom the merchant did not want is not asked again. */
  public static final String MERCHANT_ASKED = "MERCHANT_ASKED";

  /** A job of an offer and the epoch it was offered with. */
  record Offered(String jobId, long epoch) {}

  private final Tx tx;
  private final Outbox outbox;
  private final Blocks blocks;

  public Offers(Tx tx, Outbox outbox, Blocks blocks) {
    this.tx = tx;
    this.outbox = outbox;
    this.blocks = blocks;
  }

  /** Locked until the transaction ends; null when there is none. */
  Uni<Offer> lock(String id) {
    return tx.session().chain(session -> session.find(Offer.class, id, LockMode.PESSIMISTIC_WRITE));
  }

  /** As it is, without locking; null when there is none. */
  Uni<Offer> find(String id) {
    return tx.session().chain(session -> session.find(Offer.class, id));
  }

  /** Whose offer it is, without locking; null when there is none. */
  Uni<String> riderOf(String id) {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery("select riderId from Offer where id = :id", String.class)
                    .setParameter("id", id)
                    .getSingleResultOrNull());
  }

  /** The jobs of an offer with the epochs they were offered with. */
  Uni<List<Offered>> jobsOf(String id) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select job_id, epoch from offer_job where offer_id = :id order by job_id",
                        Object[].class)
                    .setParameter("id", id)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Offered((String) row[0], ((Number) row[1]).longValue()))
                    .toList());
  }

  /** Offers that nobody answered in time. */
  Uni<List<String>> expired(Instant now, int limit) {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "select id from Offer where status = :open and expiresAt <= :now"
                            + " order by expiresAt",
                        String.class)
                    .setParameter("open", OfferState.Status.OPEN)
                    .setParameter("now", now)
                    .setMaxResults(limit)
                    .getResultList());
  }

  Uni<Void> add(Offer offer, List<Job> jobs) {
    Uni<Void> written =
        tx.session()
            .chain(session -> session.persist(offer))
            .chain(() -> tx.session())
            .chain(session -> session.flush());
    for (Job job : jobs) {
      written =
          written
              .chain(() -> tx.session())
              .chain(
                  session ->
                      session
                          .createNativeQuery(
                              "insert into offer_job (offer_id, job_id, epoch)"
                                  + " values (:offer, :job, :epoch)")
                          .setParameter("offer", offer.id())
                          .setParameter("job", job.id())
                          .setParameter("epoch", job.epoch())
                          .executeUpdate())
              .replaceWithVoid();
    }
    return written.chain(() -> publish(offer, jobs)).replaceWithVoid();
  }

  /** Writes the change and tells it, in this transaction. */
  Uni<OfferState> publish(Offer offer, List<Job> jobs) {
    return tx.session()
        .chain(session -> session.flush())
        .map(flushed -> offer.state(jobs))
        .call(state -> outbox.append(EventType.OFFER_STATE, offer.id(), state.version(), state));
  }

  /**
   * Jobs that a rider may not even take from the hall: their merchants wanted another one, or the
   * rider wants none of their customers.
   */
  public Uni<Set<String>> barredFrom(String riderId, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select job_id from declined where rider_id = :rider and why = :why"
                            + " and until_at > :now",
                        String.class)
                    .setParameter("rider", riderId)
                    .setParameter("why", MERCHANT_ASKED)
                    .setParameter("now", now)
                    .getResultList())
        .chain(
            unwanted ->
                blocks
                    .openJobs(riderId, now)
                    .map(
                        wished ->
                            Stream.concat(unwanted.stream(), wished.stream())
                                .collect(Collectors.toUnmodifiableSet())));
  }

  /** A rider is not asked again for a job for a while. */
  public Uni<Void> exclude(String jobId, String riderId, Instant until, String why) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into declined (job_id, rider_id, until_at, why)"
                            + " values (:job, :rider, :until, :why)"
                            + " on conflict (job_id, rider_id) do update"
                            + " set until_at = excluded.until_at, why = excluded.why")
                    .setParameter("job", jobId)
                    .setParameter("rider", riderId)
                    .setParameter("until", until)
                    .setParameter("why", why)
                    .executeUpdate())
        .replaceWithVoid();
  }
}
