package org.shanpai.rider.feedback.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.OrderFeedback;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.rider.feedback.CustomerWords;

/** What customers say of deliveries. */
@ApplicationScoped
class CustomerVoices implements EventHandler<OrderFeedback> {

  private final CustomerWords words;

  CustomerVoices(CustomerWords words) {
    this.words = words;
  }

  @Override
  public EventType<OrderFeedback> type() {
    return EventType.ORDER_FEEDBACK;
  }

  @Override
  public Uni<Void> on(Event<OrderFeedback> event) {
    return words.heard(event.data());
  }
}
