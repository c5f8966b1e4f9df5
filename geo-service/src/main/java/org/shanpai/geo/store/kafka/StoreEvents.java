package org.shanpai.geo.store.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.geo.position.PingCheck;
import org.shanpai.geo.revision.Revisions;
import org.shanpai.geo.store.postgres.StoreTable;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.PoisonException;

/** Takes in what order-service tells of its stores. */
@ApplicationScoped
public class StoreEvents implements EventHandler<StoreState> {

  private final StoreTable table;
  private final Revisions revisions;
  private final City city;

  public StoreEvents(StoreTable table, Revisions revisions, City city) {
    this.table = table;
    this.revisions = revisions;
    this.city = city;
  }

  @Override
  public EventType<StoreState> type() {
    return EventType.STORE_STATE;
  }

  @Override
  public Uni<Void> on(Event<StoreState> event) {
    StoreState store = event.data();
    if (store.storeId() == null || store.place() == null || store.cityId() == null) {
      throw new PoisonException("a store needs storeId, cityId and place");
    }
    if (Math.abs(store.place().lat()) > PingCheck.HIGHEST_LATITUDE) {
      throw new PoisonException("store " + store.storeId() + " lies at the pole");
    }
    if (!store.cityId().equals(city.id())) {
      return Uni.createFrom().voidItem();
    }
    return table.put(store).chain(() -> revisions.raise(Revisions.Kind.STORE));
  }
}
