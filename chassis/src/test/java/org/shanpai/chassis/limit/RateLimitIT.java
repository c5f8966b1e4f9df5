package org.shanpai.chassis.limit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RateLimitIT.Strict.class)
class RateLimitIT {

  /** Five at once, then one a second. */
  public static class Strict implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("shanpai.rate-limit.per-second", "1", "shanpai.rate-limit.burst", "5");
    }
  }

  @Test
  void callerWhoExceedsTheBurstIsToldWhenToComeBack() {
    int refused = 0;
    for (int i = 0; i < 20; i++) {
      Response response = given().get("/doors/problem");
      if (response.statusCode() == 429) {
        refused++;
        assertThat(response.header("Retry-After")).isEqualTo("1");
        assertThat(response.contentType()).startsWith("application/problem+json");
      }
    }
    assertThat(refused).isBetween(8, 15);
  }
}
