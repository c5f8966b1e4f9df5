package org.shanpai.dispatch.job;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.hibernate.LockMode;
import org.shanpai.chassis.LogContext;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;

/**
 * The job rows. Locks are always taken in this order: the rider's work row, the offer, jobs by id;
 * so no two transactions wait for each other.
 */
@ApplicationScoped
public class Jobs {

  private final Tx tx;
  private final Outbox outbox;

  public Jobs(Tx tx, Outbox outbox) {
    this.tx = tx;
    this.outbox = outbox;
  }

  /** Null when there is none. */
  public Uni<Job> find(String id) {
    return tx.session().chain(session -> session.find(Job.class, id));
  }

  /** The row, locked until the transaction ends; null when there is none. */
  public Uni<Job> lock(String id) {
    return tx.session()
        .chain(session -> session.find(Job.class, id, LockMode.PESSIMISTIC_WRITE))
        .invoke(
            job -> {
              if (job != null) {
                LogContext.order(job.orderId());
              }
            });
  }

  /** Several rows, locked in the order of their ids. */
  public Uni<List<Job>> lockAll(List<String> ids) {
    List<String> sorted = ids.stream().sorted().toList();
    Uni<List<Job>> locked = Uni.createFrom().item(List.of());
    for (String id : sorted) {
      locked =
          locked.chain(
              jobs ->
                  lock(id)
                      .map(
                          job -> {
                            List<Job> more = new java.util.ArrayList<>(jobs);
                            if (job != null) {
                              more.add(job);
                            }
                            return more;
                          }));
    }
    return locked;
  }

