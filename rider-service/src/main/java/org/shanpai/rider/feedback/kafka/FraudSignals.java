package org.shanpai.rider.feedback.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.FraudSignal;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.rider.feedback.CustomerWords;

/** Signals of fraud, for people to read beside complaints. */
@ApplicationScoped
class FraudSignals implements EventHandler<FraudSignal> {

  private final CustomerWords words;

  FraudSignals(CustomerWords words) {
    this.words = words;
  }

  @Override
  public EventType<FraudSignal> type() {
    return EventType.FRAUD_SIGNAL;
  }

  @Override
  public Uni<Void> on(Event<FraudSignal> event) {
    return words.noticed(event.data());
  }
}
