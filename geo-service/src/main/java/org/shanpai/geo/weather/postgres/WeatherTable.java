package org.shanpai.geo.weather.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.contracts.event.WeatherAlert.Level;
import org.shanpai.geo.weather.WeatherBoard.Picture;
import org.shanpai.geo.weather.WeatherSetting;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** The weather as rows; every call inside a transaction or read session. */
@ApplicationScoped
public class WeatherTable {

  /**
   * An alert as it was told.
   *
   * @param until when it was to end by itself; null for never
   */
  public record Told(WeatherAlert alert, Instant until) {}

  private static final String COLUMNS =
      "area_id, city_id, version, level, travel_factor, promise_extra_seconds, set_from, set_by";
  private static final int KEPT_VERSIONS = 200;

  private final Tx tx;

  public WeatherTable(Tx tx) {
    this.tx = tx;
  }

  /** All that is known of all areas. */
  public Uni<Picture> picture() {
    return alerts()
        .chain(
            alerts ->
                settings()
                    .chain(settings -> feed().map(feed -> new Picture(alerts, settings, feed))));
  }

  private Uni<Map<AreaId, WeatherAlert>> alerts() {
    return rows("select " + COLUMNS + " from weather")
        .map(
            rows -> {
              Map<AreaId, WeatherAlert> alerts = new HashMap<>();
              rows.forEach(row -> alerts.put(AreaId.of((String) row[0]), alert(row)));
              return alerts;
            });
  }

  private Uni<Map<AreaId, WeatherSetting>> settings() {
    return rows("select area_id, level, travel_factor, promise_extra_seconds, set_from, set_until,"
            + " set_by from weather_setting")
        .map(
            rows -> {
              Map<AreaId, WeatherSetting> settings = new HashMap<>();
              for (Object[] row : rows) {
                AreaId areaId = AreaId.of((String) row[0]);
                settings.put(
                    areaId,
                    new WeatherSetting(
                        areaId,
                        Level.valueOf((String) row[1]),
                        ((Number) row[2]).doubleValue(),
                        ((Number) row[3]).intValue(),
                        Instants.of(row[4]),
                        Instants.of(row[5]),
                        (String) row[6]));
              }
              return settings;
            });
  }

  private Uni<List<Object[]>> rows(String sql) {
    return tx.session()
        .chain(session -> session.createNativeQuery(sql, Object[].class).getResultList());
  }

  /** What the feed said last. */
  public Uni<List<WeatherSetting>> feed() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cast(line as text) from weather_feed order by place", String.class)
                    .getResultList())
        .map(rows -> rows.stream().map(row -> Json.read(row, WeatherSetting.class)).toList());
  }

  /** The feed says this from now on. */
  public Uni<Void> putFeed(List<WeatherSetting> lines) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery("delete from weather_feed")
                    .executeUpdate()
                    .chain(
                        () ->
                            session
                                .createNativeQuery(
                                    "insert into weather_feed (place, line) select ordinality,"
                                        + " value from jsonb_array_elements(cast(cast(:lines as"
                                        + " text) as jsonb)) with ordinality")
                                .setParameter("lines", Json.write(lines))
                                .executeUpdate()))
        .replaceWithVoid();
  }

  /** What an operator said of an area. */
  public Uni<Void> putSetting(WeatherSetting setting) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into weather_setting (area_id, level, travel_factor,"
                            + " promise_extra_seconds, set_from, set_until, set_by) values (:id,"
                            + " :level, :factor, :extra, :from, cast(:until as timestamptz), :by)"
                            + " on conflict (area_id) do update set level = excluded.level,"
                            + " travel_factor = excluded.travel_factor, promise_extra_seconds ="
                            + " excluded.promise_extra_seconds, set_from = excluded.set_from,"
                            + " set_until = excluded.set_until, set_by = excluded.set_by")
                    .setParameter("id", setting.areaId().value())
                    .setParameter("level", setting.level().name())
                    .setParameter("factor", setting.travelFactor())
                    .setParameter("extra", setting.promiseExtraSeconds())
                    .setParameter("from", setting.from())
                    .setParameter("until", setting.until())
                    .setParameter("by", setting.by())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** An operator's word counts no longer. */
  public Uni<Void> dropSetting(AreaId areaId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery("delete from weather_setting where area_id = :id")
                    .setParameter("id", areaId.value())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** What counts from now on, and one more line of history. */
  public Uni<Void> put(WeatherAlert alert, Instant until) {
    return tx.session()
        .chain(
            session ->
                bound(
                        session.createNativeQuery(
                            "insert into weather ("
                                + COLUMNS
                                + ") values (:id, :city, :version, :level, :factor, :extra, :from,"
                                + " :by) on conflict (area_id) do update set"
                                + " version = excluded.version, level = excluded.level,"
                                + " travel_factor = excluded.travel_factor, promise_extra_seconds"
                                + " = excluded.promise_extra_seconds, set_from ="
                                + " excluded.set_from, set_by = excluded.set_by"),
                        alert)
                    .executeUpdate()
                    .chain(
                        () ->
                            bound(
                                    session.createNativeQuery(
                                        "insert into weather_history ("
                                            + COLUMNS
                                            + ", set_until) values (:id, :city, :version, :level,"
                                            + " :factor, :extra, :from, :by,"
                                            + " cast(:until as timestamptz))"),
                                    alert)
                                .setParameter("until", until)
                                .executeUpdate())
                    .chain(
                        () ->
                            session
                                .createNativeQuery(
                                    "delete from weather_history where area_id = :id"
                                        + " and version <= :old")
                                .setParameter("id", alert.areaId().value())
                                .setParameter("old", alert.version() - KEPT_VERSIONS)
                                .executeUpdate()))
        .replaceWithVoid();
  }

  private static <T> org.hibernate.reactive.mutiny.Mutiny.Query<T> bound(
      org.hibernate.reactive.mutiny.Mutiny.Query<T> query, WeatherAlert alert) {
    return query
        .setParameter("id", alert.areaId().value())
        .setParameter("city", alert.cityId().value())
        .setParameter("version", alert.version())
        .setParameter("level", alert.level().name())
        .setParameter("factor", alert.travelFactor())
        .setParameter("extra", alert.promiseExtraSeconds())
        .setParameter("from", alert.from())
        .setParameter("by", alert.setBy());
  }

  /** What was told of an area, newest first. */
  public Uni<List<Told>> history(AreaId areaId, int limit) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select "
                            + COLUMNS
                            + ", set_until from weather_history where area_id = :id"
                            + " order by version desc limit :limit",
                        Object[].class)
                    .setParameter("id", areaId.value())
                    .setParameter("limit", limit)
                    .getResultList())
        .map(rows -> rows.stream().map(row -> new Told(alert(row), Instants.of(row[8]))).toList());
  }

  private static WeatherAlert alert(Object[] row) {
    return new WeatherAlert(
        AreaId.of((String) row[0]),
        CityId.of((String) row[1]),
        ((Number) row[2]).longValue(),
        Level.valueOf((String) row[3]),
        ((Number) row[4]).doubleValue(),
        ((Number) row[5]).intValue(),
        Instants.of(row[6]),
        (String) row[7]);
  }
}
