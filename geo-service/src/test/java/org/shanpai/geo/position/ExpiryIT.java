package org.shanpai.geo.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.geo.GeoServiceTest;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.redis.RedisKeys;

/** Positions expire in city time: at ×20, three city minutes are nine seconds. */
@QuarkusTest
@TestProfile(ExpiryIT.FastCity.class)
class ExpiryIT extends GeoServiceTest {

  /** A city twenty times as fast. */
  public static class FastCity implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      long now = WallClock.system().millis();
      return Map.of(
          "shanpai.city-clock.anchor", now + "," + now + ",20",
          "shanpai.geo.positions.expire-after", "3m",
          "shanpai.geo.positions.sweep-every", "200ms");
    }
  }

  @Inject Redis redis;
  @Inject RedisKeys keys;

  private boolean inRedis(Command command, String... arguments) {
    Request request = Request.cmd(command);
    for (String argument : arguments) {
      request.arg(argument);
    }
    return redis.send(request).await().atMost(Duration.ofSeconds(5)) != null;
  }

  @Test
  void riderNotHeardOfIsNowhereAfterTheSetTimeAndLeavesNothingBehind() {
    city();
    awaitRedisGood();
    String id = unique("r");
    GeoPoint place = MIDDLE.offsetMetres(3_000, -7_000);
    String cell = keys.riderCell(new Cells().of(place));
    send(id, place);
    eventually(8, () -> assertThat(near(place, 50, 200)).contains(id));
    assertThat(inRedis(Command.GET, keys.rider(id))).isTrue();
    assertThat(inRedis(Command.ZSCORE, cell, id)).isTrue();
    assertThat(inRedis(Command.ZSCORE, keys.riderSeen(), id)).isTrue();
    eventually(
        25,
        () -> {
          assertThat(near(place, 50, 200)).doesNotContain(id);
          operator(Roles.VIEWER).get("/v1/riders/" + id + "/position").then().statusCode(404);
        });
    eventually(
        10,
        () -> {
          assertThat(inRedis(Command.GET, keys.rider(id))).isFalse();
          assertThat(inRedis(Command.ZSCORE, cell, id)).isFalse();
          assertThat(inRedis(Command.ZSCORE, keys.riderSeen(), id)).isFalse();
        });
    send(id, place);
    eventually(8, () -> assertThat(near(place, 50, 200)).contains(id));
  }
}
