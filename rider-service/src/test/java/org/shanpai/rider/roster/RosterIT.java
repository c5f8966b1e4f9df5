package org.shanpai.rider.roster;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.rider.RiderServiceTestBase;
import org.shanpai.servers.ServersTestResource;

/** Onboarding and sign-in. */
@QuarkusTest
class RosterIT extends RiderServiceTestBase {

  @Test
  void newRiderGetsASecretOnceAndSignsInWithIt() {
    String rider = "r-" + unique();
    String secret =
        asManager()
            .body(profile())
            .put("/v1/riders/" + rider)
            .then()
            .statusCode(201)
            .extract()
            .path("secret");
    asManager()
        .body(profile())
        .put("/v1/riders/" + rider)
        .then()
        .statusCode(200)
        .body("secret", nullValue());
    String token =
        given()
            .contentType(ContentType.JSON)
            .body(Map.of("riderId", rider, "secret", secret, "deviceKey", PHONE))
            .post("/v1/riders/sessions")
            .then()
            .statusCode(200)
            .body("expiresInSeconds", greaterThan(0))
            .extract()
            .path("accessToken");
    given()
        .header("Authorization", "Bearer " + token)
        .get("/v1/rider/score")
        .then()
        .statusCode(200)
        .body("riderId", equalTo(rider))
        .body("scoreMilliPoints", equalTo(70_000));
    assertThat(query("select secret_hash from rider where rider_id = ?", rider))
        .doesNotContain(secret);
  }

