package org.shanpai.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessMatrixTest {

  private static final String THINGS =
      """
      {"openapi": "3.1.0", "paths": {
        "/v1/things/{thingId}": {
          "get": {"security": [{"S": ["merchant"]}], "responses": {"200": {"description": "ok"}}}
        },
        "/v1/tokens": {"post": {"responses": {"200": {"description": "ok"}}}}%s
      }}""";

  private static final String OK = "\"responses\": {\"200\": {\"description\": \"ok\"}}";

  /** A service that checks what it says, and whose things are their owner's. */
  private static int wellBehaved(String target, String token) {
    if (target.equals("/v1/tokens")) {
      return 200;
    }
    if (token == null) {
      return 401;
    }
    return switch (token) {
      case "owner" -> 200;
      case "peer" -> 404;
      default -> 403;
    };
  }

  private static AccessMatrix matrix(String more, AccessMatrix.Sender sender) {
    return new AccessMatrix(ApiDocument.parse(THINGS.formatted(more)), sender)
        .open("POST /v1/tokens")
        .owner("merchant", "owner")
        .peer("merchant", "peer")
        .owner("rider", "rider")
        .value("thingId", () -> "t-1")
        .owned("thingId");
  }

  private static List<String> violations(String more) {
    return matrix(more, (method, target, token, type, body) -> wellBehaved(target, token))
        .violations();
  }

  @Test
  void nothingIsWrongWithAServiceThatKeepsItsWord() {
    assertThat(violations("")).isEmpty();
  }

  @Test
  void endpointThatLetsAnybodyInIsFound() {
    assertThat(violations(", \"/v1/secrets\": {\"get\": {" + OK + "}}"))
        .singleElement()
        .asString()
        .startsWith("GET /v1/secrets: lets anybody in");
  }

  @Test
  void newEndpointWithoutAFixtureIsFound() {
    assertThat(
            violations(
                ", \"/v1/boxes/{boxId}\": {\"get\": {\"security\": [{\"S\": [\"merchant\"]}],"
                    + OK
                    + "}}"))
        .containsExactly("GET /v1/boxes/{boxId}: has no fixture for [boxId]");
  }

  @Test
  void endpointThatDoesNotCheckWhatItSaysIsFound() {
    assertThat(matrix("", (method, target, token, type, body) -> 200).violations())
        .containsExactly(
            "GET /v1/things/{thingId}: answers nobody with 200, not [401]",
            "GET /v1/things/{thingId}: answers rider with 200, not [403]",
            "GET /v1/things/{thingId}: answers a peer who is merchant with 200, not [404]");
  }

  @Test
  void internalEndpointForUsersIsFound() {
    assertThat(
            violations(
                ", \"/internal/v1/x\": {\"get\": {\"security\": [{\"S\": [\"merchant\"]}],"
                    + OK
                    + "}}"))
        .containsExactly("GET /internal/v1/x: is internal and lets in [merchant]");
  }

  @Test
  void bodyIsTheDocumentsExampleWithTheFixturesIds() {
    List<String> bodies = new ArrayList<>();
    matrix(
            ", \"/v1/orders\": {\"post\": {\"security\": [{\"S\": [\"merchant\"]}],"
                + " \"requestBody\": {\"content\": {\"application/json\": {\"example\":"
                + " {\"thingId\": \"t-shown\", \"count\": 2}}}}, "
                + OK
                + "}}",
            (method, target, token, type, body) -> {
              if (body != null) {
                bodies.add(body);
              }
              return wellBehaved(target, token);
            })
        .violations();
    assertThat(bodies).isNotEmpty().containsOnly("{\"thingId\":\"t-1\",\"count\":2}");
  }

  @Test
  void everyTimeThatAnEndpointTakesIsTriedBeyondTheCalendar() {
    String visits =
        ", \"/v1/visits\": {\"post\": {\"security\": [{\"S\": [\"merchant\"]}],"
            + " \"parameters\": [{\"name\": \"since\", \"in\": \"query\", \"example\":"
            + " \"2026-11-22T04:00:00Z\", \"required\": true}, {\"name\": \"word\", \"in\":"
            + " \"query\", \"example\": \"soon\"}],"
            + " \"requestBody\": {\"content\": {\"application/json\": {\"schema\": {\"allOf\":"
            + " [{\"properties\": {\"at\": {\"format\": \"date-time\"}, \"stays\": {\"items\":"
            + " {\"properties\": {\"day\": {\"format\": \"date\"}}}}}}]}, \"example\":"
            + " {\"at\": \"2026-11-22T04:05:06Z\", \"note\": \"2026-11-22\","
            + " \"stays\": [{\"day\": \"2026-11-22\"}]}}}}, "
            + OK
            + "}}";
    List<String> bodies = new ArrayList<>();
    AccessMatrix.Sender careless =
        (method, target, token, type, body) -> {
          bodies.add(String.valueOf(body));
          boolean far = (target + body).contains("+") || target.contains("%2B");
          return far && target.contains("%2B") ? 400 : far ? 500 : wellBehaved(target, token);
        };

    assertThat(matrix(visits, careless).violations())
        .containsExactly(
            "POST /v1/visits: takes the time at at the end of Java's calendar with 500",
            "POST /v1/visits: takes the time stays.day at the end of Java's calendar with 500");
    assertThat(bodies)
        .contains(
            "{\"at\":\"+1000000000-12-31T23:59:59.999999999Z\",\"note\":\"2026-11-22\","
                + "\"stays\":[{\"day\":\"2026-11-22\"}]}",
            "{\"at\":\"2026-11-22T04:05:06Z\",\"note\":\"2026-11-22\","
                + "\"stays\":[{\"day\":\"+999999999-12-31\"}]}");

    assertThat(
            matrix(visits, (method, target, token, type, body) -> wellBehaved(target, token))
                .violations())
        .contains("POST /v1/visits: takes the time since at the end of Java's calendar with 200");
  }

  @Test
  void fixtureOfAnEndpointThatIsGoneIsFound() {
    AccessMatrix matrix =
        matrix("", (method, target, token, type, body) -> wellBehaved(target, token))
            .query("GET /v1/gone", "a=b");
    assertThat(matrix.violations())
        .containsExactly("GET /v1/gone: is in the fixture and not in the document");
  }
}
