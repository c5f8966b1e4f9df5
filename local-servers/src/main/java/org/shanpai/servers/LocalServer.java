package org.shanpai.servers;

import java.util.Set;

/**
 * One real server (Kafka, PostgreSQL, Redis) that runs as a child process on this machine, on the
 * loopback address only.
 *
 * <p>All state is kept in files of the server's data folder. Two objects over the same folder, even
 * in two class loaders or two JVMs, therefore speak of the same process: either may kill it and
 * either may start it again. Linux on x86-64 or ARM64 only. Thread-safe.
 */
public interface LocalServer extends AutoCloseable {

  /**
   * Starts the server on its folder and port and returns when it answers requests; the first start
   * also prepares the folder. After {@link #kill()} or {@link #close()} it comes back on the same
   * folder and port.
   *
   * @throws PortTaken if another program listens on the port
   * @throws ServerFailed if the server already runs, cannot be started or is not ready in time; the
   *     message names the log file
   */
  void start();

  /**
   * SIGKILL to the whole process tree, as a crash would; returns when no process of it is left.
   * Does nothing if dead.
   */
  void kill();

  /**
   * Orderly stop, then {@link #kill()} for what is still there after the server's patience. Does
   * nothing if dead.
   */
  @Override
  void close();

  /** Whether the server's own process exists, ready or not. */
  boolean alive();

  /**
   * Process id of the server's first process.
   *
   * @throws IllegalStateException if it does not run
   */
  long pid();

  /** Process ids of the server and of all its children; empty if it does not run. */
  Set<Long> pids();

  /** Name, address, process id and log file in one line, for people. */
  String describe();
}
