package org.shanpai.rider.carried.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.PoisonException;
import org.shanpai.rider.carried.CarriedOrder;
import org.shanpai.rider.carried.CarriedOrders;

/** Every delivered job counts as an order carried. */
@ApplicationScoped
class CarriedJobs implements EventHandler<JobState> {

  private final CarriedOrders orders;
  private final City city;

  CarriedJobs(CarriedOrders orders, City city) {
    this.orders = orders;
    this.city = city;
  }

  @Override
  public EventType<JobState> type() {
    return EventType.JOB_STATE;
  }

  @Override
  public Uni<Void> on(Event<JobState> event) {
    if (event.data().status() != JobStatus.DELIVERED) {
      return Uni.createFrom().voidItem();
    }
    try {
      return orders.add(CarriedOrder.of(event.data(), city));
    } catch (IllegalArgumentException incomplete) {
      throw new PoisonException(incomplete.getMessage(), incomplete);
    }
  }
}
