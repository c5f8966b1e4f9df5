package org.shanpai.servers;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Real Kafka, PostgreSQL and Redis for the Quarkus tests of one service.
 *
 * <p>The servers are started once for each JVM and shared by all its tests and profiles. Arguments:
 *
 * <ul>
 *   <li>{@code service}, needed: names the database and the role, for example {@code
 *       order-service}; with - as _.
 *   <li>{@code topics}, optional: further topics, {@code
 *       name=partitions,compact;name=partitions,hours}.
 * </ul>
 *
 * <p>Topics are those of every {@code META-INF/shanpai-topics.properties} on the class path, one
 * line {@code name=partitions,compact} or {@code name=partitions,hours} each, and those of the
 * argument. The configuration it gives to the application: addresses, user and password of the
 * three servers, and {@code shanpai.keys.dir}.
 *
 * <p>The static methods work in every class loader of the test run.
 */
public final class ServersTestResource implements QuarkusTestResourceLifecycleManager {
  private static final String TOPICS = "META-INF/shanpai-topics.properties";

  /**
   * These print a page for each client they make. Kept here because a logger nobody holds forgets
   * its level.
   */
  private static final List<Logger> TALKERS =
      Stream.of("config.AbstractConfig", "utils.AppInfoParser", "metrics.Metrics")
          .map(name -> Logger.getLogger("org.apache.kafka.common." + name))
          .toList();

  private String service;
  private String furtherTopics = "";

  @Override
  public void init(Map<String, String> arguments) {
    service = arguments.get("service");
    furtherTopics = arguments.getOrDefault("topics", "");
    if (service == null) {
      throw new IllegalArgumentException(
          "ServersTestResource needs the argument \"service\": @ResourceArg(name = \"service\", value = \"order-service\")");
    }
  }

  @Override
  public Map<String, String> start() {
    TALKERS.forEach(logger -> logger.setLevel(Level.WARNING));
    TestServers shared = TestServers.shared();
    RunningServers servers = shared.servers();
    String database = TestServers.databaseOf(service);
    servers.postgres().createDatabase(database, database, shared.password());
    servers.topics(topics());
    Map<String, String> config = new HashMap<>();
    config.put("quarkus.datasource.reactive.url", servers.postgres().reactiveUrl(database));
    config.put("quarkus.datasource.jdbc.url", servers.postgres().jdbcUrl(database));
    config.put("quarkus.datasource.username", database);
    config.put("quarkus.datasource.password", shared.password());
    config.put("kafka.bootstrap.servers", servers.kafka().bootstrap());
    config.put("quarkus.redis.hosts", servers.redis().url());
    config.put("shanpai.keys.dir", shared.keys().toString());
    return config;
  }

  /** The servers stay: the next profile or test class needs them, and they end with the JVM. */
  @Override
  public void stop() {}

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        TestServers.shared().servers(),
        new TestInjector.AnnotatedAndMatchesType(InjectServers.class, RunningServers.class));
  }

  public static KafkaServer kafka() {
    return TestServers.shared().servers().kafka();
  }

  public static PostgresServer postgres() {
    return TestServers.shared().servers().postgres();
  }

  public static RedisServer redis() {
    return TestServers.shared().servers().redis();
  }

  private List<TopicSpec> topics() {
    List<TopicSpec> specs = new ArrayList<>();
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      for (URL url : Collections.list(loader.getResources(TOPICS))) {
        Properties lines = new Properties();
        try (InputStream in = url.openStream()) {
          lines.load(in);
        }
        lines.stringPropertyNames().stream()
            .sorted()
            .map(name -> TopicSpec.parse(name, lines.getProperty(name)))
            .filter(spec -> specs.stream().noneMatch(known -> known.name().equals(spec.name())))
            .forEach(specs::add);
      }
    } catch (IOException e) {
      throw new ServerFailed("Cannot read " + TOPICS + ": " + e, e);
    }
    for (String line : furtherTopics.split(";")) {
      if (!line.isBlank()) {
        String[] parts = line.split("=", 2);
        specs.add(TopicSpec.parse(parts[0].trim(), parts.length == 2 ? parts[1] : ""));
      }
    }
    return specs;
  }
}
