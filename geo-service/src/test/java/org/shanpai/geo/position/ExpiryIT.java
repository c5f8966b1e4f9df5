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

/** Positions expire in city time: at ×60, three city minutes are three seconds. */
@QuarkusTest
@TestProfile(ExpiryIT.FastCity.class)
class ExpiryIT extends GeoServiceTest {

  /** A city sixty times as fast. */
  public static class FastCity implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      long now = WallClock.system().millis();
      return Map.of(
          "shanpai.city-clock.anchor", now + "," + now + ",60",
          "shanpai.geo.positions.expire-after", "3m",
          "shanpai.geo.positions.sweep-every", "200ms");
    }
  }

  @Inject Redis redis;
  @Inject RedisKeys keys;

  private long redisLong(Command command, String... arguments) {
    Request request = Request.cmd(command);
    for (String argument : arguments) {
      request.arg(argument);
    }
    return redis.send(request).await().atMost(Duration.ofSeconds(2)).toLong();
  }

  @Test
  void riderNotHeardOfIsNowhereAfterTheSetTimeAndLeavesNothingBehind() {
    city();
    awaitRedisGood();
    String id = unique("r");
    GeoPoint place = MIDDLE.offsetMetres(3_000, -7_000);
    String cell = keys.riderCell(new Cells().of(place));
    send(id, place);
    eventually(2, () -> assertThat(near(place, 50, 10)).containsExactly(id));
    assertThat(redisLong(Command.ZCARD, cell)).isEqualTo(1);
    eventually(
        8,
        () -> {
          assertThat(near(place, 50, 10)).isEmpty();
          operator(Roles.VIEWER).get("/v1/riders/" + id + "/position").then().statusCode(404);
        });
    eventually(
        4,
        () -> {
          assertThat(redisLong(Command.EXISTS, keys.rider(id))).isZero();
          assertThat(redisLong(Command.EXISTS, cell)).isZero();
          assertThat(redisLong(Command.ZCARD, keys.riderSeen())).isZero();
        });
    send(id, place);
    eventually(2, () -> assertThat(near(place, 50, 10)).containsExactly(id));
  }
}
