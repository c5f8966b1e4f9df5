package org.shanpai.geo.learning.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.GeofenceEvent;
import org.shanpai.geo.learning.Stop;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/** Finished stops as rows; every call inside a transaction or session. */
@ApplicationScoped
public class FactTable {

  private static final String SELECT =
      "select s.job_id, s.epoch, s.kind, s.rider_id, s.area_id, s.store_id, s.lat, s.lon,"
          + " s.accepted_at, s.created_at, s.ready_at, s.tapped_at, f.at, f.first_metres,"
          + " s.left_at, s.travel_factor from rider_stop s left join fence_event f"
          + " on f.job_id = s.job_id and f.epoch = s.epoch and f.kind = s.kind";

  private final Tx tx;

  public FactTable(Tx tx) {
    this.tx = tx;
  }

  /**
   * Keeps a stop.
   *
   * @param building H3 cell of the place
   * @return false when it was known
   */
  public Uni<Boolean> add(Stop stop, long building) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into rider_stop (job_id, epoch, kind, rider_id, area_id, store_id,"
                            + " building, lat, lon, accepted_at, created_at, ready_at, tapped_at,"
                            + " left_at, travel_factor) values (:job, :epoch, :kind, :rider, :area,"
                            + " :store, :building, :lat, :lon, :accepted, :created,"
                            + " cast(:ready as timestamptz), cast(:tapped as timestamptz), :left,"
                            + " :factor) on conflict do nothing")
                    .setParameter("job", stop.jobId())
                    .setParameter("epoch", stop.epoch())
                    .setParameter("kind", stop.kind().name())
                    .setParameter("rider", stop.riderId())
                    .setParameter("area", stop.areaId())
                    .setParameter("store", stop.storeId())
                    .setParameter("building", building)
                    .setParameter("lat", stop.place().lat())
                    .setParameter("lon", stop.place().lon())
                    .setParameter("accepted", stop.acceptedAt())
                    .setParameter("created", stop.createdAt())
                    .setParameter("ready", stop.readyAt())
                    .setParameter("tapped", stop.tappedAt())
                    .setParameter("left", stop.leftAt())
                    .setParameter("factor", stop.travelFactor())
                    .executeUpdate())
        .map(rows -> rows > 0);
  }

  /** The newest pickups of a store since then. */
  public Uni<List<Stop>> pickups(String storeId, Instant since, int most) {
    return list(
        " where s.kind = 'AT_STORE' and s.store_id = :key and s.left_at >= :since",
        storeId,
        since,
        most);
  }

  /** The newest drop-offs in a building since then. */
  public Uni<List<Stop>> dropoffs(long building, Instant since, int most) {
    return list(
        " where s.kind = 'AT_CUSTOMER' and s.building = :key and s.left_at >= :since",
        building,
        since,
        most);
  }

  /** The newest stops of a kind in the whole city since then. */
  public Uni<List<Stop>> newest(GeofenceEvent.Kind kind, Instant since, int most) {
    return list(" where s.kind = :key and s.left_at >= :since", kind.name(), since, most);
  }

  private Uni<List<Stop>> list(String where, Object key, Instant since, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        SELECT + where + " order by s.left_at desc, s.job_id limit " + most,
                        Object[].class)
                    .setParameter("key", key)
                    .setParameter("since", since)
                    .getResultList())
        .map(rows -> rows.stream().map(FactTable::stop).toList());
  }

  /**
   * All stops until {@code until} of riders who left one between {@code from} and {@code to}, from
   * then on.
   */
  public Uni<List<Stop>> ridesFrom(Instant from, Instant to, Instant until) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        SELECT
                            + " where s.left_at >= :from and s.left_at < :until and s.rider_id in"
                            + " (select rider_id from rider_stop where left_at >= :from"
                            + " and left_at < :to)",
                        Object[].class)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .setParameter("until", until)
                    .getResultList())
        .map(rows -> rows.stream().map(FactTable::stop).toList());
  }

  /** Where riders stood at the newest pickups of a store since then. */
  public Uni<List<GeoPoint>> stands(String storeId, Instant since, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select p.lat, p.lon from pickup_stand p join rider_stop s"
                            + " on s.job_id = p.job_id and s.epoch = p.epoch"
                            + " and s.kind = 'AT_STORE' where s.store_id = :store"
                            + " and s.left_at >= :since order by s.left_at desc, s.job_id limit "
                            + most,
                        Object[].class)
                    .setParameter("store", storeId)
                    .setParameter("since", since)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new GeoPoint(
                                ((Number) row[0]).doubleValue(), ((Number) row[1]).doubleValue()))
                    .toList());
  }

  /** Keeps where a rider stood; of two accounts the one with more readings. */
  public Uni<Void> addStand(String jobId, long epoch, GeoPoint place, int readings) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into pickup_stand (job_id, epoch, lat, lon, readings) values (:job,"
                            + " :epoch, :lat, :lon, :readings) on conflict (job_id, epoch)"
                            + " do update set lat = excluded.lat, lon = excluded.lon,"
                            + " readings = excluded.readings"
                            + " where pickup_stand.readings < excluded.readings")
                    .setParameter("job", jobId)
                    .setParameter("epoch", epoch)
                    .setParameter("lat", place.lat())
                    .setParameter("lon", place.lon())
                    .setParameter("readings", readings)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Removes facts that count no more. */
  public Uni<Void> deleteBefore(Instant before) {
    return delete(
            "delete from pickup_stand p using rider_stop s where s.job_id = p.job_id"
                + " and s.epoch = p.epoch and s.kind = 'AT_STORE' and s.left_at < :before",
            before)
        .chain(() -> delete("delete from rider_stop where left_at < :before", before))
        .chain(() -> delete("delete from leg_sketch where began_at < :before", before))
        .chain(() -> delete("delete from leg_verdict where began_at < :before", before));
  }

  private Uni<Void> delete(String statement, Instant before) {
    return tx.session()
        .chain(
            session ->
                session.createNativeQuery(statement).setParameter("before", before).executeUpdate())
        .replaceWithVoid();
  }

  private static Stop stop(Object[] row) {
    return new Stop(
        (String) row[0],
        ((Number) row[1]).longValue(),
        GeofenceEvent.Kind.valueOf((String) row[2]),
        (String) row[3],
        (String) row[4],
        (String) row[5],
        new GeoPoint(((Number) row[6]).doubleValue(), ((Number) row[7]).doubleValue()),
        Instants.of(row[8]),
        Instants.of(row[9]),
        Instants.of(row[10]),
        Instants.of(row[11]),
        Instants.of(row[12]),
        row[13] == null ? 0 : ((Number) row[13]).intValue(),
        Instants.of(row[14]),
        ((Number) row[15]).doubleValue());
  }
}
