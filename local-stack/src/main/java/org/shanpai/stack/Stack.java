package org.shanpai.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.servers.JavaProgram;
import org.shanpai.servers.Lifetime;
import org.shanpai.servers.LocalServer;
import org.shanpai.servers.RunningServers;
import org.shanpai.servers.ServerFailed;
import org.shanpai.servers.TopicSpec;

/**
 * Kafka, PostgreSQL, Redis and our programs on this machine, over one data folder.
 *
 * <p>Every process is a server that can be killed and started again on its own. Thread-safe.
 */
public final class Stack implements AutoCloseable {

  private static final String HEALTH = "/q/health/ready";

  private final DataFolder data;
  private final StackPorts ports;
  private final RunningServers servers;
  private final Map<Program, JavaProgram> programs = new EnumMap<>(Program.class);

  private Stack(
      Path home,
      DataFolder data,
      StackPorts ports,
      Lifetime lifetime,
      Map<Program, List<String>> jvmOptions,
      Map<String, String> environment) {
    this.data = data;
    this.ports = ports;
    this.servers =
        RunningServers.at(
            data.root(),
            new RunningServers.Ports(ports.kafka(), ports.postgres(), ports.redis()),
            lifetime);
    for (Program program : Program.values()) {
      programs.put(
          program,
          new JavaProgram(
              program.text(),
              data.program(program),
              ports.of(program),
              lifetime,
              program.jar(home),
              jvmOptions.getOrDefault(program, program.jvmOptions()),
              environment(program, environment),
              HEALTH,
              program.portOption()));
    }
  }

  private static Stack at(Path home, DataFolder data, StackPorts ports) {
    return new Stack(home, data, ports, Lifetime.OUTLIVES_JVM, Map.of(), Map.of());
  }

  /**
   * The stack that was last started over this folder, whether it runs or not; empty without one.
   */
  public static Optional<Stack> find(Path home, Path folder) {
    return DataFolder.find(folder)
        .flatMap(
            data ->
                data.kept("running", DataFolder.Running.class)
                    .map(running -> at(home, data, running.ports())));
  }

  /**
   * A stack over this folder; {@link #start} starts it.
   *
   * @param home of the project, below which the programs were built
   * @param anchor of the city clock, handed to every program
   * @param more environment variables for every program
   */
  public static Stack of(
      Path home,
      DataFolder data,
      StackPorts ports,
      Lifetime lifetime,
      CityClock.Anchor anchor,
      Map<String, String> more) {
    return of(home, data, ports, lifetime, anchor, more, Map.of());
  }

