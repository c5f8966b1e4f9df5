package org.shanpai.dispatch;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/** Chooses where the stand-in for geo-service listens, and shortens what tests would wait for. */
public class DispatchServers implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    int port = freePort();
    return Map.of(
        "shanpai.geo.url", "http://127.0.0.1:" + port,
        "shanpai.dispatch.stop-times-rest-seconds", "0",
        "test.geo.port", Integer.toString(port),
        "shanpai.dispatch.timers", "false",
        "shanpai.dispatch.silent-seconds", "2",
        "shanpai.dispatch.silent-with-goods-seconds", "4",
        "shanpai.dispatch.untrusted-seconds", "3",
        "shanpai.rate-limit.per-second", "5000",
        "shanpai.rate-limit.burst", "5000");
  }

  @Override
  public void stop() {}

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
