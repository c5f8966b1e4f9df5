package org.shanpai.dispatch.store;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.StoreLearned;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.PoisonException;

/** Takes what stores taught from geo-service. */
@ApplicationScoped
class LearnedStoreIntake implements EventHandler<StoreLearned> {

  private final LearnedStores stores;

  LearnedStoreIntake(LearnedStores stores) {
    this.stores = stores;
  }

  @Override
  public EventType<StoreLearned> type() {
    return EventType.STORE_LEARNED;
  }

  @Override
  public Uni<Void> on(Event<StoreLearned> event) {
    StoreLearned store = event.data();
    if (store.storeId() == null || store.pickup() == null || store.at() == null) {
      throw new PoisonException("store.learned.v1 needs storeId, pickup and at");
    }
    if (store.kitchenSeconds() < 0 || store.visits() < 0 || store.kitchens() < 0) {
      throw new PoisonException("store.learned.v1 with a negative number");
    }
    return stores.put(store);
  }
}
