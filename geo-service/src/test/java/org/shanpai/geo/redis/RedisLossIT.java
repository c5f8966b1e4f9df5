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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** The place Redis has of a rider, or null. */
  private GeoPoint placeInRedis(String riderId) {
    Response value =
        redis
            .send(Request.cmd(Command.GET).arg(keys.rider(riderId)))
            .await()
            .atMost(Duration.ofSeconds(2));
    if (value == null) {
      return null;
    }
    String[] parts = value.toString().split("\\|");
    return new GeoPoint(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
  }

  private void newestAreInRedis(Map<String, GeoPoint> newest) {
    eventually(
        15,
        () ->
            newest.forEach(
                (rider, place) ->
                    assertThat(placeInRedis(rider))
                        .as(rider)
                        .isNotNull()
                        .satisfies(there -> assertThat(there.metresTo(place)).isLessThan(0.1))));
  }

  @Test
  void aRedisKilledInMidLoadStopsNoPingAndTheNewestOfEachRiderArrives() throws Exception {
    GeoPoint place = MIDDLE.offsetMetres(-9_000, -9_000);
    List<String> riders = crowd(place, 20);
    Map<String, GeoPoint> newest = new ConcurrentHashMap<>();
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger batches = new AtomicInteger();
    ExecutorService phones = Executors.newFixedThreadPool(2);
    List<Future<?>> loads = new ArrayList<>();
    for (int phone = 0; phone < 2; phone++) {
      List<String> own = riders.subList(phone * 10, phone * 10 + 10);
      loads.add(
          phones.submit(
              () -> {
                for (int i = 0; !done.get(); i++) {
                  String rider = own.get(i % own.size());
                  GeoPoint there = place.offsetMetres(20 + i * 0.3, 15);
                  send(rider, there);
                  newest.put(rider, there);
                  batches.incrementAndGet();
                }
              }));
    }
    try {
      eventually(10, () -> assertThat(batches).hasValueGreaterThan(30));
      ServersTestResource.redis().kill();
      int atDeath = batches.get();
      eventually(10, () -> assertThat(batches.get()).isGreaterThan(atDeath + 60));
      assertThat((Integer) readiness().get("ridersWaiting"))
          .as("riders, not pings")
          .isLessThanOrEqualTo((Integer) readiness().get("ridersKnown"));
      assertThat(near(place, 5_000, 100)).containsAll(riders);
      ServersTestResource.redis().start();
      int atBirth = batches.get();
      eventually(10, () -> assertThat(batches.get()).isGreaterThan(atBirth + 30));
    } finally {
      done.set(true);
      phones.shutdown();
    }
    for (Future<?> load : loads) {
      load.get(10, TimeUnit.SECONDS);
    }
    assertThat(newest).hasSize(20);
    newestAreInRedis(newest);
    awaitRedisGood();
  }

  @Test
  void aPausedRedisGetsOnlyTheNewestOfEachRider() {
    GeoPoint place = MIDDLE.offsetMetres(9_000, -9_000);
    List<String> riders = crowd(place, 5);
    eventually(10, () -> assertThat(inRedis(riders.get(4))).isTrue());
    redis
        .send(Request.cmd(Command.CLIENT).arg("PAUSE").arg("8000").arg("ALL"))
        .await()
        .atMost(Duration.ofSeconds(2));
    Map<String, GeoPoint> newest = new HashMap<>();
    long before = wall.millis();
    for (int i = 0; i < 50; i++) {
      GeoPoint there = place.offsetMetres(i, 30);
      send(riders.get(i % 5), there);
      newest.put(riders.get(i % 5), there);
    }
    assertThat(near(place, 300, 50)).containsAll(riders);
    assertThat(wall.millis() - before).as("all answered before Redis was").isLessThan(8_000);
    assertThat((Integer) readiness().get("ridersWaiting"))
        .isLessThanOrEqualTo((Integer) readiness().get("ridersKnown"));
    awaitRedisGood();
    newestAreInRedis(newest);
  }

  private static void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(ServersTestResource.redis().pid()))
            .start();
    assertThat(kill.waitFor()).isZero();
  }
}
