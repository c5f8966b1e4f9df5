package org.shanpai.geo.learning.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** Sketches of rides by half hour, as rows; every call inside a transaction or session. */
@ApplicationScoped
public class LegTable {

  /** So many rides of a cell fell into that bin. */
  public record Count(long cell, int bin, int count) {}

  /** So many rides of a cell and half hour of the day fell into that bin. */
  public record DayCount(long cell, int slot, int bin, long count) {}

  private final Tx tx;

  public LegTable(Tx tx) {
    this.tx = tx;
  }

  /** Replaces what is known of the rides that began in that half hour. */
  public Uni<Void> replace(Instant beganAt, List<Count> counts, Map<String, Integer> verdicts) {
    return delete("delete from leg_sketch where began_at = :at", beganAt)
        .chain(() -> delete("delete from leg_verdict where began_at = :at", beganAt))
        .chain(
            () ->
                insert(
                    "insert into leg_sketch (began_at, cell, bin, count) select :at, cell, bin,"
                        + " count from jsonb_to_recordset(cast(cast(:rows as text) as jsonb))"
                        + " as r(cell bigint, bin smallint, count integer)",
                    beganAt,
                    Json.write(counts)))
        .chain(
            () ->
                insert(
                    "insert into leg_verdict (began_at, verdict, count) select :at, key,"
                        + " cast(value as integer)"
                        + " from jsonb_each_text(cast(cast(:rows as text) as jsonb))",
                    beganAt,
                    Json.write(verdicts)));
  }

  private Uni<Void> delete(String statement, Instant at) {
    return tx.session()
        .chain(
            session -> session.createNativeQuery(statement).setParameter("at", at).executeUpdate())
        .replaceWithVoid();
  }

  private Uni<Void> insert(String statement, Instant at, String rows) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(statement)
                    .setParameter("at", at)
                    .setParameter("rows", rows)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /**
   * All rides since then.
   *
   * @param zone of the city, whose half hours of the day count
   */
  public Uni<List<DayCount>> since(Instant since, String zone) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cell, cast(extract(hour from began_at at time zone :zone) * 2"
                            + " + floor(extract(minute from began_at at time zone :zone) / 30)"
                            + " as integer) as slot, bin, sum(count) from leg_sketch"
                            + " where began_at >= :since group by cell, slot, bin",
                        Object[].class)
                    .setParameter("zone", zone)
                    .setParameter("since", since)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new DayCount(
                                ((Number) row[0]).longValue(),
                                ((Number) row[1]).intValue(),
                                ((Number) row[2]).intValue(),
                                ((Number) row[3]).longValue()))
                    .toList());
  }

  /** What became of all rides since then. */
  public Uni<Map<String, Long>> verdicts(Instant since) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select verdict, sum(count) from leg_verdict where began_at >= :since"
                            + " group by verdict",
                        Object[].class)
                    .setParameter("since", since)
                    .getResultList())
        .map(
            rows -> {
              Map<String, Long> counts = new TreeMap<>();
              rows.forEach(row -> counts.put((String) row[0], ((Number) row[1]).longValue()));
              return counts;
            });
  }
}
