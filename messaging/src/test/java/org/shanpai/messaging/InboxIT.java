package org.shanpai.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.ShanpaiConfig;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.contracts.event.Topic;
import org.shanpai.servers.ServersTestResource;

/** Duplicates and disorder do no harm; poison neither stops nor vanishes. */
@QuarkusTest
@QuarkusTestResource(
    value = ServersTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "messaging-test"))
class InboxIT extends MessagingTestBase {

  @Inject ShanpaiConfig config;
  @Inject Inbox inbox;
  @Inject Tx tx;

  private String manager() {
    return "Bearer "
        + new TokenIssuer("control-room", config.keys().dir(), wall)
            .issue("boss", Set.of(Roles.MANAGER), Duration.ofMinutes(5), Map.of());
  }

  private long parked(String key) {
    return count("select count(*) from parked where key = ? and replayed_at is null", key);
  }

  private long parkedBecause(String key, String words) {
    return count(
        "select count(*) from parked where key = ? and reason like ?", key, "%" + words + "%");
  }

  @Test
  void factThatComesTwiceCountsOnce() {
    Event<?> fact = score(unique(), "SM1");
    Event<?> next = score(unique(), "SM1");
    send(fact);
    send(fact);
    send(Topic.SCORE.text(), fact.key(), Envelopes.write(next));
    eventually(() -> assertThat(effects("score " + next.key().substring(2))).isEqualTo(1));
    assertThat(effects("score " + fact.key().substring(2))).isEqualTo(1);
  }

  @Test
  void olderStateIsDroppedAndNobodyWaitsForAGap() {
    String area = unique();
    send(weather(area, 2));
    send(weather(area, 1));
    send(weather(area, 2));
    send(weather(area, 9));
    eventually(() -> assertThat(effects("weather " + area + " 9")).isEqualTo(1));
    assertThat(effects("weather " + area + " 2")).isEqualTo(1);
    assertThat(effects("weather " + area + " 1")).isZero();
  }

  @Test
  void registeredTypeThatNobodyNeedsIsSkipped() {
    String key = unique();
    String unneeded =
        Envelopes.write(weather(key, 1)).replace("weather.alert.v1", "rider.position.v1");
    // Its data would not even fit; what is skipped is still checked, so use a fitting one.
    String position =
        unneeded.replaceAll(
            "\"data\":\\{[^}]*\\}",
            "\"data\":{\"riderId\":\"r-1\",\"cityId\":\"city-1\","
                + "\"place\":{\"lat\":1,\"lon\":1},\"at\":\"2026-01-01T00:00:00Z\"}");
    send(Topic.WEATHER.text(), key, position);
    send(weather(key, 1));
    eventually(() -> assertThat(effects("weather " + key + " 1")).isEqualTo(1));
    assertThat(parked(key)).isZero();
  }

  @Test
  void poisonIsParkedWithItsReasonAndOthersGoOn() {
    String broken = unique();
    String unregistered = unique();
    String unfit = unique();
    String future = unique();
    String well = unique();
    send(Topic.WEATHER.text(), broken, "{ this is not JSON");
    send(
        Topic.WEATHER.text(),
        unregistered,
        Envelopes.write(weather(unregistered, 1)).replace("weather.alert.v1", "weather.x.v9"));
    send(
        Topic.WEATHER.text(),
        unfit,
        Envelopes.write(weather(unfit, 1)).replace("\"NONE\"", "\"PURPLE\""));
    send(
        Topic.WEATHER.text(),
        future,
        Envelopes.write(weather(future, 1))
            .replaceAll("\"occurredAt\":\"[^\"]*\"", "\"occurredAt\":\"2999-01-01T00:00:00Z\""));
    send(weather(well, 1));

    eventually(() -> assertThat(effects("weather " + well + " 1")).isEqualTo(1));
    eventually(
        () -> {
          assertThat(parkedBecause(broken, "not JSON")).isEqualTo(1);
          assertThat(parkedBecause(unregistered, "unregistered event type 'weather.x.v9'"))
              .isEqualTo(1);
          assertThat(parkedBecause(unfit, "does not fit its schema")).isEqualTo(1);
          assertThat(parkedBecause(future, "from the future")).isEqualTo(1);
        });
  }

  @Test
  void handlerThatBreaksLeavesNoEffectAndItsAggregateWaitsBehindIt() {
    String subject = unique();
    Event<?> breaks = score(subject, "BREAKS");
    Event<?> behind = score(subject, "SM1");
    send(breaks);
    send(behind);
    eventually(() -> assertThat(parked("r-" + subject)).isEqualTo(2));
    assertThat(parkedBecause("r-" + subject, "the handler breaks")).isEqualTo(1);
    assertThat(parkedBecause("r-" + subject, "waits behind")).isEqualTo(1);
    assertThat(effects("score " + subject)).isZero();

    long id = count("select min(id) from parked where key = ?", "r-" + subject);
    RestAssured.given()
        .header("Authorization", manager())
        .post("/v1/ops/parked/" + id + "/replay")
        .then()
        .statusCode(422);
    assertThat(parked("r-" + subject)).isEqualTo(2);

    RestAssured.given()
        .header("Authorization", manager())
        .contentType(ContentType.JSON)
        .body(Map.of("payload", Envelopes.write(breaks).replace("BREAKS", "SM1")))
        .put("/v1/ops/parked/" + id)
        .then()
        .statusCode(204);
    RestAssured.given()
        .header("Authorization", manager())
        .post("/v1/ops/parked/" + id + "/replay")
        .then()
        .statusCode(200);
    assertThat(parked("r-" + subject)).isZero();
    assertThat(effects("score " + subject)).isEqualTo(2);
  }

  @Test
  void databaseKilledInBetweenIsWaitedOut() {
    String area = unique();
    ServersTestResource.postgres().kill();
    try {
      send(weather(area, 1));
    } finally {
      ServersTestResource.postgres().start();
    }
    eventually(() -> assertThat(effects("weather " + area + " 1")).isEqualTo(1));
    assertThat(parked(area)).isZero();
  }

  @Test
  void parkedMessagesAreForOperatorsOnly() {
    RestAssured.get("/v1/ops/parked")
        .then()
        .statusCode(401)
        .contentType("application/problem+json");
    String rider =
        new TokenIssuer("rider-service", config.keys().dir(), wall)
            .issue("r-1", Set.of(Roles.RIDER), Duration.ofMinutes(5), Map.of());
    RestAssured.given()
        .header("Authorization", "Bearer " + rider)
        .get("/v1/ops/parked")
        .then()
        .statusCode(403)
        .contentType("application/problem+json");
    String selfMade =
        new TokenIssuer("rider-service", config.keys().dir(), wall)
            .issue("r-1", Set.of(Roles.MANAGER), Duration.ofMinutes(5), Map.of());
    RestAssured.given()
        .header("Authorization", "Bearer " + selfMade)
        .get("/v1/ops/parked")
        .then()
        .statusCode(403);
    RestAssured.given()
        .header("Authorization", manager())
        .get("/v1/ops/parked")
        .then()
        .statusCode(200);
  }
}
