package org.shanpai.dispatch.area;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.AreaState;
import org.shanpai.contracts.event.EventType;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.Tx;

/** Takes areas from geo-service. */
@ApplicationScoped
class AreaIntake implements EventHandler<AreaState> {

  private final Areas areas;
  private final Alarm alarm;
  private final Tx tx;

  AreaIntake(Areas areas, Alarm alarm, Tx tx) {
    this.areas = areas;
    this.alarm = alarm;
    this.tx = tx;
  }

  @Override
  public EventType<AreaState> type() {
    return EventType.AREA_STATE;
  }

  @Override
  public Uni<Void> on(Event<AreaState> event) {
    tx.afterCommit(() -> alarm.raise(event.data().areaId().value()));
    return areas.put(event.data());
  }
}
