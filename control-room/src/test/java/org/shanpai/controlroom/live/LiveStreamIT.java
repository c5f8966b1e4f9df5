package org.shanpai.controlroom.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.controlroom.fixture.Jobs;
import org.shanpai.controlroom.fixture.Operator;
import org.shanpai.controlroom.fixture.Wire;
import org.shanpai.messaging.Json;
import org.shanpai.servers.ServersTestResource;

@QuarkusTest
class LiveStreamIT {

  @Inject CityClock clock;
  @Inject LiveStream live;

  @TestHTTPResource("/")
  URI url;

  private final String bearer = "Bearer " + Operator.token("boss", "manager");
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  /** What one connection received. */
  private record Received(String id, String event, JsonNode data) {}

  private final class Listener implements AutoCloseable {
    final List<Received> received = new CopyOnWriteArrayList<>();
    final InputStream body;

    Listener(String after, String lastEventId) throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(url.resolve("/v1/live" + (after == null ? "" : "?after=" + after)))
              .header("Authorization", bearer);
      if (lastEventId != null) {
        request.header("Last-Event-ID", lastEventId);
      }
      HttpResponse<InputStream> response =
          HttpClient.newHttpClient()
              .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      body = response.body();
      Thread reader = new Thread(this::read, "listener");
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
        String id = null;
        String event = null;
        String data = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("id:")) {
            id = line.substring(3).trim();
          } else if (line.startsWith("event:")) {
            event = line.substring(6).trim();
          } else if (line.startsWith("data:")) {
            data = line.substring(5).trim();
          } else if (line.isEmpty() && event != null) {
            received.add(new Received(id, event, Json.read(data, JsonNode.class)));
            id = null;
            event = null;
          }
        }
      } catch (IOException closed) {
        // The test hung up.
      }
    }

    List<Received> deltas() {
      return received.stream().filter(one -> one.event().equals("delta")).toList();
    }

    boolean sawJob(String jobId) {
      return deltas().stream()
          .flatMap(one -> one.data().path("jobs").findValuesAsText("jobId").stream())
          .anyMatch(jobId::equals);
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  private void tell(Wire wire, String name) {
    wire.send(
        EventType.JOB_STATE,
        "j-" + name,
        1,
        clock.now(),
        Jobs.job(JobStatus.OPEN)
            .number(name)
            .created(clock.now())
            .due(clock.now().plusSeconds(1800))
            .state());
    wire.flush();
  }

  private String cursor() {
    return given().header("Authorization", bearer).get("/v1/snapshot").path("cursor");
  }

  private static void until(java.util.concurrent.Callable<Boolean> met) {
    await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50)).until(met);
  }

  @Test
  void brokenStreamGoesOnWithoutHolesOrDoubles() throws Exception {
    List<Long> sequences = new ArrayList<>();
    List<String> jobs = new ArrayList<>();
    String begin = cursor();
    try (Wire wire = new Wire(ServersTestResource.kafka().bootstrap())) {
      String last;
      try (Listener first = new Listener(begin, null)) {
        for (int i = 0; i < 5; i++) {
          tell(wire, run + "-a" + i);
          Thread.sleep(120);
        }
        until(() -> first.sawJob("j-" + run + "-a4"));
        List<Received> got = first.deltas();
        // As if the connection broke in the middle: what came after the third message never
        // arrived.
        List<Received> arrived = got.subList(0, Math.min(3, got.size()));
        last = arrived.get(arrived.size() - 1).id();
        arrived.forEach(one -> take(one, sequences, jobs));
      }
      for (int i = 0; i < 5; i++) {
        tell(wire, run + "-b" + i);
        Thread.sleep(120);
      }
      // The page's first cursor is still in the address; the header is what counts.
      try (Listener second = new Listener(begin, last)) {
        tell(wire, run + "-c");
        until(() -> second.sawJob("j-" + run + "-c"));
        assertThat(second.received).noneMatch(one -> one.event().equals("resync"));
        second.deltas().forEach(one -> take(one, sequences, jobs));
      }
    }
    assertThat(sequences)
        .containsExactlyElementsOf(
            LongStream.range(sequences.get(0), sequences.get(0) + sequences.size())
                .boxed()
                .toList());
    assertThat(sequences.get(0)).isEqualTo(sequence(begin) + 1);
    assertThat(jobs.stream().filter(job -> job.startsWith("j-" + run)))
        .containsExactlyInAnyOrder(
            "j-" + run + "-a0",
            "j-" + run + "-a1",
            "j-" + run + "-a2",
            "j-" + run + "-a3",
            "j-" + run + "-a4",
            "j-" + run + "-b0",
            "j-" + run + "-b1",
            "j-" + run + "-b2",
            "j-" + run + "-b3",
            "j-" + run + "-b4",
            "j-" + run + "-c");
  }

  private static void take(Received one, List<Long> sequences, List<String> jobs) {
    sequences.add(one.data().path("sequence").asLong());
    jobs.addAll(one.data().path("jobs").findValuesAsText("jobId"));
  }

  private static long sequence(String place) {
    return Long.parseLong(place.substring(place.lastIndexOf('-') + 1));
  }

  @Test
  void snapshotAndTheStreamAfterItMissNothing() throws Exception {
    try (Wire wire = new Wire(ServersTestResource.kafka().bootstrap())) {
      for (int i = 0; i < 60; i++) {
        tell(wire, run + "-s" + i);
      }
      // Taken in the middle of the flood.
      io.restassured.response.Response snapshot =
          given().header("Authorization", bearer).get("/v1/snapshot");
      List<String> inSnapshot = snapshot.path("jobs.jobId");
      try (Listener rest = new Listener(snapshot.path("cursor"), null)) {
        until(
            () -> {
              List<String> seen = new ArrayList<>(inSnapshot);
              rest.deltas()
                  .forEach(one -> seen.addAll(one.data().path("jobs").findValuesAsText("jobId")));
              return seen.stream()
                      .filter(job -> job.startsWith("j-" + run + "-s"))
                      .distinct()
                      .count()
                  == 60;
            });
      }
    }
  }

  @Test
  void placeOfAnotherLifeAsksForTheSnapshotAndGoesOn() throws Exception {
    try (Wire wire = new Wire(ServersTestResource.kafka().bootstrap());
        Listener stranger = new Listener(null, "otherlife-17")) {
      until(() -> !stranger.received.isEmpty());
      assertThat(stranger.received.get(0).event()).isEqualTo("resync");
      String after = cursor();
      tell(wire, run + "-r");
      until(() -> stranger.sawJob("j-" + run + "-r"));
      // Every message after the snapshot comes, so the page may throw away what is older.
      assertThat(stranger.deltas())
          .anyMatch(one -> one.data().path("sequence").asLong() == sequence(after) + 1);
    }
  }

  @Test
  void noPageGetsMoreThanTenMessagesASecond() throws Exception {
    try (Wire wire = new Wire(ServersTestResource.kafka().bootstrap());
        Listener page = new Listener(cursor(), null)) {
      long begin = System.nanoTime();
      for (int i = 0; i < 400; i++) {
        tell(wire, run + "-f" + i);
      }
      until(() -> page.sawJob("j-" + run + "-f399"));
      double seconds = (System.nanoTime() - begin) / 1e9;
      assertThat(page.deltas().size()).isLessThanOrEqualTo((int) (seconds * 10) + 3);
    }
  }

  @Test
  void pageThatHangsUpIsForgotten() throws Exception {
    int before = live.pageCount();
    Listener page = new Listener(cursor(), null);
    until(() -> live.pageCount() == before + 1);
    page.close();
    until(() -> live.pageCount() <= before);
  }
}
