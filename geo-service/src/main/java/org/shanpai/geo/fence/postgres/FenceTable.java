package org.shanpai.geo.fence.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.GeofenceEvent;
import org.shanpai.geo.fence.FenceEvidence;
import org.shanpai.geo.fence.FencedJob;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/** Jobs in hand and what positions prove of them; every call inside a transaction or session. */
@ApplicationScoped
public class FenceTable {

  private static final String THIS_TRANSACTION =
      "cast(cast(pg_current_xact_id() as text) as bigint)";

  private static final String SELECT =
      "select j.job_id, j.epoch, j.version, j.rider_id, j.area_id, j.store_id, j.pickup_lat,"
          + " j.pickup_lon, j.dropoff_lat, j.dropoff_lon, j.accepted_at, j.picked_up_at,"
          + " j.ended_at, s.job_id is not null, c.job_id is not null from fence_job j"
          + " left join fence_event s on s.job_id = j.job_id and s.epoch = j.epoch"
          + " and s.kind = 'AT_STORE'"
          + " left join fence_event c on c.job_id = j.job_id and c.epoch = j.epoch"
          + " and c.kind = 'AT_CUSTOMER'";

  private final Tx tx;

  public FenceTable(Tx tx) {
    this.tx = tx;
  }

  /** Writes the job unless a newer state of the same epoch is there. */
  public Uni<Void> put(FencedJob job) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into fence_job (job_id, epoch, version, rider_id, area_id,"
                            + " store_id, pickup_lat, pickup_lon, dropoff_lat, dropoff_lon,"
                            + " accepted_at, picked_up_at, ended_at, changed_in) values (:job,"
                            + " :epoch, :version, :rider, :area, :store, :plat, :plon, :dlat,"
                            + " :dlon, :accepted, cast(:picked as timestamptz),"
                            + " cast(:ended as timestamptz), "
                            + THIS_TRANSACTION
                            + ") on conflict (job_id, epoch) do update set"
                            + " version = excluded.version, accepted_at = excluded.accepted_at,"
                            + " picked_up_at = excluded.picked_up_at,"
                            + " ended_at = excluded.ended_at, changed_in = excluded.changed_in"
                            + " where fence_job.version < excluded.version")
                    .setParameter("job", job.jobId())
                    .setParameter("epoch", job.epoch())
                    .setParameter("version", job.version())
                    .setParameter("rider", job.riderId())
                    .setParameter("area", job.areaId())
                    .setParameter("store", job.storeId())
                    .setParameter("plat", job.pickup().lat())
                    .setParameter("plon", job.pickup().lon())
                    .setParameter("dlat", job.dropoff().lat())
                    .setParameter("dlon", job.dropoff().lon())
                    .setParameter("accepted", job.acceptedAt())
                    .setParameter("picked", job.pickedUpAt())
                    .setParameter("ended", job.endedAt())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Whoever had the job in an earlier epoch has it no more. */
  public Uni<List<FencedJob>> endEarlier(String jobId, long epoch, long version, Instant at) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update fence_job set ended_at = :at, version = :version, changed_in = "
                            + THIS_TRANSACTION
                            + " where job_id = :job and epoch < :epoch and ended_at is null")
                    .setParameter("at", at)
                    .setParameter("version", version)
                    .setParameter("job", jobId)
                    .setParameter("epoch", epoch)
                    .executeUpdate()
                    .chain(
                        changed ->
                            changed == 0
                                ? Uni.createFrom().item(List.<FencedJob>of())
                                : of(jobId)));
  }

  /** All epochs of a job, oldest first. */
  public Uni<List<FencedJob>> of(String jobId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        SELECT + " where j.job_id = :job order by j.epoch", Object[].class)
                    .setParameter("job", jobId)
                    .getResultList())
        .map(rows -> rows.stream().map(FenceTable::job).toList());
  }

  /** Jobs in hand, and those that ended since then. */
  public Uni<List<FencedJob>> live(Instant endedSince) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        SELECT + " where j.ended_at is null or j.ended_at >= :since",
                        Object[].class)
                    .setParameter("since", endedSince)
                    .getResultList())
        .map(rows -> rows.stream().map(FenceTable::job).toList());
  }

  /**
   * The oldest transaction that is open now: whatever commits later has that number or a higher.
   */
  public Uni<Long> oldestOpen() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as"
                            + " bigint)",
                        Long.class)
                    .getSingleResult());
  }

  /** Rows changed by that transaction or a later one. */
  public Uni<List<FencedJob>> changedSince(long transaction) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(SELECT + " where j.changed_in >= :since", Object[].class)
                    .setParameter("since", transaction)
                    .getResultList())
        .map(rows -> rows.stream().map(FenceTable::job).toList());
  }

  /**
   * Keeps what was proved.
   *
   * @return false when it was proved before
   */
  public Uni<Boolean> add(FenceEvidence evidence) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into fence_event (job_id, epoch, kind, rider_id, at, lat, lon,"
                            + " first_metres, metres, readings, trust, learned) values (:job,"
                            + " :epoch, :kind, :rider, :at, :lat, :lon, :first, :metres,"
                            + " :readings, :trust, :learned) on conflict do nothing")
                    .setParameter("job", evidence.jobId())
                    .setParameter("epoch", evidence.epoch())
                    .setParameter("kind", evidence.kind().name())
                    .setParameter("rider", evidence.riderId())
                    .setParameter("at", evidence.at())
                    .setParameter("lat", evidence.place().lat())
                    .setParameter("lon", evidence.place().lon())
                    .setParameter("first", evidence.firstMetres())
                    .setParameter("metres", evidence.metres())
                    .setParameter("readings", evidence.readings())
                    .setParameter("trust", evidence.trust())
                    .setParameter("learned", evidence.learned())
                    .executeUpdate())
        .map(rows -> rows > 0);
  }

  /** What was proved of a job, by time. */
  public Uni<List<FenceEvidence>> evidence(String jobId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select job_id, epoch, kind, rider_id, at, lat, lon, first_metres, metres,"
                            + " readings, trust, learned from fence_event where job_id = :job"
                            + " order by at, kind",
                        Object[].class)
                    .setParameter("job", jobId)
                    .getResultList())
        .map(rows -> rows.stream().map(FenceTable::evidence).toList());
  }

  /** Removes what is older. */
  public Uni<Void> deleteBefore(Instant before) {
    return delete("delete from fence_event where at < :before", before)
        .chain(() -> delete("delete from fence_job where ended_at < :before", before));
  }

  private Uni<Void> delete(String statement, Instant before) {
    return tx.session()
        .chain(
            session ->
                session.createNativeQuery(statement).setParameter("before", before).executeUpdate())
        .replaceWithVoid();
  }

  private static FencedJob job(Object[] row) {
    return new FencedJob(
        (String) row[0],
        ((Number) row[1]).longValue(),
        ((Number) row[2]).longValue(),
        (String) row[3],
        (String) row[4],
        (String) row[5],
        new GeoPoint(((Number) row[6]).doubleValue(), ((Number) row[7]).doubleValue()),
        new GeoPoint(((Number) row[8]).doubleValue(), ((Number) row[9]).doubleValue()),
        Instants.of(row[10]),
        Instants.of(row[11]),
        Instants.of(row[12]),
        (Boolean) row[13],
        (Boolean) row[14]);
  }

  private static FenceEvidence evidence(Object[] row) {
    return new FenceEvidence(
        (String) row[0],
        ((Number) row[1]).longValue(),
        GeofenceEvent.Kind.valueOf((String) row[2]),
        (String) row[3],
        Instants.of(row[4]),
        new GeoPoint(((Number) row[5]).doubleValue(), ((Number) row[6]).doubleValue()),
        ((Number) row[7]).intValue(),
        ((Number) row[8]).intValue(),
        ((Number) row[9]).intValue(),
        ((Number) row[10]).intValue(),
        (Boolean) row[11]);
  }
}
