package org.shanpai.geo.position.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.shanpai.chassis.City;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.RiderPosition;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.geo.position.Fix;
import org.shanpai.geo.position.LastKnown;
import org.shanpai.geo.position.PositionSettings;
import org.shanpai.messaging.Envelopes;
import org.shanpai.messaging.Event;

/**
 * Tells Kafka where riders are: of each rider who moved one position a round, of so many riders a
 * round, best effort. A lost one is replaced by the next, so there is no outbox, no retry, and no
 * waiting for a broker that is away.
 */
@ApplicationScoped
public class PositionSampler {

  private static final Logger LOG = Logger.getLogger(PositionSampler.class);

  private final LastKnown known;
  private final PositionSettings settings;
  private final City city;
  private final CityClock cityClock;
  private final WallClock wall;
  private final String bootstrap;
  private final Counter sent;
  private final Counter lost;
  private KafkaProducer<String, String> producer;
  private boolean away;

  public PositionSampler(
      LastKnown known,
      PositionSettings settings,
      City city,
      CityClock cityClock,
      WallClock wall,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrap,
      MeterRegistry metrics) {
    this.known = known;
    this.settings = settings;
    this.city = city;
    this.cityClock = cityClock;
    this.wall = wall;
    this.bootstrap = bootstrap;
    this.sent = metrics.counter("shanpai.geo.samples", "outcome", "SENT");
    this.lost = metrics.counter("shanpai.geo.samples", "outcome", "LOST");
  }

  /** One round; on a worker thread, because an unknown broker blocks the producer for a moment. */
  @Scheduled(
      every = "{shanpai.geo.positions.sample-every}",
      delayed = "{shanpai.geo.positions.sample-every}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void sample() {
    List<Fix> moved = known.drainUnsampled(settings.sampleMost());
    for (int i = 0; i < moved.size(); i++) {
      try {
        send(moved.get(i));
        away = false;
      } catch (RuntimeException e) {
        lost.increment(moved.size() - i);
        if (!away) {
          away = true;
          LOG.warnf("Positions do not reach Kafka for now: %s", e.getMessage());
        }
        return;
      }
    }
  }

  private void send(Fix fix) {
    RiderPosition position =
        new RiderPosition(
            RiderId.of(fix.riderId()),
            city.id(),
            fix.place(),
            Instant.ofEpochMilli(fix.at()),
            fix.trust(),
            fix.batteryPercent());
    Event<RiderPosition> event =
        new Event<>(
            UUID.randomUUID(),
            EventType.RIDER_POSITION,
            city.id(),
            fix.riderId(),
            0,
            cityClock.now(),
            wall.now(),
            null,
            null,
            position);
    producer()
        .send(
            new ProducerRecord<>(
                EventType.RIDER_POSITION.topic().text(), fix.riderId(), Envelopes.write(event)),
            (written, failure) -> (failure == null ? sent : lost).increment());
  }

  private synchronized KafkaProducer<String, String> producer() {
    if (producer == null) {
      producer =
          new KafkaProducer<>(
              Map.of(
                  ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                  ProducerConfig.ACKS_CONFIG, "1",
                  ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false,
                  ProducerConfig.RETRIES_CONFIG, 0,
                  ProducerConfig.LINGER_MS_CONFIG, 10,
                  ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * 1024 * 1024,
                  ProducerConfig.MAX_BLOCK_MS_CONFIG, 500,
                  ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
                  ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 3_000,
                  ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000),
              new StringSerializer(),
              new StringSerializer());
    }
    return producer;
  }

  synchronized void stop(@Observes ShutdownEvent stop) {
    if (producer != null) {
      producer.close(Duration.ofSeconds(1));
    }
  }
}
