package org.shanpai.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Kafka, PostgreSQL and Redis side by side in one folder. Thread-safe. */
public final class RunningServers implements AutoCloseable {

  /** Ports 1–65535 of the three servers. */
  public record Ports(int kafka, int postgres, int redis) {

    /** Three ports that nobody listens on now. */
    public static Ports free() {
      List<Integer> ports = FreePorts.list(3);
      return new Ports(ports.get(0), ports.get(1), ports.get(2));
    }
  }

  private final Path folder;
  private final Lifetime lifetime;
  private final KafkaServer kafka;
  private final PostgresServer postgres;
  private final RedisServer redis;

  private RunningServers(Path folder, Ports ports, Lifetime lifetime) {
    this.folder = folder.toAbsolutePath().normalize();
    this.lifetime = lifetime;
    this.kafka = new KafkaServer(folder.resolve("kafka"), ports.kafka(), lifetime);
    this.postgres = new PostgresServer(folder.resolve("postgres"), ports.postgres(), lifetime);
    this.redis = new RedisServer(folder.resolve("redis"), ports.redis(), lifetime);
  }

  /** The servers in this folder, whether they run or not; nothing is started. */
  public static RunningServers at(Path folder, Ports ports, Lifetime lifetime) {
    return new RunningServers(folder, ports, lifetime);
  }

  /** As {@link #start(Path, Ports, Lifetime)}, for no longer than this JVM. */
  public static RunningServers start(Path folder, Ports ports) {
    return start(folder, ports, Lifetime.WITH_JVM);
  }

  /**
   * Starts all three at once and returns when all answer. If one fails, none is left running.
   *
   * @throws PortTaken if another program listens on one of the ports
   * @throws ServerFailed if one of them cannot be started
   */
  public static RunningServers start(Path folder, Ports ports, Lifetime lifetime) {
    RunningServers servers = at(folder, ports, lifetime);
    List<ServerProcess> begun = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<CompletableFuture<Void>> starts = new ArrayList<>();
      for (ServerProcess server : List.of(servers.kafka, servers.postgres, servers.redis)) {
        if (!server.alive()) {
          begun.add(server);
        }
        starts.add(CompletableFuture.runAsync(server::start, threads));
      }
      RuntimeException first = null;
      for (CompletableFuture<Void> start : starts) {
        try {
          start.join();
        } catch (CompletionException e) {
          RuntimeException cause = e.getCause() instanceof RuntimeException r ? r : e;
          first = first == null ? cause : first;
        }
      }
      if (first != null) {
        begun.forEach(ServerProcess::kill);
        throw first;
      }
      return servers;
    } finally {
      threads.shutdown();
    }
  }

  public KafkaServer kafka() {
    return kafka;
  }

  public PostgresServer postgres() {
    return postgres;
  }

  public RedisServer redis() {
    return redis;
  }

  /** All three. */
  public List<LocalServer> all() {
    return List.of(kafka, postgres, redis);
  }

  public Lifetime lifetime() {
    return lifetime;
  }

  public Path folder() {
    return folder;
  }

  /** Creates the topics that are missing. */
  public void topics(List<TopicSpec> specs) {
    kafka.topics(specs);
  }

  /** Stops all three in an orderly way, at once. */
  @Override
  public void close() {
    List<CompletableFuture<Void>> stops =
        all().stream().map(server -> CompletableFuture.runAsync(server::close)).toList();
    stops.forEach(CompletableFuture::join);
  }

  /** SIGKILL to all three. */
  public void kill() {
    all().forEach(LocalServer::kill);
  }
}
