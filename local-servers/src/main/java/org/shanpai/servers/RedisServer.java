package org.shanpai.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Redis without persistence: it comes back empty, so whatever is kept in it must be able to grow
 * again.
 *
 * <p>At most 256 MB; a write beyond that is an error, nothing is evicted silently.
 */
public final class RedisServer extends ServerProcess {

  public RedisServer(Path dataDir, int port) {
    this(dataDir, port, Lifetime.WITH_JVM);
  }

  public RedisServer(Path dataDir, int port, Lifetime lifetime) {
    super("Redis", dataDir, port, lifetime);
  }

  /** For {@code quarkus.redis.hosts}. */
  public String url() {
    return "redis://" + LOOPBACK + ":" + port();
  }

  @Override
  List<String> prepare() throws IOException {
    return List.of(
        ServerBinaries.redisServer().toString(),
        "--bind",
        LOOPBACK,
        "--port",
        Integer.toString(port()),
        "--dir",
        folder().toString(),
        "--daemonize",
        "no",
        "--save",
        "",
        "--appendonly",
        "no",
        "--maxmemory",
        "256mb",
        "--maxmemory-policy",
        "noeviction");
  }

  @Override
  boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(LOOPBACK, port()), 500);
      socket.setSoTimeout(2_000);
      OutputStream out = socket.getOutputStream();
      out.write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      byte[] said = socket.getInputStream().readNBytes(5);
      return new String(said, StandardCharsets.US_ASCII).equals("+PONG");
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  Duration startPatience() {
    return Duration.ofSeconds(30);
  }

  @Override
  Duration stopPatience() {
    return Duration.ofSeconds(5);
  }
}
