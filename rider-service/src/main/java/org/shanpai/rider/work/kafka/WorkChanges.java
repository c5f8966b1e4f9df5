package org.shanpai.rider.work.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.PoisonException;
import org.shanpai.rider.stream.RiderMessages;
import org.shanpai.rider.work.RiderWork;

/** Every change of a rider's work goes to the rider: jobs in hand, route, online or not. */
@ApplicationScoped
class WorkChanges implements EventHandler<RiderWorkState> {

  private final RiderWork work;
  private final RiderMessages messages;

  WorkChanges(RiderWork work, RiderMessages messages) {
    this.work = work;
    this.messages = messages;
  }

  @Override
  public EventType<RiderWorkState> type() {
    return EventType.RIDER_WORK_STATE;
  }

  @Override
  public Uni<Void> on(Event<RiderWorkState> event) {
    RiderWorkState state = event.data();
    if (state.riderId() == null) {
      throw new PoisonException("work without a rider");
    }
    String body = Json.write(state);
    return work.keep(state, body)
        .chain(() -> work.keepShift(state, event.occurredAt()))
        .chain(() -> messages.append(state.riderId().value(), "work", body));
  }
}
