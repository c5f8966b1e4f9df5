package org.shanpai.geo.area.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.area.Area;
import org.shanpai.geo.area.Outline;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** Areas as rows; every call inside a transaction or read session. */
@ApplicationScoped
public class AreaTable {

  private static final String SELECT =
      "select area_id, city_id, version, name, cast(outline as text), paused from area";
  private static final TypeReference<List<GeoPoint>> CORNERS = new TypeReference<>() {};

  private final Tx tx;
  private final CityClock clock;

  public AreaTable(Tx tx, CityClock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  public Uni<List<Area>> list() {
    return tx.session()
        .chain(session -> session.createNativeQuery(SELECT, Object[].class).getResultList())
        .map(rows -> rows.stream().map(AreaTable::area).toList());
  }

  /** The area, or null. */
  public Uni<Area> find(AreaId areaId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(SELECT + " where area_id = :id", Object[].class)
                    .setParameter("id", areaId.value())
                    .getSingleResultOrNull())
        .map(row -> row == null ? null : area(row));
  }

  /** Writes the area, new or not. */
  public Uni<Void> put(Area area) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into area (area_id, city_id, version, name, outline, paused,"
                            + " changed_at) values (:id, :city, :version, :name,"
                            + " cast(cast(:outline as text) as jsonb), :paused, :at)"
                            + " on conflict (area_id) do update set version = excluded.version,"
                            + " name = excluded.name, outline = excluded.outline,"
                            + " paused = excluded.paused, changed_at = excluded.changed_at")
                    .setParameter("id", area.areaId().value())
                    .setParameter("city", area.cityId().value())
                    .setParameter("version", area.version())
                    .setParameter("name", area.name())
                    .setParameter("outline", Json.write(area.outline().corners()))
                    .setParameter("paused", area.paused())
                    .setParameter("at", clock.now())
                    .executeUpdate())
        .replaceWithVoid();
  }

  private static Area area(Object[] row) {
    return new Area(
        AreaId.of((String) row[0]),
        CityId.of((String) row[1]),
        ((Number) row[2]).longValue(),
        (String) row[3],
        new Outline(corners((String) row[4])),
        (Boolean) row[5]);
  }

  private static List<GeoPoint> corners(String json) {
    try {
      return Json.mapper().readValue(json, CORNERS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an area's outline in the database is unreadable", e);
    }
  }
}
