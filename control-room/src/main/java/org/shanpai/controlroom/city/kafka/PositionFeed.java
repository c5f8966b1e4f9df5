package org.shanpai.controlroom.city.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.shanpai.contracts.event.RiderPosition;
import org.shanpai.controlroom.city.CityPicture;
import org.shanpai.messaging.Envelopes;
import org.shanpai.messaging.PoisonException;

/**
 * Positions go straight into the picture and nowhere else: no inbox, no row. A lost one is replaced
 * by the next, so the feed starts at the newest and what cannot be read is counted and left.
 */
@ApplicationScoped
public class PositionFeed {

  private final CityPicture picture;
  private final Counter taken;
  private final Counter unreadable;

  public PositionFeed(CityPicture picture, MeterRegistry metrics) {
    this.picture = picture;
    this.taken = metrics.counter("shanpai.positions.taken");
    this.unreadable = metrics.counter("shanpai.positions.unreadable");
  }

  @Incoming("positions")
  void take(ConsumerRecords<String, String> batch) {
    for (ConsumerRecord<String, String> message : batch) {
      try {
        if (Envelopes.read(message.value()).data() instanceof RiderPosition reading) {
          picture.position(reading);
          taken.increment();
        }
      } catch (PoisonException poison) {
        unreadable.increment();
      }
    }
  }
}