  @Test
  void telephoneIsToldToServicesOnly() {
    String rider = newRider();
    String path = "/internal/v1/riders/" + rider + "/contact";
    String service =
        new TokenIssuer("order-service", Path.of(setting("shanpai.keys.dir")), WallClock.system())
            .issueForService("rider-service", null, Duration.ofMinutes(5));
    given()
        .auth()
        .oauth2(service)
        .get(path)
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("no-store"))
        .body("riderId", equalTo(rider))
        .body("phone", equalTo(profile().get("phone")));
    given().auth().oauth2(service).get("/internal/v1/riders/r-none/contact").then().statusCode(404);
    asManager().get(path).then().statusCode(403);
    asRider(rider).get(path).then().statusCode(403);
    given().get(path).then().statusCode(401);
  }

  @Test
  void firstWorkingDayIsKeptAndTold() {
    String rider = "r-" + unique();
    Map<String, Object> profile = new HashMap<>(profile());
    profile.put("startedOn", "2026-11-20");
    asManager().body(profile).put("/v1/riders/" + rider).then().statusCode(201);
    asManager().get("/v1/riders/" + rider).then().body("profile.startedOn", equalTo("2026-11-20"));
    assertThat(
            count(
                "select count(*) from outbox where topic = 'shanpai.rider' and key = ?"
                    + " and cast(payload as jsonb) #>> '{data,startedOn}' = '2026-11-20'",
                rider))
        .isOne();
    profile.remove("startedOn");
    asManager().body(profile).put("/v1/riders/" + rider).then().statusCode(200);
    asManager().get("/v1/riders/" + rider).then().body("profile.startedOn", nullValue());
    profile.put("startedOn", "yesterday");
    asManager()
        .body(profile)
        .put("/v1/riders/" + rider)
        .then()
        .statusCode(400)
        .body("field", equalTo("startedOn"));
  }

  @Test
  void wrongSecretUnknownRiderAndClosedAccountAnswerTheSame401() {
    String rider = newRider();
    for (Map<String, String> credentials :
        List.of(
            Map.of("riderId", rider, "secret", "wrong", "deviceKey", PHONE),
            Map.of("riderId", "r-nobody", "secret", "wrong", "deviceKey", PHONE))) {
      given()
          .contentType(ContentType.JSON)
          .body(credentials)
          .post("/v1/riders/sessions")
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .body("detail", equalTo("The rider or the secret is wrong."));
    }
    String secret =
        asManager().post("/v1/riders/" + rider + "/secret").then().extract().path("secret");
    Map<String, Object> closed = new HashMap<>(profile());
    closed.put("active", false);
    asManager().body(closed).put("/v1/riders/" + rider).then().statusCode(200);
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("riderId", rider, "secret", secret, "deviceKey", PHONE))
        .post("/v1/riders/sessions")
        .then()
        .statusCode(401);
  }

  @Test
  void aRenewedSecretVoidsTheOldOne() {
    String rider = "r-" + unique();
    String old =
        asManager().body(profile()).put("/v1/riders/" + rider).then().extract().path("secret");
    as("control-room", "lead", Roles.STATION_MANAGER)
        .post("/v1/riders/" + rider + "/secret")
        .then()
        .statusCode(404);
    ledBy(rider, "lead");
    String renewed =
        as("control-room", "lead", Roles.STATION_MANAGER)
            .post("/v1/riders/" + rider + "/secret")
            .then()
            .statusCode(200)
            .extract()
            .path("secret");
    assertThat(signIn(rider, old)).isEqualTo(401);
    assertThat(signIn(rider, renewed)).isEqualTo(200);
  }

  private static int signIn(String rider, String secret) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("riderId", rider, "secret", secret, "deviceKey", PHONE))
        .post("/v1/riders/sessions")
        .statusCode();
  }

  @Test
  void aRoleFromTheWrongIssuerIsNoRole() {
    // control-room may not make riders, order-service not managers.
    as("control-room", "r-1", Roles.RIDER).get("/v1/rider/score").then().statusCode(403);
    as("order-service", "boss", Roles.MANAGER)
        .body(profile())
        .put("/v1/riders/r-x")
        .then()
        .statusCode(403);
    as("unknown-issuer", "r-1", Roles.RIDER)
        .get("/v1/rider/score")
        .then()
        .statusCode(401)
        .contentType("application/problem+json");
    given().get("/v1/rider/score").then().statusCode(401);
  }

  @Test
  void aWrongRoleIsForbidden() {
    asManager().get("/v1/rider/score").then().statusCode(403);
    asRider("r-1").body(profile()).put("/v1/riders/r-1").then().statusCode(403);
    asRider("r-1").post("/v1/riders/r-1/secret").then().statusCode(403);
  }

  @Test
  void somebodyElsesProfileIsNotFound() {
    String rider = newRider();
    asRider(rider).get("/v1/riders/" + rider).then().statusCode(200);
    asRider("r-other").get("/v1/riders/" + rider).then().statusCode(404);
    asManager().get("/v1/riders/" + rider).then().body("profile.name", equalTo("王小明"));
  }

  @Test
  void badInputNamesItsField() {
    Map<String, Object> bad = new HashMap<>(profile());
    bad.put("capacityUnits", 0);
    asManager()
        .body(bad)
        .put("/v1/riders/r-bad")
        .then()
        .statusCode(400)
        .body("field", equalTo("capacityUnits"));
    bad.put("capacityUnits", 8);
    bad.put("pool", "FLYING");
    asManager()
        .body(bad)
        .put("/v1/riders/r-bad")
        .then()
        .statusCode(400)
        .body("field", equalTo("pool"));
    asManager().body("{").put("/v1/riders/r-bad").then().statusCode(400);
    asManager()
        .body(profile())
        .put("/v1/riders/not legal")
        .then()
        .statusCode(400)
        .body("field", equalTo("riderId"));
  }

  @Test
  void aFileIsTakenLineByLineWithAReport() {
    String one = "r-" + unique();
    String two = "r-" + unique();
    String file =
        "riderId,label,name,phone,pool,capacityUnits\n"
            + one
            + ",骑手 001,王,13800000001,CROWDSOURCED,8\n"
            + "bad id,骑手 002,李,13800000002,CROWDSOURCED,8\n"
            + "r-x,骑手 003,张,no phone,CROWDSOURCED,8\n"
            + two
            + ",骑手 004,赵,13800000004,DEDICATED,6\n";
    asManager()
        .contentType("text/csv; charset=UTF-8")
        .body(file)
        .post("/v1/riders/import")
        .then()
        .statusCode(200)
        .body("created", equalTo(2))
        .body("rejected", equalTo(2))
        .body("lines.line", hasItems(2, 3, 4, 5))
        .body("lines[0].secret", notNullValue())
        .body("lines[1].field", equalTo("riderId"))
        .body("lines[2].field", equalTo("phone"));
    asManager()
        .contentType("text/csv; charset=UTF-8")
        .body(file)
        .post("/v1/riders/import")
        .then()
        .body("created", equalTo(0))
        .body("unchanged", equalTo(2));
  }

  @Test
  void othersLearnOfARiderWithoutNameAndPhone() {
    String rider = newRider();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", ServersTestResource.kafka().bootstrap()),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor("shanpai.rider").stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      String[] found = new String[1];
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(
                        record -> {
                          if (record.key().equals(rider)) {
                            found[0] = record.value();
                          }
                        });
                return found[0] != null;
              });
      assertThat(found[0])
          .contains("rider.state.v1", "\"levelMilliPoints\":70000")
          .doesNotContain("王小明", "13800000023");
    }
  }
}
