package org.shanpai.dispatch.area;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.AreaState;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** What dispatch knows of areas and their weather. Every method needs a transaction or read. */
@ApplicationScoped
public class Areas {

  /** How long a job waits in the hall of a mixed area when nobody has said otherwise. */
  public static final int HALL_SECONDS = 120;

  private final Tx tx;

  public Areas(Tx tx) {
    this.tx = tx;
  }

  /** Newer replaces; the inbox has dropped older ones. */
  Uni<Void> put(AreaState area) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into area (area_id, city_id, name, paused, outline)"
                            + " values (:area, :city, :name, :paused, :outline)"
                            + " on conflict (area_id) do update"
                            + " set name = excluded.name, paused = excluded.paused,"
                            + " outline = excluded.outline")
                    .setParameter("area", area.areaId().value())
                    .setParameter("city", area.cityId().value())
                    .setParameter("name", area.name())
                    .setParameter("paused", area.paused())
                    .setParameter(
                        "outline", Json.write(area.outline() == null ? List.of() : area.outline()))
                    .executeUpdate())
        .replaceWithVoid();
  }

  Uni<Void> put(WeatherAlert weather) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into weather (area_id, level) values (:area, :level)"
                            + " on conflict (area_id) do update set level = excluded.level")
                    .setParameter("area", weather.areaId().value())
                    .setParameter("level", weather.level().name())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Every area that is known or has an open job: a late area event must not strand its jobs. */
  public Uni<List<String>> all() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select area_id from area"
                            + " union select area_id from job where status = 'OPEN' order by 1",
                        String.class)
                    .getResultList());
  }

  /**
   * How an area stands.
   *
   * @param resting paused by an operator, or a red alert
   * @param hallSeconds how long a job may wait in the hall of a mixed area
   */
  public record Standing(boolean resting, AreaMode mode, int hallSeconds, AreaShape shape) {}

  /** How the area stands; an area nobody has told of works by assignment. */
  public Uni<Standing> standing(String areaId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select coalesce(a.paused, false) or coalesce(w.level, '') = 'RED',"
                            + " m.mode, m.hall_seconds, a.outline"
                            + " from (select cast(:area as text) as area_id) asked"
                            + " left join area a using (area_id)"
                            + " left join weather w using (area_id)"
                            + " left join area_mode m using (area_id)",
                        Object[].class)
                    .setParameter("area", areaId)
                    .getSingleResult())
        .map(
            row ->
                new Standing(
                    (Boolean) row[0],
                    row[1] == null ? AreaMode.ASSIGN : AreaMode.valueOf((String) row[1]),
                    row[2] == null ? HALL_SECONDS : ((Number) row[2]).intValue(),
                    shape((String) row[3])));
  }

  /** Areas that have a grab hall, with their shapes. */
  public Uni<Map<String, AreaShape>> withHall() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select m.area_id, a.outline from area_mode m"
                            + " left join area a using (area_id)"
                            + " left join weather w using (area_id)"
                            + " where m.mode in ('GRAB', 'MIXED') and not coalesce(a.paused, false)"
                            + " and coalesce(w.level, '') <> 'RED'",
                        Object[].class)
                    .getResultList())
        .map(
            rows -> {
              Map<String, AreaShape> halls = new HashMap<>();
              for (Object[] row : rows) {
                halls.put((String) row[0], shape((String) row[1]));
              }
              return halls;
            });
  }

  /** Sets how jobs of the area find their riders from now on. */
  public Uni<Void> setMode(
      String areaId, AreaMode mode, int hallSeconds, String operator, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into area_mode (area_id, mode, hall_seconds, set_by, set_at)"
                            + " values (:area, :mode, :hall, :by, :at)"
                            + " on conflict (area_id) do update set mode = excluded.mode,"
                            + " hall_seconds = excluded.hall_seconds, set_by = excluded.set_by,"
                            + " set_at = excluded.set_at")
                    .setParameter("area", areaId)
                    .setParameter("mode", mode.name())
                    .setParameter("hall", hallSeconds)
                    .setParameter("by", operator)
                    .setParameter("at", now)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Whether geo-service, or a job, has told of the area. */
  public Uni<Boolean> known(String areaId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select exists (select 1 from area where area_id = :area)"
                            + " or exists (select 1 from job where area_id = :area)",
                        Boolean.class)
                    .setParameter("area", areaId)
                    .getSingleResult());
  }

  private static AreaShape shape(String outline) {
    return outline == null
        ? AreaShape.UNKNOWN
        : new AreaShape(List.of(Json.read(outline, GeoPoint[].class)));
  }
}
