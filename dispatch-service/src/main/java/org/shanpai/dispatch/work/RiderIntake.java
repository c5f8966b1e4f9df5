package org.shanpai.dispatch.work;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.RiderState;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;

/** Takes riders from rider-service. Only a known, active rider can go online. */
@ApplicationScoped
class RiderIntake implements EventHandler<RiderState> {

  private final RiderWorks works;

  RiderIntake(RiderWorks works) {
    this.works = works;
  }

  @Override
  public EventType<RiderState> type() {
    return EventType.RIDER_STATE;
  }

  @Override
  public Uni<Void> on(Event<RiderState> event) {
    RiderState rider = event.data();
    return works
        .lock(rider.riderId().value())
        .chain(
            work -> {
              if (work == null) {
                RiderWork fresh = RiderWork.of(rider);
                return works.add(fresh).chain(() -> works.publish(fresh));
              }
              work.describe(rider);
              return works.publish(work);
            })
        .replaceWithVoid();
  }
}
