package org.shanpai.order.weather.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Tx;
import org.shanpai.order.store.Store;
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
  public Uni<Optional<Over>> over(StoreId storeId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "select s, w from Store s left join AreaWeather w on w.areaId = s.areaId"
                            + " where s.storeId = :storeId",
                        Object[].class)
                    .setParameter("storeId", storeId.value())
                    .getSingleResultOrNull())
        .map(
            row ->
                Optional.ofNullable(row)
                    .map(
                        found -> {
                          Store store = (Store) found[0];
                          AreaWeather known = (AreaWeather) found[1];
                          return new Over(
                              store, known == null ? new AreaWeather(store.areaId()) : known);
                        }));
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
