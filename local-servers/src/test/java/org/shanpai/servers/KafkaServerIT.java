package org.shanpai.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerIT {
  @TempDir static Path folder;
  static KafkaServer kafka;

  @BeforeAll
  static void start() {
    kafka = new KafkaServer(folder, FreePorts.one());
    Timing.of("Kafka, first start", kafka::start);
    Timing.memory("Kafka, idle", kafka);
  }

  @AfterAll
  static void stop() {
    Timing.of("Kafka, orderly stop", kafka::close);
    assertThat(kafka.alive()).isFalse();
  }

  @Test
  void acknowledgedRecordIsStillThereAfterSigkill() throws Exception {
    kafka.topics(List.of(TopicSpec.retained("orders", 6, Duration.ofHours(24))));
    send("orders", 3, "order-17");
    long before = kafka.pid();

    kafka.kill();
    assertThat(kafka.alive()).isFalse();
    assertThat(FreePorts.isFree(kafka.port())).isTrue();
    Timing.of("Kafka, start after SIGKILL", kafka::start);

    assertThat(kafka.pid()).isNotEqualTo(before);
    assertThat(read("orders", 3)).containsExactly("order-17");
    send("orders", 3, "order-18");
    assertThat(read("orders", 3)).containsExactly("order-17", "order-18");
  }

  @Test
  void offsetsOfAGroupAreStillThereAfterSigkill() throws Exception {
    kafka.topics(List.of(TopicSpec.retained("steps", 1, Duration.ofHours(24))));
    send("steps", 0, "first");
    send("steps", 0, "second");
    assertThat(readOneAndCommit("steps", "group-1")).isEqualTo("first");
    kafka.kill();
    kafka.start();
    assertThat(readOneAndCommit("steps", "group-1")).isEqualTo("second");
  }

  @Test
  void topicsAreMadeAsAskedAndTwiceIsNoError() throws Exception {
    List<TopicSpec> specs =
        List.of(
            TopicSpec.compacted("riders", 4), TopicSpec.retained("pings", 2, Duration.ofHours(3)));
    kafka.topics(specs);
    kafka.topics(specs);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      ConfigResource riders = new ConfigResource(ConfigResource.Type.TOPIC, "riders");
      ConfigResource pings = new ConfigResource(ConfigResource.Type.TOPIC, "pings");
      var configs = admin.describeConfigs(List.of(riders, pings)).all().get();
      assertThat(configs.get(riders).get("cleanup.policy").value()).isEqualTo("compact");
      assertThat(configs.get(pings).get("retention.ms").value()).isEqualTo("10800000");
      var topics = admin.describeTopics(List.of("riders", "pings")).allTopicNames().get();
      assertThat(topics.get("riders").partitions()).hasSize(4);
      assertThat(topics.get("pings").partitions()).hasSize(2);
    }
  }

  @Test
  void useDoesNotCreateATopic() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      assertThatThrownBy(() -> admin.describeTopics(Set.of("never-made")).allTopicNames().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void secondObjectOverTheSameFolderSpeaksOfTheSameProcess() {
    KafkaServer other = new KafkaServer(folder, kafka.port());
    assertThat(other.alive()).isTrue();
    assertThat(other.pid()).isEqualTo(kafka.pid());
    assertThatThrownBy(other::start)
        .isInstanceOf(ServerFailed.class)
        .hasMessageContaining("already runs as process " + kafka.pid());
  }

  @Test
  void brokerWritesItsLog() throws Exception {
    assertThat(Files.readString(kafka.log())).contains("Kafka Server started");
  }

  private static void send(String topic, int partition, String value) throws Exception {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrap(),
            "acks",
            "all",
            "compression.type",
            "lz4",
            "key.serializer",
            StringSerializer.class,
            "value.serializer",
            StringSerializer.class);
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(config)) {
      producer.send(new ProducerRecord<>(topic, partition, "key", value)).get(30, TimeUnit.SECONDS);
    }
  }

  private static List<String> read(String topic, int partition) {
    try (KafkaConsumer<String, String> consumer = consumer("reader")) {
      TopicPartition place = new TopicPartition(topic, partition);
      consumer.assign(List.of(place));
      consumer.seekToBeginning(List.of(place));
      long end = consumer.endOffsets(List.of(place)).get(place);
      List<String> values = new ArrayList<>();
      while (consumer.position(place) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }

  private static String readOneAndCommit(String topic, String group) {
    try (KafkaConsumer<String, String> consumer = consumer(group)) {
      TopicPartition place = new TopicPartition(topic, 0);
      consumer.assign(List.of(place));
      for (int polls = 0; polls < 100; polls++) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          consumer.commitSync();
          return record.value();
        }
      }
      throw new AssertionError("Nothing to read in 20 s");
    }
  }

  private static KafkaConsumer<String, String> consumer(String group) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            kafka.bootstrap(),
            "group.id",
            group,
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            "false",
            "max.poll.records",
            "1",
            "key.deserializer",
            StringDeserializer.class,
            "value.deserializer",
            StringDeserializer.class));
  }
}
