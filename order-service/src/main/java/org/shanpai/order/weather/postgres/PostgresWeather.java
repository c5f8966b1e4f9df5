package org.shanpai.order.weather.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Tx;
import org.shanpai.order.weather.AreaWeather;
import org.shanpai.order.weather.Weather;

/** {@link Weather} in PostgreSQL. */
@ApplicationScoped
class PostgresWeather implements Weather {

  private final Tx tx;

  PostgresWeather(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<AreaWeather> at(AreaId areaId) {
    return tx.session()
        .chain(session -> session.find(AreaWeather.class, areaId.value()))
        .map(known -> known == null ? new AreaWeather(areaId) : known);
  }

  @Override
  public Uni<Void> follow(WeatherAlert alert) {
    return tx.session()
        .chain(
            session ->
                session
                    .find(AreaWeather.class, alert.areaId().value(), LockModeType.PESSIMISTIC_WRITE)
                    .chain(
                        known -> {
                          AreaWeather weather =
                              known == null ? new AreaWeather(alert.areaId()) : known;
                          weather.follow(alert);
                          return known == null
                              ? session.persist(weather)
                              : Uni.createFrom().voidItem();
                        }));
  }
}