  /** Who has the job offered or in hand, without locking; null when nobody. */
  public Uni<String> holderOf(String id) {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery("select riderId from Job where id = :id", String.class)
                    .setParameter("id", id)
                    .getSingleResultOrNull());
  }

  /** Some jobs, without locking, by id; unknown ones are missing. */
  public Uni<List<Job>> list(List<String> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery("from Job where id in (:ids) order by id", Job.class)
                    .setParameter("ids", ids)
                    .getResultList());
  }

  /** The jobs a rider has in hand, oldest first. */
  public Uni<List<Job>> heldBy(String riderId) {
    return heldBy(List.of(riderId));
  }

  /** The same, locked: for whoever changes them, and has locked the rider's work row before. */
  public Uni<List<Job>> lockHeldBy(String riderId) {
    // Ids only: a row that was read before its lock would be changed as it was then.
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "select id from Job where riderId = :rider and status in (:held)"
                            + " order by hand.acceptedAt, id",
                        String.class)
                    .setParameter("rider", riderId)
                    .setParameter("held", Job.HELD)
                    .getResultList())
        .chain(
            ids ->
                lockAll(ids)
                    .map(
                        jobs ->
                            jobs.stream()
                                .filter(job -> Job.HELD.contains(job.status()))
                                .sorted(Comparator.comparingInt(job -> ids.indexOf(job.id())))
                                .toList()));
  }

  /** The jobs some riders have in hand. */
  public Uni<List<Job>> heldBy(List<String> riderIds) {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "from Job where riderId in (:riders) and status in (:held)"
                            + " order by hand.acceptedAt, id",
                        Job.class)
                    .setParameter("riders", riderIds)
                    .setParameter("held", Job.HELD)
                    .getResultList());
  }

  /** Jobs in somebody's hands whose doors lie in a box of degrees. */
  public Uni<List<Job>> heldWithin(double south, double west, double north, double east) {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "from Job where status in (:held) and places.dropoffLat between :south and"
                            + " :north and places.dropoffLon between :west and :east order by id",
                        Job.class)
                    .setParameter("held", Job.HELD)
                    .setParameter("south", south)
                    .setParameter("north", north)
                    .setParameter("west", west)
                    .setParameter("east", east)
                    .getResultList());
  }

  /** The open jobs of an area that may be given out now, oldest first. */
  public Uni<List<Job>> open(String areaId, Instant now, int limit) {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "from Job where areaId = :area and status = :open"
                            + " and (terms.releaseAt is null or terms.releaseAt <= :now)"
                            + " order by createdAt, id",
                        Job.class)
                    .setParameter("area", areaId)
                    .setParameter("now", now)
                    .setParameter("open", JobStatus.OPEN)
                    .setMaxResults(limit)
                    .getResultList());
  }

  /** Open jobs whose promise ended before an instant. */
  Uni<List<String>> openAndPromisedBefore(Instant instant) {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "select id from Job where status = :open and promiseEnd < :instant",
                        String.class)
                    .setParameter("open", JobStatus.OPEN)
                    .setParameter("instant", instant)
                    .setMaxResults(100)
                    .getResultList());
  }

  /**
   * A job that nobody has taken.
   *
   * @param since when somebody was first wanted for it, or when it came into the grab hall
   */
  record Sought(String jobId, Instant since) {}

  /** Jobs for which the next step against their being left is due. */
  Uni<List<Sought>> unclaimed(Patience patience, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select id, since from (select j.id, j.unclaimed, j.created_at,"
                            + " coalesce(j.sought_since,"
                            + " case when m.mode = 'GRAB' then"
                            + " greatest(j.open_since, j.release_at) end) as since"
                            + " from job j left join area_mode m using (area_id)"
                            + " where j.status in ('OPEN', 'OFFERED')"
                            + " and (j.release_at is null or j.release_at <= :now)) waiting"
                            + " where since <= case coalesce(unclaimed, '')"
                            + " when '' then cast(:pay as timestamptz)"
                            + " when 'PAY_RAISED' then cast(:neighbours as timestamptz)"
                            + " when 'NEIGHBOURS_ASKED' then cast(:operator as timestamptz)"
                            + " when 'OPERATOR_CALLED' then cast(:free as timestamptz) end"
                            + " order by created_at limit 200",
                        Object[].class)
                    .setParameter("now", now)
                    .setParameter("pay", now.minus(patience.until(Unclaimed.PAY_RAISED)))
                    .setParameter(
                        "neighbours", now.minus(patience.until(Unclaimed.NEIGHBOURS_ASKED)))
                    .setParameter("operator", now.minus(patience.until(Unclaimed.OPERATOR_CALLED)))
                    .setParameter("free", now.minus(patience.until(Unclaimed.FREE_CANCEL)))
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Sought((String) row[0], Instants.of(row[1])))
                    .toList());
  }

  /** A page of jobs, newest first. Null parameters match everything. */
  public Uni<List<Job>> page(JobStatus status, String areaId, int page, int size) {
    String where =
        (status == null ? "" : " and status = :status")
            + (areaId == null ? "" : " and areaId = :area");
    return tx.session()
        .chain(
            session -> {
              var query =
                  session.createSelectionQuery(
                      "from Job where 1 = 1" + where + " order by createdAt desc, id", Job.class);
              if (status != null) {
                query.setParameter("status", status);
              }
              if (areaId != null) {
                query.setParameter("area", areaId);
              }
              return query.setFirstResult(page * size).setMaxResults(size).getResultList();
            });
  }

  /**
   * The compare-and-set by which a job gets a rider: only an open job that is released, only with
   * the epoch that was seen. Whoever comes second changes nothing.
   *
   * @param payStepFen what the job pays this rider more if nobody took it for a while
   * @param grabbed whether the rider takes it from the hall
   * @return whether it was won
   */
  public Uni<Boolean> offer(
      String jobId,
      long epochSeen,
      String riderId,
      String offerId,
      Instant plannedPickup,
      Instant plannedDelivery,
      int payStepFen,
      boolean grabbed,
      Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update job set status = 'OFFERED', rider_id = :rider, offer_id = :offer,"
                            + " epoch = epoch + 1, version = version + 1, hold_until = null,"
                            + " planned_pickup_at = :pickup, planned_delivery_at = :delivery,"
                            + " reason = 'OFFERED', fault = 'NONE', grabbed = :grabbed,"
                            + " sought_since = coalesce(sought_since, :now),"
                            + " step_pay_fen = case when unclaimed is null then step_pay_fen"
                            + " else greatest(step_pay_fen, :step) end"
                            + " where id = :id and status = 'OPEN' and epoch = :epoch"
                            + " and (release_at is null or release_at <= :now)")
                    .setParameter("rider", riderId)
                    .setParameter("offer", offerId)
                    .setParameter("pickup", plannedPickup)
                    .setParameter("delivery", plannedDelivery)
                    .setParameter("grabbed", grabbed)
                    .setParameter("now", now)
                    .setParameter("step", (long) payStepFen)
                    .setParameter("id", jobId)
                    .setParameter("epoch", epochSeen)
                    .executeUpdate())
        .map(rows -> rows == 1);
  }

  /**
   * Notes until when dispatch waits on purpose (压单).
   *
   * @return whether the job was still open with that epoch
   */
  public Uni<Boolean> hold(String jobId, long epochSeen, Instant until) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update job set hold_until = :until, version = version + 1"
                            + " where id = :id and status = 'OPEN' and epoch = :epoch")
                    .setParameter("until", until)
                    .setParameter("id", jobId)
                    .setParameter("epoch", epochSeen)
                    .executeUpdate())
        .map(rows -> rows == 1);
  }

  /** Somebody is wanted for the open job from now on, if not before. */
  public Uni<Void> sought(String jobId, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update job set sought_since = :now"
                            + " where id = :id and status = 'OPEN' and sought_since is null")
                    .setParameter("now", now)
                    .setParameter("id", jobId)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** The open jobs of some areas that may be given out now, oldest first. */
  public Uni<List<Job>> open(Collection<String> areaIds, Instant now, int limit) {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "from Job where areaId in (:areas) and status = :open"
                            + " and (terms.releaseAt is null or terms.releaseAt <= :now)"
                            + " order by createdAt, id",
                        Job.class)
                    .setParameter("areas", areaIds)
                    .setParameter("now", now)
                    .setParameter("open", JobStatus.OPEN)
                    .setMaxResults(limit)
                    .getResultList());
  }

  Uni<Void> add(Job job) {
    return tx.session().chain(session -> session.persist(job)).chain(() -> publish(job));
  }

  /** Writes the change and tells it, in this transaction. */
  public Uni<Void> publish(Job job) {
    return tx.session()
        .chain(session -> session.flush())
        .chain(
            () ->
                outbox.append(EventType.JOB_STATE, job.id(), job.publishedVersion(), job.state()));
  }
}
