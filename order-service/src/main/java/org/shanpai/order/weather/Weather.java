package org.shanpai.order.weather;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.order.store.Store;

/** The weather of the city's areas, in the transaction of the caller. */
public interface Weather {

  /** Fair weather when nothing was heard of the area. */
  Uni<AreaWeather> at(AreaId areaId);

  /** A store and the weather over it. */
  record Over(Store store, AreaWeather sky) {}

  /** Both in one look; empty when there is no such store. */
  Uni<Optional<Over>> over(StoreId storeId);

  /** Remembers an alert unless a newer one is known. */
  Uni<Void> follow(WeatherAlert alert);
}
