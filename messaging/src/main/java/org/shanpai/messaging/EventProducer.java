package org.shanpai.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The one producer of a service: acks from all replicas, idempotent, gives up after 10 s. */
@ApplicationScoped
public class EventProducer {

  private final String bootstrap;
  private final MeterRegistry metrics;
  private KafkaProducer<String, String> producer;
  private KafkaClientMetrics binding;

  public EventProducer(
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrap, MeterRegistry metrics) {
    this.bootstrap = bootstrap;
    this.metrics = metrics;
  }

  /**
   * Sends one record; may block for up to 5 s while the brokers are unknown, so not on an event
   * loop.
   *
   * @param done told null after the brokers' acknowledgement, else the failure
   */
  public void send(ProducerRecord<String, String> message, Consumer<Exception> done) {
    try {
      producer().send(message, (written, failure) -> done.accept(failure));
    } catch (RuntimeException e) {
      done.accept(e);
    }
  }

  private synchronized KafkaProducer<String, String> producer() {
    if (producer == null) {
      producer =
          new KafkaProducer<>(
              Map.of(
                  ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                  ProducerConfig.ACKS_CONFIG, "all",
                  ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                  ProducerConfig.LINGER_MS_CONFIG, 0,
                  ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
                  ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000,
                  ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000,
                  ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000),
              new StringSerializer(),
              new StringSerializer());
      binding = new KafkaClientMetrics(producer);
      binding.bindTo(metrics);
    }
    return producer;
  }

  @PreDestroy
  synchronized void close() {
    if (producer != null) {
      binding.close();
      producer.close(Duration.ofSeconds(5));
    }
  }
}
