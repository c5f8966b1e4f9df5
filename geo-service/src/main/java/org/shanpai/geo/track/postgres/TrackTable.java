package org.shanpai.geo.track.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.shanpai.geo.track.TrackCell;
import org.shanpai.geo.track.TrackChunk;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** Tracks as rows; every call inside a transaction or read session. */
@ApplicationScoped
public class TrackTable {

  private static final int DELETED_AT_ONCE = 5_000;

  private final Tx tx;

  public TrackTable(Tx tx) {
    this.tx = tx;
  }

  /** A chunk and its row. */
  public record Row(long chunkId, TrackChunk chunk) {}

  /** Writes many rows with one statement; the bytes go as base 64. */
  public Uni<Void> add(List<TrackChunk> chunks) {
    return run(
        "insert into track_chunk (rider_id, first_ms, last_ms, points, data) select r.\"riderId\","
            + " r.\"firstAt\", r.\"lastAt\", r.points, decode(r.data, 'base64') from"
            + " jsonb_to_recordset(cast(cast(:rows as text) as jsonb)) as r(\"riderId\" text,"
            + " \"firstAt\" bigint, \"lastAt\" bigint, points integer, data text)",
        Json.write(chunks));
  }

  private Uni<Void> run(String sql, String rows) {
    return tx.session()
        .chain(session -> session.createNativeQuery(sql).setParameter("rows", rows).executeUpdate())
        .replaceWithVoid();
  }

  /** The rider's chunks that have a reading in the time, ends included, at most so many. */
  public Uni<List<TrackChunk>> chunks(String riderId, long from, long to, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select chunk_id, rider_id, first_ms, last_ms, points, data"
                            + " from track_chunk where rider_id = :rider and last_ms >= :from"
                            + " and first_ms <= :to order by last_ms limit :most",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .setParameter("most", most)
                    .getResultList())
        .map(rows -> rows.stream().map(row -> row(row).chunk()).toList());
  }

  /** The rider's stays that touch the time, earliest first, at most so many. */
  public Uni<List<TrackCell>> cells(String riderId, long from, long to, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select rider_id, cell, first_ms, last_ms, points from track_cell"
                            + " where rider_id = :rider and first_ms <= :to and last_ms >= :from"
                            + " order by first_ms limit :most",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .setParameter("most", most)
                    .getResultList())
        .map(rows -> rows.stream().map(TrackTable::cell).toList());
  }

  /**
   * Everything that is that old of a few riders, those with the oldest first; locked, and without
   * what another replica holds.
   */
  public Uni<List<Row>> oldOfFewRiders(long before, int riders) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select chunk_id, rider_id, first_ms, last_ms, points, data"
                            + " from track_chunk where last_ms < :before and rider_id in"
                            + " (select rider_id from track_chunk where last_ms < :before"
                            + " order by last_ms limit :riders)"
                            + " order by rider_id, first_ms for update skip locked",
                        Object[].class)
                    .setParameter("before", before)
                    .setParameter("riders", riders)
                    .getResultList())
        .map(rows -> rows.stream().map(TrackTable::row).toList());
  }

  public Uni<Void> delete(List<Row> rows) {
    return run(
        "delete from track_chunk where chunk_id in (select cast(id as bigint)"
            + " from jsonb_array_elements_text(cast(cast(:rows as text) as jsonb)) as id)",
        Json.write(rows.stream().map(Row::chunkId).toList()));
  }

  public Uni<Void> addCells(List<TrackCell> cells) {
    return run(
        "insert into track_cell (rider_id, cell, first_ms, last_ms, points)"
            + " select r.\"riderId\", r.cell, r.\"firstAt\", r.\"lastAt\", r.points"
            + " from jsonb_to_recordset(cast(cast(:rows as text) as jsonb))"
            + " as r(\"riderId\" text, cell bigint, \"firstAt\" bigint, \"lastAt\" bigint,"
            + " points integer) on conflict (rider_id, first_ms, cell) do update set"
            + " last_ms = greatest(track_cell.last_ms, excluded.last_ms),"
            + " points = track_cell.points + excluded.points",
        Json.write(cells));
  }

  /** Deletes some of the stays that old; whether there may be more. */
  public Uni<Boolean> deleteCells(long before) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "delete from track_cell where ctid = any(array(select ctid from track_cell"
                            + " where last_ms < :before limit :most))")
                    .setParameter("before", before)
                    .setParameter("most", DELETED_AT_ONCE)
                    .executeUpdate())
        .map(count -> count == DELETED_AT_ONCE);
  }

  private static Row row(Object[] row) {
    return new Row(
        number(row[0]),
        new TrackChunk(
            (String) row[1],
            number(row[2]),
            number(row[3]),
            (int) number(row[4]),
            (byte[]) row[5]));
  }

  private static TrackCell cell(Object[] row) {
    return new TrackCell(
        (String) row[0], number(row[1]), number(row[2]), number(row[3]), (int) number(row[4]));
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }
}