  /**
   * As the other, where some programs have JVM options of their own.
   *
   * @param jvmOptions in place of the small ones with which everything fits on one machine
   */
  public static Stack of(
      Path home,
      DataFolder data,
      StackPorts ports,
      Lifetime lifetime,
      CityClock.Anchor anchor,
      Map<String, String> more,
      Map<Program, List<String>> jvmOptions) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("SHANPAI_MODE", "local");
    environment.put("SHANPAI_CITY_CLOCK_ANCHOR", anchor.text());
    environment.put("SHANPAI_KEYS_DIR", data.keys().toString());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.kafka());
    environment.put("QUARKUS_REDIS_HOSTS", "redis://127.0.0.1:" + ports.redis());
    environment.put("SHANPAI_CONTROL_ROOM_URL", ports.url(Program.CONTROL_ROOM));
    environment.put("SHANPAI_ORDER_URL", ports.url(Program.ORDER));
    environment.put("SHANPAI_DISPATCH_URL", ports.url(Program.DISPATCH));
    environment.put("SHANPAI_RIDER_URL", ports.url(Program.RIDER));
    environment.put("SHANPAI_GEO_URL", ports.url(Program.GEO));
    // glibc keeps an arena for each thread; two are enough and save a third of the memory.
    environment.put("MALLOC_ARENA_MAX", "2");
    environment.putAll(more);
    return new Stack(home, data, ports, lifetime, jvmOptions, environment);
  }

  private Map<String, String> environment(Program program, Map<String, String> shared) {
    Map<String, String> own = new LinkedHashMap<>(shared);
    own.put("QUARKUS_HTTP_PORT", Integer.toString(ports.of(program)));
    own.put("QUARKUS_DATASOURCE_REACTIVE_URL", servers.postgres().reactiveUrl(program.database()));
    own.put("QUARKUS_DATASOURCE_JDBC_URL", servers.postgres().jdbcUrl(program.database()));
    own.put("QUARKUS_DATASOURCE_USERNAME", program.database());
    own.put("QUARKUS_DATASOURCE_PASSWORD", password(program));
    if (program == Program.CONTROL_ROOM) {
      own.put("SHANPAI_FIRST_OPERATOR_CODE", firstOperatorCode());
    }
    return own;
  }

  private String password(Program program) {
    return data.secret("database." + program.database());
  }

  /** A connection to a program's database, as the program's own role. */
  public Connection connect(Program program) throws SQLException {
    return servers.postgres().connect(program.database(), program.database(), password(program));
  }

  /** The brokers, for whoever speaks to Kafka directly. */
  public String kafka() {
    return servers.kafka().bootstrap();
  }

  /** The one-time code with which the first operator is made. */
  public String firstOperatorCode() {
    return data.secret("first-operator-code");
  }

  /** As {@link #start(Set, Consumer)}, with every program. */
  public void start(Consumer<String> said) {
    start(EnumSet.allOf(Program.class), said);
  }

  /**
   * Starts the servers and these programs, and returns when every one says that it is ready. If one
   * fails, none is left running.
   *
   * @param wanted the programs that can do without the others just now
   * @param said is told of each thing that is ready
   */
  public void start(Set<Program> wanted, Consumer<String> said) {
    data.keep("running", DataFolder.Running.of(ports));
    try {
      RunningServers.start(
          data.root(),
          new RunningServers.Ports(ports.kafka(), ports.postgres(), ports.redis()),
          servers.lifetime());
      data.linkLog("kafka", servers.kafka().log());
      data.linkLog("postgres", servers.postgres().log());
      data.linkLog("redis", servers.redis().log());
      servers.topics(topics());
      for (Program program : Program.values()) {
        servers
            .postgres()
            .createDatabase(program.database(), program.database(), password(program));
      }
      said.accept("Kafka, PostgreSQL and Redis are ready.");
      inParallel(
          wanted.stream().map(programs::get).toList(),
          program -> {
            data.linkLog(program.name(), program.log());
            start(program);
            said.accept("%s is ready at %s".formatted(program.name(), program.url()));
          });
    } catch (RuntimeException e) {
      kill();
      throw e;
    }
  }

  private static void start(JavaProgram program) {
    try {
      program.start();
    } catch (ServerFailed failed) {
      throw new CannotRun(
          "%s did not start; its last lines, from %s:%n%s"
              .formatted(program.name(), program.log(), lastLines(program.log())),
          failed);
    }
  }

  private static List<TopicSpec> topics() {
    Properties listed = new Properties();
    try (InputStream in = Stack.class.getResourceAsStream("/META-INF/shanpai-topics.properties")) {
      listed.load(in);
    } catch (IOException e) {
      throw new CannotRun("The list of topics is missing from the contracts; build again.", e);
    }
    return listed.stringPropertyNames().stream()
        .sorted()
        .map(name -> TopicSpec.parse(name, listed.getProperty(name)))
        .toList();
  }

  /** Every server by name: the programs, then what they stand on. */
  public Map<String, LocalServer> all() {
    Map<String, LocalServer> all = new LinkedHashMap<>();
    programs.forEach((program, server) -> all.put(program.text(), server));
    all.put("postgres", servers.postgres());
    all.put("kafka", servers.kafka());
    all.put("redis", servers.redis());
    return all;
  }

  /** Where a server writes its log. */
  public Path log(String name) {
    return data.logs().resolve(name + ".log");
  }

  /** The end of a log, for people. */
  public static String lastLines(Path log) {
    return LastWords.of(log);
  }

  /** Ids of all processes of the stack. */
  public Set<Long> pids() {
    Set<Long> pids = new LinkedHashSet<>();
    all().values().forEach(server -> pids.addAll(server.pids()));
    return pids;
  }

  /** Whether any of its processes runs. */
  public boolean alive() {
    return all().values().stream().anyMatch(LocalServer::alive);
  }

  public StackPorts ports() {
    return ports;
  }

  /** SIGKILL to everything. */
  public void kill() {
    all().values().forEach(LocalServer::kill);
  }

  /** Stops the programs, then what they stand on, each in an orderly way. */
  @Override
  public void close() {
    inParallel(List.copyOf(programs.values()), LocalServer::close);
    servers.close();
  }

  /** Does it for all at once; the first failure is thrown when all have ended. */
  private static <T> void inParallel(List<T> all, Consumer<T> work) {
    List<CompletableFuture<Void>> begun = new ArrayList<>();
    for (T one : all) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      begun.add(done);
      Thread thread =
          new Thread(
              () -> {
                try {
                  work.accept(one);
                  done.complete(null);
                } catch (RuntimeException e) {
                  done.completeExceptionally(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
    }
    RuntimeException first = null;
    for (CompletableFuture<Void> one : begun) {
      try {
        one.join();
      } catch (CompletionException e) {
        RuntimeException cause = e.getCause() instanceof RuntimeException r ? r : e;
        first = first == null ? cause : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
