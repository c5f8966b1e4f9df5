package org.shanpai.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class ServersTestResourceIT {

  private static Map<String, String> start(String service) {
    ServersTestResource resource = new ServersTestResource();
    resource.init(Map.of("service", service, "topics", "of-the-argument=2,compact"));
    return resource.start();
  }

  @Test
  void twoServicesShareTheServersButNotTheDatabase() throws Exception {
    Map<String, String> order = start("order-service");
    Set<Long> before = ServersTestResource.postgres().pids();
    long broker = ServersTestResource.kafka().pid();
    Map<String, String> rider = start("rider-service");

    assertThat(ServersTestResource.kafka().pid()).isEqualTo(broker);
    assertThat(ServersTestResource.postgres().pids()).containsAnyElementsOf(before);
    assertThat(rider.get("kafka.bootstrap.servers"))
        .isEqualTo(order.get("kafka.bootstrap.servers"));
    assertThat(order.get("quarkus.datasource.username")).isEqualTo("order_service");
    assertThat(rider.get("quarkus.datasource.reactive.url")).endsWith("/rider_service");
    String password = order.get("quarkus.datasource.password");
    try (Connection own =
        ServersTestResource.postgres().connect("order_service", "order_service", password)) {
      assertThat(own.isValid(2)).isTrue();
    }
    assertThatThrownBy(
            () ->
                ServersTestResource.postgres().connect("rider_service", "order_service", password))
        .hasMessageContaining("permission denied for database");
  }

  @Test
  void topicsOfTheFileAndOfTheArgumentExist() throws Exception {
    Map<String, String> config = start("geo-service");
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", config.get("kafka.bootstrap.servers")))) {
      var topics =
          admin.describeTopics(Set.of("of-the-file", "of-the-argument")).allTopicNames().get();
      assertThat(topics.get("of-the-file").partitions()).hasSize(3);
      assertThat(topics.get("of-the-argument").partitions()).hasSize(2);
    }
    assertThat(Files.isDirectory(Path.of(config.get("shanpai.keys.dir")))).isTrue();
    assertThat(config.get("quarkus.redis.hosts")).isEqualTo(ServersTestResource.redis().url());
  }

  @Test
  void missingServiceIsSaidByName() {
    assertThatThrownBy(() -> new ServersTestResource().init(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"service\"");
  }
}
