package org.shanpai.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A server's life as a process: started, ready, stopped, killed. What it is and how it is asked is
 * the subclass's.
 */
abstract class ServerProcess implements LocalServer {
  static final String LOOPBACK = "127.0.0.1";
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration GONE = Duration.ofSeconds(10);

  private final String name;
  private final Path folder;
  private final int port;
  private final Lifetime lifetime;

  ServerProcess(String name, Path folder, int port, Lifetime lifetime) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be within 1–65535, was " + port);
    }
    this.name = name;
    this.folder = folder.toAbsolutePath().normalize();
    this.port = port;
    this.lifetime = lifetime;
  }

  /**
   * Prepares the folder if need be and returns the command that runs the server in the foreground.
   */
  abstract List<String> prepare() throws IOException;

  /** Commands to put before the server's own. */
  List<String> before() {
    return List.of();
  }

  /** Variables that the server gets besides this JVM's own. */
  Map<String, String> environment() {
    return Map.of();
  }

  /** Asks the server something real; only called once its port is open. */
  abstract boolean answers();

  /** How the user chooses another port. */
  String portOption() {
    return "--port-" + name.toLowerCase(Locale.ROOT);
  }

  /** Name of the signal for an orderly stop, without SIG. */
  String stopSignal() {
    return "TERM";
  }

  /** Signal that the server gets when the JVM that started it dies. */
  String signalOnDeath() {
    return "KILL";
  }

  Duration startPatience() {
    return Duration.ofSeconds(90);
  }

  Duration stopPatience() {
    return Duration.ofSeconds(20);
  }

  public final String name() {
    return name;
  }

  public final Path folder() {
    return folder;
  }

  public final int port() {
    return port;
  }

  /** The server's own log, standard output and error. */
  public final Path log() {
    return folder.resolve(name.toLowerCase(Locale.ROOT) + ".log");
  }

  @Override
  public final synchronized void start() {
    Optional<Long> running = findPid();
    if (running.isPresent()) {
      throw new ServerFailed(
          "%s already runs as process %d in %s; stop it first."
              .formatted(name, running.get(), folder));
    }
    FreePorts.requireFree(port, portOption());
    try {
      Files.createDirectories(folder);
      List<String> command = prepare();
      Process process =
          Launcher.start(before(), command, environment(), lifetime, signalOnDeath(), log());
      rememberPid(process.pid());
      if (lifetime == Lifetime.WITH_JVM && Launcher.findProgram("setpriv").isEmpty()) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
      }
      awaitReady(process);
    } catch (IOException e) {
      throw new ServerFailed(name + " could not be started in " + folder + ": " + e, e);
    }
  }

  private void awaitReady(Process process) {
    long deadline = System.nanoTime() + startPatience().toNanos();
    while (true) {
      if (!process.isAlive()) {
        throw new ServerFailed(
            "%s ended with exit code %d instead of starting; see %s%n%s"
                .formatted(name, process.exitValue(), log(), lastWords()));
      }
      if (portOpen() && answers()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        kill();
        throw new ServerFailed(
            "%s did not answer on port %d within %d s; see %s%n%s"
                .formatted(name, port, startPatience().toSeconds(), log(), lastWords()));
      }
      pause();
    }
  }

  @Override
  public final void kill() {
    findPid().ifPresent(pid -> killTree(ProcessTable.tree(pid)));
  }

  private void killTree(Set<Long> tree) {
    // The first process goes first, so that it cannot replace the children that are killed after
    // it.
    for (long pid : tree) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
    awaitGone(tree, GONE);
    Set<Long> left = stillAlive(tree);
    if (!left.isEmpty()) {
      throw new ServerFailed(name + " survived SIGKILL as processes " + left);
    }
  }

  @Override
  public final synchronized void close() {
    Optional<Long> pid = findPid();
    if (pid.isEmpty()) {
      return;
    }
    Set<Long> tree = ProcessTable.tree(pid.get());
    try {
      // The shell's own kill: a bare system need not have the program of that name.
      Launcher.run(List.of("/bin/sh", "-c", "kill -" + stopSignal() + " " + pid.get()));
    } catch (ServerFailed ended) {
      if (ProcessTable.alive(pid.get())) {
        throw ended;
      }
    }
    awaitGone(tree, stopPatience());
    killTree(stillAlive(tree));
  }

  private static void awaitGone(Set<Long> tree, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!stillAlive(tree).isEmpty() && System.nanoTime() < deadline) {
      pause();
    }
  }

  private static Set<Long> stillAlive(Set<Long> tree) {
    Set<Long> left = new LinkedHashSet<>(tree);
    left.removeIf(pid -> !ProcessTable.alive(pid));
    return left;
  }

  @Override
  public final boolean alive() {
    return findPid().isPresent();
  }

  @Override
  public final long pid() {
    return findPid().orElseThrow(() -> new IllegalStateException(name + " does not run"));
  }

  @Override
  public final Set<Long> pids() {
    return findPid().map(ProcessTable::tree).orElseGet(Set::of);
  }

  @Override
  public final String describe() {
    return "%s on %s:%d (%s, log %s)"
        .formatted(
            name,
            LOOPBACK,
            port,
            findPid().map(pid -> "process " + pid).orElse("not running"),
            log());
  }

  @Override
  public final String toString() {
    return describe();
  }

  private Path pidFile() {
    return folder.resolve("server.pid");
  }

  private void rememberPid(long pid) throws IOException {
    Optional<String> started = ProcessTable.startedAt(pid);
    if (started.isEmpty()) {
      Files.deleteIfExists(pidFile());
      return;
    }
    Path fresh = folder.resolve("server.pid.new");
    Files.writeString(fresh, pid + " " + started.get());
    Files.move(
        fresh, pidFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Optional<Long> findPid() {
    try {
      String[] parts = Files.readString(pidFile()).trim().split(" ");
      long pid = Long.parseLong(parts[0]);
      // The start time tells a server from a stranger that was given the same id later.
      return ProcessTable.startedAt(pid).filter(parts[1]::equals).map(same -> pid);
    } catch (IOException neverStarted) {
      return Optional.empty();
    }
  }

  private boolean portOpen() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port), 500);
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** Writes a file that only its owner may read. */
  static void writeSecret(Path file, String secret) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, secret, StandardOpenOption.WRITE);
  }

  static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailed("Interrupted while waiting for a server", e);
    }
  }
}
