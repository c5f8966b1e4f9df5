package org.shanpai.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerIT {
  @TempDir static Path folder;
  static RedisServer redis;

  @BeforeAll
  static void start() {
    redis = new RedisServer(folder, FreePorts.one());
    Timing.of("Redis, first start", redis::start);
    Timing.memory("Redis, idle", redis);
  }

  @AfterAll
  static void stop() {
    Timing.of("Redis, orderly stop", redis::close);
    assertThat(redis.alive()).isFalse();
  }

  @Test
  void comesBackEmptyOnTheSamePortAfterSigkill() throws Exception {
    assertThat(ask("SET rider:7 here")).isEqualTo("+OK");
    assertThat(ask("EXISTS rider:7")).isEqualTo(":1");
    redis.kill();
    assertThat(redis.alive()).isFalse();
    Timing.of("Redis, start after SIGKILL", redis::start);
    assertThat(ask("EXISTS rider:7")).isEqualTo(":0");
  }

  @Test
  void fullMemoryIsAnErrorAndNeverAnEviction() throws Exception {
    assertThat(config("maxmemory")).isEqualTo("268435456");
    assertThat(config("maxmemory-policy")).isEqualTo("noeviction");
  }

  @Test
  void nothingIsWrittenToDiskAndOnlyTheLoopbackListens() throws Exception {
    assertThat(config("save")).isEmpty();
    assertThat(config("appendonly")).isEqualTo("no");
    assertThat(config("bind")).isEqualTo("127.0.0.1");
  }

  @Test
  void geoSearchFindsTheNearest() throws Exception {
    assertThat(ask("GEOADD riders 116.40 39.90 near 116.60 39.90 far")).isEqualTo(":2");
    assertThat(ask("GEOSEARCHSTORE found riders FROMLONLAT 116.40 39.90 BYRADIUS 5 km ASC COUNT 5"))
        .isEqualTo(":1");
  }

  private static String config(String name) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", redis.port());
        BufferedReader in = send(socket, "CONFIG GET " + name)) {
      assertThat(in.readLine()).isEqualTo("*2");
      in.readLine();
      assertThat(in.readLine()).isEqualTo(name);
      in.readLine();
      return in.readLine();
    }
  }

  private static String ask(String command) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", redis.port());
        BufferedReader in = send(socket, command)) {
      return in.readLine();
    }
  }

  private static BufferedReader send(Socket socket, String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }
}
