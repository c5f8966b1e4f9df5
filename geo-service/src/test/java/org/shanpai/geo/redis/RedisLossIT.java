package org.shanpai.geo.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.GeoServiceTest;
import org.shanpai.servers.ServersTestResource;

/** Redis may be killed, emptied or frozen at any moment. */
@QuarkusTest
class RedisLossIT extends GeoServiceTest {

  @Inject Redis redis;
  @Inject RedisKeys keys;

  @BeforeEach
  void ready() {
    city();
    awaitRedisGood();
  }

  @AfterEach
  void redisRuns() {
    if (!ServersTestResource.redis().alive()) {
      ServersTestResource.redis().start();
    }
    awaitRedisGood();
  }

  private List<String> crowd(GeoPoint place, int count) {
    List<String> riders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      riders.add(unique("r"));
      send(riders.get(i), place.offsetMetres(i, 0));
    }
    return riders;
  }

  private boolean inRedis(String riderId) {
    Response value =
        redis
            .send(Request.cmd(Command.GET).arg(keys.rider(riderId)))
            .await()
            .atMost(Duration.ofSeconds(2));
    return value != null;
  }

  @Test
  void pingsAreTakenWhileRedisIsDeadAndAreBackWithinSeconds() {
    GeoPoint place = MIDDLE.offsetMetres(14_000, 0);
    List<String> before = crowd(place, 20);
    eventually(10, () -> assertThat(near(place, 500, 50)).containsExactlyElementsOf(before));

    ServersTestResource.redis().kill();
    GeoPoint elsewhere = MIDDLE.offsetMetres(14_000, 5_000);
    List<String> during = crowd(elsewhere, 20);
    assertThat(near(place, 500, 50)).as("from memory").containsExactlyElementsOf(before);
    assertThat(near(elsewhere, 500, 50)).as("from memory").containsExactlyElementsOf(during);
    eventually(
        10,
        () ->
            assertThat(readiness())
                .as("ready, and honest about it")
                .containsEntry("status", "UP")
                .containsEntry("state", "degraded"));
    assertThat((Integer) readiness().get("ridersWaiting")).isGreaterThanOrEqualTo(20);

    ServersTestResource.redis().start();
    eventually(
        10,
        () -> {
          assertThat(inRedis(before.get(0))).isTrue();
          assertThat(inRedis(during.get(19))).isTrue();
          assertThat(readiness()).containsEntry("state", "good");
        });
    assertThat(near(place, 500, 50)).containsExactlyElementsOf(before);
    assertThat(near(elsewhere, 500, 50)).containsExactlyElementsOf(during);
  }

  @Test
  void anEmptiedRedisIsNoticedAndNobodyLooksSilent() {
    GeoPoint place = MIDDLE.offsetMetres(-14_000, 0);
    List<String> riders = crowd(place, 20);
    eventually(10, () -> assertThat(inRedis(riders.get(19))).isTrue());
    redis.send(Request.cmd(Command.FLUSHALL)).await().atMost(Duration.ofSeconds(2));
    // Not eventually: the very next answer must not be an empty city.
    assertThat(near(place, 500, 50)).containsExactlyElementsOf(riders);
    eventually(10, () -> assertThat(inRedis(riders.get(0))).isTrue());
    assertThat(near(place, 500, 50)).containsExactlyElementsOf(riders);
  }

  @Test
  void aFrozenRedisDelaysNoPing() throws IOException, InterruptedException {
    GeoPoint place = MIDDLE.offsetMetres(0, 14_000);
    List<String> riders = crowd(place, 5);
    eventually(10, () -> assertThat(inRedis(riders.get(4))).isTrue());
    signal("STOP");
    try {
      for (int i = 0; i < 50; i++) {
        send(riders.get(i % 5), place.offsetMetres(i, 10));
      }
      eventually(10, () -> assertThat(readiness()).containsEntry("state", "degraded"));
      long before = wall.millis();
      send(riders.get(0), place);
      assertThat(near(place, 500, 50)).hasSize(5);
      assertThat(wall.millis() - before)
          .as("milliseconds for a ping and a question")
          .isLessThan(2_000);
      assertThat((Integer) readiness().get("ridersWaiting")).isLessThanOrEqualTo(5_000);
    } finally {
      signal("CONT");
    }
    awaitRedisGood();
    assertThat(near(place, 500, 50)).hasSize(5);
  }

  private static void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(ServersTestResource.redis().pid()))
            .start();
    assertThat(kill.waitFor()).isZero();
  }
}
