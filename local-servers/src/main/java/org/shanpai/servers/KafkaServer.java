package org.shanpai.servers;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/**
 * One Kafka broker that is its own controller (KRaft), in a JVM of its own with its own class path.
 *
 * <p>Topics are never created by use. One broker keeps one copy of everything: what it acknowledged
 * survives the process's death, not the disk's. Its heap is at most 384 MiB.
 */
public final class KafkaServer extends ServerProcess {

  /** Partitions of a topic that does not say otherwise. */
  public static final int DEFAULT_PARTITIONS = 6;

  private static final long ASK_SECONDS = 10;

  public KafkaServer(Path dataDir, int port) {
    this(dataDir, port, Lifetime.WITH_JVM);
  }

  public KafkaServer(Path dataDir, int port, Lifetime lifetime) {
    super("Kafka", dataDir, port, lifetime);
  }

  /** For {@code bootstrap.servers}: host and port. */
  public String bootstrap() {
    return LOOPBACK + ":" + port();
  }

  /**
   * Creates the topics that are missing; those that exist stay as they are.
   *
   * @throws ServerFailed if the broker refuses or does not answer
   */
  public void topics(List<TopicSpec> specs) {
    withAdmin(
        admin -> {
          Set<String> present = admin.listTopics().names().get(ASK_SECONDS, TimeUnit.SECONDS);
          List<NewTopic> missing =
              specs.stream()
                  .filter(spec -> !present.contains(spec.name()))
                  .map(
                      spec ->
                          new NewTopic(spec.name(), spec.partitions(), (short) 1)
                              .configs(spec.config()))
                  .toList();
          return admin.createTopics(missing).all().get(ASK_SECONDS * 3, TimeUnit.SECONDS);
        });
  }

  @Override
  List<String> prepare() throws IOException {
    Path properties = folder().resolve("server.properties");
    Files.writeString(properties, properties());
    String classPath = ServerBinaries.kafkaClassPath();
    // The tool writes this file last: without it, an earlier attempt did not finish.
    if (!Files.exists(data().resolve("meta.properties"))) {
      ServerBinaries.delete(data());
      List<String> format = new ArrayList<>(java(classPath, 64));
      format.addAll(
          List.of(
              "kafka.tools.StorageTool",
              "format",
              "-t",
              Uuid.randomUuid().toString(),
              "-c",
              properties.toString()));
      Launcher.run(format);
    }
    List<String> run = new ArrayList<>(java(classPath, 384));
    run.addAll(List.of("kafka.Kafka", properties.toString()));
    return run;
  }

  private static List<String> java(String classPath, int heapMiB) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xms32m",
        "-Xmx" + heapMiB + "m",
        "-Xshare:auto",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-Djava.awt.headless=true",
        "-Dorg.slf4j.simpleLogger.logFile=System.out",
        "-Dorg.slf4j.simpleLogger.showDateTime=true",
        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
        // One line for each partition at each step would bury what matters.
        quiet("state.change.logger"),
        quiet("kafka.cluster.Partition"),
        quiet("kafka.log.LogManager"),
        quiet("kafka.server.ReplicaFetcherManager"),
        quiet("org.apache.kafka.storage.internals.log.UnifiedLog"),
        quiet("org.apache.kafka.controller.ReplicationControlManager"),
        quiet("org.apache.kafka.controller.ConfigurationControlManager"),
        "-cp",
        classPath);
  }

  private static String quiet(String logger) {
    return "-Dorg.slf4j.simpleLogger.log." + logger + "=warn";
  }

  private Path data() {
    return folder().resolve("log");
  }

  private String properties() throws IOException {
    int controller = FreePorts.one();
    Properties p = new Properties();
    p.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@" + LOOPBACK + ":" + controller,
            "listeners",
                "CLIENTS://%1$s:%2$d,CONTROLLER://%1$s:%3$d"
                    .formatted(LOOPBACK, port(), controller),
            "advertised.listeners", "CLIENTS://" + bootstrap(),
            "inter.broker.listener.name", "CLIENTS",
            "controller.listener.names", "CONTROLLER",
            "listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs", data().toString(),
            "auto.create.topics.enable", "false"));
    p.putAll(
        Map.of(
            "num.partitions", Integer.toString(DEFAULT_PARTITIONS),
            "default.replication.factor", "1",
            "min.insync.replicas", "1",
            "offsets.topic.num.partitions", "4",
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.num.partitions", "4",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1"));
    // Small and quick: few threads, small buffers and indexes, no waiting for members that never
    // come.
    p.putAll(
        Map.of(
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "500",
            "group.initial.rebalance.delay.ms", "0",
            "num.network.threads", "2",
            "num.io.threads", "3",
            "background.threads", "2",
            "num.recovery.threads.per.data.dir", "1",
            "log.cleaner.dedupe.buffer.size", "4194304",
            "log.segment.bytes", "67108864",
            "log.index.size.max.bytes", "1048576"));
    StringWriter text = new StringWriter();
    p.store(text, "Written at every start");
    return text.toString();
  }

  @Override
  boolean answers() {
    return withAdmin(
        admin -> {
          try {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
          } catch (ExecutionException | TimeoutException notYet) {
            return false;
          }
        });
  }

  @Override
  Duration stopPatience() {
    return Duration.ofSeconds(15);
  }

  /** A question to the broker. */
  private interface Question<T> {
    T ask(Admin admin) throws ExecutionException, TimeoutException, InterruptedException;
  }

  private <T> T withAdmin(Question<T> question) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // The client looks its classes up in the thread's loader, which under Quarkus may be another
    // one.
    thread.setContextClassLoader(Admin.class.getClassLoader());
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap(),
                AdminClientConfig.CLIENT_ID_CONFIG,
                "local-servers",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                30_000))) {
      return question.ask(admin);
    } catch (ExecutionException | TimeoutException e) {
      throw new ServerFailed("Kafka on " + bootstrap() + " refused: " + e, e);
    } catch (InterruptedException e) {
      thread.interrupt();
      throw new ServerFailed("Interrupted while asking Kafka", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
