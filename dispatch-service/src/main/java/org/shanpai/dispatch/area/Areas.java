package org.shanpai.dispatch.area;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.shanpai.contracts.event.AreaState;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Tx;

/** What dispatch knows of areas and their weather. Every method needs a transaction or read. */
@ApplicationScoped
public class Areas {

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
                        "insert into area (area_id, city_id, name, paused)"
                            + " values (:area, :city, :name, :paused)"
                            + " on conflict (area_id) do update"
                            + " set name = excluded.name, paused = excluded.paused")
                    .setParameter("area", area.areaId().value())
                    .setParameter("city", area.cityId().value())
                    .setParameter("name", area.name())
                    .setParameter("paused", area.paused())
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

  /** Whether dispatch rests: paused by an operator, or a red alert. */
  public Uni<Boolean> resting(String areaId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select exists (select 1 from area where area_id = :area and paused)"
                            + " or exists (select 1 from weather"
                            + " where area_id = :area and level = 'RED')",
                        Boolean.class)
                    .setParameter("area", areaId)
                    .getSingleResult());
  }
}
