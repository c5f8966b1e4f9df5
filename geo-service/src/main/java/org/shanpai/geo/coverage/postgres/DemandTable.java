package org.shanpai.geo.coverage.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.AreaId;
import org.shanpai.geo.coverage.CellDemand;
import org.shanpai.geo.coverage.Outcome;
import org.shanpai.messaging.Tx;

/** Demand as rows; every call inside a transaction or read session. */
@ApplicationScoped
public class DemandTable {

  private final Tx tx;

  public DemandTable(Tx tx) {
    this.tx = tx;
  }

  /**
   * @param area empty for none
   */
  public Uni<Void> add(Instant hour, long cell, String area, Outcome outcome) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into coverage_demand as d (hour, cell, area_id, reason, orders)"
                            + " values (:hour, :cell, :area, :reason, 1)"
                            + " on conflict (hour, cell, area_id, reason)"
                            + " do update set orders = d.orders + 1")
                    .setParameter("hour", hour)
                    .setParameter("cell", cell)
                    .setParameter("area", area)
                    .setParameter("reason", outcome.name())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /**
   * What was asked in the hours from one to before the other, by cell.
   *
   * @param area only of stores in it; null for all
   */
  public Uni<List<CellDemand>> sum(Instant from, Instant to, AreaId area) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cell, reason, cast(sum(orders) as bigint) from coverage_demand"
                            + " where hour >= :from and hour < :to"
                            + " and (cast(:area as text) is null or area_id = :area)"
                            + " group by cell, reason",
                        Object[].class)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .setParameter("area", area == null ? null : area.value())
                    .getResultList())
        .map(
            rows ->
                CellDemand.collect(
                    rows,
                    row -> ((Number) row[0]).longValue(),
                    row -> Outcome.valueOf((String) row[1]),
                    row -> ((Number) row[2]).longValue()));
  }

  /** Forgets hours before that one. */
  public Uni<Integer> forget(Instant before) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery("delete from coverage_demand where hour < :before")
                    .setParameter("before", before)
                    .executeUpdate());
  }
}
