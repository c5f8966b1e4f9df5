package org.shanpai.geo.weather.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/** The weather as rows; every call inside a transaction or read session. */
@ApplicationScoped
public class WeatherTable {

  private static final String SELECT =
      "select area_id, city_id, version, level, travel_factor, promise_extra_seconds, set_from,"
          + " set_by from weather";

  private final Tx tx;

  public WeatherTable(Tx tx) {
    this.tx = tx;
  }

  public Uni<List<WeatherAlert>> list() {
    return tx.session()
        .chain(session -> session.createNativeQuery(SELECT, Object[].class).getResultList())
        .map(rows -> rows.stream().map(WeatherTable::alert).toList());
  }

  /** What was set for the area, or null. */
  public Uni<WeatherAlert> find(AreaId areaId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(SELECT + " where area_id = :id", Object[].class)
                    .setParameter("id", areaId.value())
                    .getSingleResultOrNull())
        .map(row -> row == null ? null : alert(row));
  }

  public Uni<Void> put(WeatherAlert alert) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into weather (area_id, city_id, version, level, travel_factor,"
                            + " promise_extra_seconds, set_from, set_by) values (:id, :city,"
                            + " :version, :level, :factor, :extra, :from, :by)"
                            + " on conflict (area_id) do update set version = excluded.version,"
                            + " level = excluded.level, travel_factor = excluded.travel_factor,"
                            + " promise_extra_seconds = excluded.promise_extra_seconds,"
                            + " set_from = excluded.set_from, set_by = excluded.set_by")
                    .setParameter("id", alert.areaId().value())
                    .setParameter("city", alert.cityId().value())
                    .setParameter("version", alert.version())
                    .setParameter("level", alert.level().name())
                    .setParameter("factor", alert.travelFactor())
                    .setParameter("extra", alert.promiseExtraSeconds())
                    .setParameter("from", alert.from())
                    .setParameter("by", alert.setBy())
                    .executeUpdate())
        .replaceWithVoid();
  }

  private static WeatherAlert alert(Object[] row) {
    return new WeatherAlert(
        AreaId.of((String) row[0]),
        CityId.of((String) row[1]),
        ((Number) row[2]).longValue(),
        WeatherAlert.Level.valueOf((String) row[3]),
        ((Number) row[4]).doubleValue(),
        ((Number) row[5]).intValue(),
        Instants.of(row[6]),
        (String) row[7]);
  }
}
