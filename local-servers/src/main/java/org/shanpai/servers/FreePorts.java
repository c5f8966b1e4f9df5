package org.shanpai.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * TCP ports that nobody listens on.
 *
 * <p>They are taken from below the range in which the system picks ports for outgoing connections.
 * A server that is killed and started again on such a port can always have it back; within that
 * range a client's own reconnect attempts may end up occupying it.
 */
public final class FreePorts {
  private static final int LOWEST = 15_000;
  private static final Path OUTGOING = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final SecureRandom RANDOM = new SecureRandom();

  private FreePorts() {}

  /** One free port. */
  public static int one() {
    return list(1).get(0);
  }

  /**
   * {@code count} different free ports. Free when asked: nothing reserves them until they are used.
   *
   * @throws ServerFailed if the system has no more
   */
  public static List<Integer> list(int count) {
    int end = endOfRange();
    List<ServerSocket> held = new ArrayList<>();
    try {
      List<Integer> ports = new ArrayList<>();
      for (int attempt = 0; ports.size() < count && attempt < 1000; attempt++) {
        int port = LOWEST + RANDOM.nextInt(end - LOWEST);
        try {
          held.add(listen(port));
          ports.add(port);
        } catch (IOException taken) {
          continue;
        }
      }
      if (ports.size() < count) {
        throw new ServerFailed(
            "No %d free ports between %d and %d; stop some programs that listen there."
                .formatted(count, LOWEST, end - 1));
      }
      return List.copyOf(ports);
    } finally {
      held.forEach(FreePorts::release);
    }
  }

  /** Whether a server could listen on the port now, on any address of this machine. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = listen(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /**
   * Refuses a port on which another program listens.
   *
   * @param option how the user chooses another port, for example {@code --port-order}; part of the
   *     message
   * @throws PortTaken with one sentence for the user
   */
  public static void requireFree(int port, String option) {
    if (!isFree(port)) {
      throw new PortTaken(port, option);
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      // A port whose last connections are still in TIME_WAIT is free for a server.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
      return socket;
    } catch (IOException taken) {
      socket.close();
      throw taken;
    }
  }

  private static int endOfRange() {
    try {
      int outgoing = Integer.parseInt(ProcessTable.read(OUTGOING).trim().split("\\s+")[0]);
      return outgoing > LOWEST + 1000 ? outgoing : 65_000;
    } catch (IOException | NumberFormatException unknown) {
      return 32_768;
    }
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new ServerFailed("Could not release port " + socket.getLocalPort(), e);
    }
  }
}
