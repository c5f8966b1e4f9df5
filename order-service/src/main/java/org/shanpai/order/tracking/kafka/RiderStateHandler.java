package org.shanpai.order.tracking.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.RiderState;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.order.tracking.RiderRecords;

/** Learns what riders are called. */
@ApplicationScoped
class RiderStateHandler implements EventHandler<RiderState> {

  private final RiderRecords riders;

  RiderStateHandler(RiderRecords riders) {
    this.riders = riders;
  }

  @Override
  public EventType<RiderState> type() {
    return EventType.RIDER_STATE;
  }

  @Override
  public Uni<Void> on(Event<RiderState> event) {
    return riders.follow(event.data());
  }
}
