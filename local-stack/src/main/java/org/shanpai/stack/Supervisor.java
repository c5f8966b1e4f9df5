package org.shanpai.stack;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.shanpai.servers.LocalServer;

/**
 * Notices within a second when a server of the stack has died.
 *
 * <p>Either starts it again on the same data, as a production host would, or tells so that the run
 * ends.
 */
public final class Supervisor implements AutoCloseable {

  private final Map<String, LocalServer> servers;
  private final boolean restarts;
  private final BiConsumer<String, String> tell;
  private final Map<String, Boolean> starting = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param restarts start again what died
   * @param tell name of the server and what happened: {@code died}, or {@code started again}, or
   *     why it could not be
   */
  public Supervisor(
      Map<String, LocalServer> servers, boolean restarts, BiConsumer<String, String> tell) {
    this.servers = servers;
    this.restarts = restarts;
    this.tell = tell;
    this.thread = new Thread(this::watch, "supervisor");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    while (!closed) {
      servers.forEach(
          (name, server) -> {
            if (!closed && !server.alive() && starting.putIfAbsent(name, true) == null) {
              tell.accept(name, "died");
              if (restarts) {
                startAgain(name, server);
              }
            }
          });
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void startAgain(String name, LocalServer server) {
    Thread starter =
        new Thread(
            () -> {
              try {
                server.start();
                tell.accept(name, "started again");
              } catch (RuntimeException e) {
                // It may need another server that is down just now: the next look tries again.
                tell.accept(name, "not started again yet: " + firstLine(e));
              } finally {
                starting.remove(name);
              }
            },
            "restart-" + name);
    starter.setDaemon(true);
    starter.start();
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Whether every server runs and none is just being started. */
  public boolean allUp() {
    return starting.isEmpty() && servers.values().stream().allMatch(LocalServer::alive);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
