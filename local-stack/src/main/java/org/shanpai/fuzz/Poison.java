package org.shanpai.fuzz;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Messages that nobody can take, so that the endpoints for parked ones have some. */
final class Poison {

  private static final List<String> TOPICS =
      List.of("shanpai.job", "shanpai.order", "shanpai.weather", "shanpai.store", "shanpai.rider");
  private static final int OF_EACH = 12;

  private Poison() {}

  static void into(String brokers) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers, "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      for (String topic : TOPICS) {
        for (int i = 0; i < OF_EACH; i++) {
          String key = topic + "-poison-" + i;
          producer.send(new ProducerRecord<>(topic, key, "{\"id\": \"no envelope " + i + "\"}"));
        }
      }
      producer.flush();
    }
  }
}
