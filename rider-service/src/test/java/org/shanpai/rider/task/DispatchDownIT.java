package org.shanpai.rider.task;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.rider.RiderServiceTestBase;

/** Nobody listens where dispatch-service should be. */
@QuarkusTest
@TestProfile(DispatchDownIT.NobodyThere.class)
class DispatchDownIT extends RiderServiceTestBase {

  /** Port 1 is never a service of ours. */
  public static final class NobodyThere implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.rest-client.dispatch.url", "http://127.0.0.1:1");
    }
  }

  @Test
  void theAppIsToldWhenToTryAgain() {
    String rider = newRider();
    asRider(rider)
        .header("Idempotency-Key", "k")
        .body(Map.of("online", true))
        .put("/v1/rider/shift")
        .then()
        .statusCode(503)
        .header("Retry-After", equalTo("1"))
        .contentType("application/problem+json");
    asRider(rider)
        .header("Idempotency-Key", "k")
        .post("/v1/rider/offers/of-1/accept")
        .then()
        .statusCode(503)
        .header("Retry-After", equalTo("1"));
    asRider(rider).get("/v1/rider/work").then().statusCode(503);
  }
}
