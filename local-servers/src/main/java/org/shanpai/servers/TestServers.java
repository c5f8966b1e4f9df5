package org.shanpai.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The three servers that all tests of one JVM share: started at the first call, gone with the JVM.
 *
 * <p>A Quarkus test run loads this class more than once. What is shared is therefore kept where all
 * class loaders look: in a system property, and in the servers' folders.
 */
public final class TestServers {
  private static final String PROPERTY = "org.shanpai.servers.test";

  /** Interned, hence the same object in every class loader. */
  private static final Object LOCK = (PROPERTY + ".lock").intern();

  private final RunningServers servers;
  private final String secret;

  private TestServers(RunningServers servers, String secret) {
    this.servers = servers;
    this.secret = secret;
  }

  /**
   * The shared servers; starts them if this is the first call in this JVM.
   *
   * @throws ServerFailed if one of them cannot be started
   */
  public static TestServers shared() {
    synchronized (LOCK) {
      String state = System.getProperty(PROPERTY);
      if (state == null) {
        state = start();
        System.setProperty(PROPERTY, state);
      }
      return attach(state);
    }
  }

  public RunningServers servers() {
    return servers;
  }

  /** Password of every service's role in this JVM. */
  public String password() {
    return secret;
  }

  /** Folder for the tests' signing keys. */
  public Path keys() {
    return servers.folder().resolve("keys");
  }

  /**
   * The database, and the role of the same name, of a service: {@code order_service} for {@code
   * order-service}.
   */
  public static String databaseOf(String service) {
    return service.replace('-', '_');
  }

  private static String start() {
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    try {
      Path target = Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();
      Path folder =
          Files.isDirectory(target)
              ? Files.createTempDirectory(
                  Files.createDirectories(target.resolve("local-servers")), "run-")
              : Files.createTempDirectory("shanpai-servers-");
      Files.createDirectories(folder.resolve("keys"));
      RunningServers.Ports ports = RunningServers.Ports.free();
      RunningServers servers;
      try {
        servers = RunningServers.start(folder, ports);
      } catch (PortTaken lostTheRace) {
        ports = RunningServers.Ports.free();
        servers = RunningServers.start(folder, ports);
      }
      RunningServers started = servers;
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> remove(started), "local-servers-removal"));
      return String.join(
          "\n",
          folder.toString(),
          Integer.toString(ports.kafka()),
          Integer.toString(ports.postgres()),
          Integer.toString(ports.redis()),
          HexFormat.of().formatHex(secret));
    } catch (IOException e) {
      throw new ServerFailed("No folder for the test servers: " + e, e);
    }
  }

  private static TestServers attach(String state) {
    List<String> parts = state.lines().toList();
    RunningServers.Ports ports =
        new RunningServers.Ports(
            Integer.parseInt(parts.get(1)),
            Integer.parseInt(parts.get(2)),
            Integer.parseInt(parts.get(3)));
    return new TestServers(
        RunningServers.at(Path.of(parts.get(0)), ports, Lifetime.WITH_JVM), parts.get(4));
  }

  /** Nothing is left but the servers' own logs, for whoever looks into a failed test. */
  private static void remove(RunningServers servers) {
    servers.kill();
    Set<Path> logs = Set.of(servers.kafka().log(), servers.postgres().log(), servers.redis().log());
    try (Stream<Path> files = Files.walk(servers.folder())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        boolean holdsLog = logs.stream().anyMatch(log -> log.startsWith(file));
        if (!holdsLog) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      System.err.println("Could not remove " + servers.folder() + ": " + e);
    }
  }
}
