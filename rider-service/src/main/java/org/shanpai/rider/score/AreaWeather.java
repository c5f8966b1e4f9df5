package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Tx;

/** Which weather was in force where and when, as geo-service told it. */
@ApplicationScoped
public class AreaWeather {

  private final Tx tx;

  public AreaWeather(Tx tx) {
    this.tx = tx;
  }

  /** Notes an alert; each version once. */
  public Uni<Void> record(WeatherAlert alert) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into area_weather (area_id, version, level, from_at)"
                            + " values (:area, :version, :level, :from) on conflict do nothing")
                    .setParameter("area", alert.areaId().value())
                    .setParameter("version", alert.version())
                    .setParameter("level", alert.level().name())
                    .setParameter("from", alert.from())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /**
   * The worst level in force at any moment of the span, both ends included; an alert holds from its
   * start until the next one's.
   */
  public Uni<WeatherAlert.Level> getWorst(String areaId, Instant from, Instant to) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select level from (select level, from_at,"
                            + " lead(from_at) over (order by version) as until_at"
                            + " from area_weather where area_id = :area) spell"
                            + " where from_at <= :to"
                            + " and (until_at is null or until_at > :from)",
                        String.class)
                    .setParameter("area", areaId)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .getResultList())
        .map(
            levels ->
                levels.stream()
                    .map(WeatherAlert.Level::valueOf)
                    .max(Comparator.naturalOrder())
                    .orElse(WeatherAlert.Level.NONE));
  }
}
