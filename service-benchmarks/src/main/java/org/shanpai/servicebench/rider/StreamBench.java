package org.shanpai.servicebench.rider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import org.shanpai.bench.report.Progress;
import org.shanpai.servicebench.RuleBroken;
import org.shanpai.stack.CannotRun;

/**
 * Open lines to riders' phones on one rider-service: how many it holds, in how much memory, and
 * whether a word to everybody comes to each of them once.
 */
final class StreamBench {

  private static final int OPENING = 200;
  private static final int MESSAGES = 5;
  private static final long OPEN_SECONDS = 300;
  private static final long HOLD_SECONDS = 35;
  private static final long HEAR_SECONDS = 60;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final String RIDERS =
      "insert into rider (rider_id, city_id, version, label, name, phone, pool, capacity_units,"
          + " equipment, prior_orders, active, level_mp, secret_hash, created_at)"
          + " select 'r-stream-' || n, 'city-1', 1, 'bench', 'bench', '13800000000',"
          + " 'CROWDSOURCED', 8, '', 0, true, 70000, '-', now()"
          + " from generate_series(0, %d - 1) n on conflict do nothing";

  private static final String GONE =
      "delete from rider_message where rider_id like 'r-stream-%';"
          + " delete from rider_stream where rider_id like 'r-stream-%';"
          + " delete from rider where rider_id like 'r-stream-%'";

  private StreamBench() {}

  /** How long it will take, roughly. */
  static int seconds() {
    return 150;
  }

  /**
   * Measures; adds {@code openStreams} and {@code streamRssMiB}, and an object {@code streams}.
   *
   * @param streams how many lines
   * @throws RuleBroken when a line missed a message, got one twice, or broke
   */
  static void measure(RiderRig rig, int streams, ObjectNode report, Progress progress) {
    progress.doing("bringing " + streams + " riders in");
    change(rig, RIDERS.formatted(streams));
    String[] tokens = new String[streams];
    for (int i = 0; i < streams; i++) {
      tokens[i] = rig.riderToken("r-stream-" + i);
    }
    long pid = rig.pids().iterator().next();
    long idle = resident(pid);
    progress.doing("opening " + streams + " lines");
    long begun = System.nanoTime();
    ObjectNode part = report.putObject("streams");
    try (Phones phones = new Phones(rig.address(), streams, i -> tokens[i], OPENING)) {
      until(OPEN_SECONDS, () -> phones.open() + phones.failed() >= streams);
      part.put("openSeconds", (System.nanoTime() - begun) / 1e9);
      progress.doing("holding " + phones.open() + " lines");
      long most = hold(pid);
      double[] millis = new double[0];
      for (int message = 0; message < MESSAGES; message++) {
        progress.doing("telling everybody something, " + (message + 1) + " of " + MESSAGES);
        int heard = message + 1;
        phones.listen();
        long said = System.nanoTime();
        tell(rig, Phones.text(message));
        until(HEAR_SECONDS, () -> phones.complete(heard) >= streams);
        millis = added(millis, phones.times(), said);
        most = Math.max(most, resident(pid));
      }
      int complete = phones.complete(MESSAGES);
      Arrays.sort(millis);
      report.put("openStreams", complete);
      report.put("streamRssMiB", most / 1024.0);
      part.put("asked", streams);
      part.put("broken", phones.failed());
      part.put("idleRssMiB", idle / 1024.0);
      part.put("kibPerStream", (most - idle) / (double) streams);
      part.put("messages", MESSAGES);
      part.put("heard", phones.heard());
      part.put("tellP50Ms", share(millis, 0.5));
      part.put("tellP99Ms", share(millis, 0.99));
      if (complete < streams) {
        throw new RuleBroken(
            "%d of %d lines did not hear every message once."
                .formatted(streams - complete, streams));
      }
    }
    change(rig, GONE);
    progress.add(seconds());
  }

  /** The greatest resident memory while nothing but heartbeats happens, KiB. */
  private static long hold(long pid) {
    long most = 0;
    for (long second = 0; second < HOLD_SECONDS; second++) {
      pause(1_000);
      most = Math.max(most, resident(pid));
    }
    return most;
  }

  private static double[] added(double[] millis, long[] times, long said) {
    double[] all = Arrays.copyOf(millis, millis.length + times.length);
    for (int i = 0; i < times.length; i++) {
      all[millis.length + i] = (times[i] - said) / 1e6;
    }
    return all;
  }

  private static double share(double[] sorted, double share) {
    return sorted.length == 0
        ? -1
        : sorted[(int) Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
  }

  private interface Condition {
    boolean holds();
  }

  private static void until(long seconds, Condition condition) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.holds() && System.nanoTime() < end) {
      pause(5);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("Interrupted while measuring streams.");
    }
  }

  private static void tell(RiderRig rig, String text) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + rig.host() + "/v1/rider-messages"))
            .header("Authorization", "Bearer " + rig.managerToken())
            .header("Idempotency-Key", text)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"audience\":\"ALL\",\"text\":\"" + text + "\"}"))
            .build();
    try {
      HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new CannotRun(
            "rider-service answered %d %s; its log is %s."
                .formatted(answer.statusCode(), answer.body(), rig.log()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("rider-service did not answer.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("Interrupted while measuring streams.");
    }
  }

  private static void change(RiderRig rig, String sql) {
    try (Connection database = rig.database();
        Statement statement = database.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new CannotRun("The database of rider-service cannot be prepared.", e);
    }
  }

  /** KiB. */
  private static long resident(long pid) {
    Path status = Path.of("/proc/" + pid + "/status");
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(status + " cannot be read.", e);
    }
  }
}
