package org.shanpai.order.handover;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;

@QuarkusTest
class ProofIT extends OrderServiceScenario {

  private Shop shop;
  private String id;
  private String rider;
  private String deliveryCode;

  private void carried(boolean dropPoint, String... checks) {
    shop = shop();
    ObjectNode body = order(shop);
    if (dropPoint) {
      body.putObject("dropPoint").put("allowed", true).put("instruction", "behind the blue door");
    }
    for (String check : checks) {
      body.withArray("/checks").add(check);
    }
    Response response = create(shop, unique(), body);
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
    id = response.path("orderId");
    deliveryCode = response.path("deliveryCode");
    rider = "r-" + unique();
    send(JobFixture.of(id, 3, JobStatus.AT_CUSTOMER, rider).epoch(2));
    eventually(() -> assertThat(get(shop, id).<String>path("riderId")).isEqualTo(rider));
  }

  private static byte[] photo() {
    BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
    image.setRGB(17, 17, 0xFF8800);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpg", out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private Response put(String proofId, long epoch, byte[] file) {
    return given()
        .auth()
        .oauth2(riderServiceToken(rider))
        .contentType("application/octet-stream")
        .body(file)
        .put("/internal/v1/orders/" + id + "/proofs/" + proofId + "?epoch=" + epoch);
  }

  private Response handOver(Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(Map.of("kind", "DELIVERY", "epoch", 2));
    body.putAll(more);
    return as(riderServiceToken(rider))
        .body(body)
        .post("/internal/v1/orders/" + id + "/codes/check");
  }

  private Response proof() {
    return as(shop.token()).get("/v1/orders/" + id + "/proof");
  }

  private Response image(Shop whose) {
    return as(whose.token()).get("/v1/orders/" + id + "/proof/image");
  }

  @Test
  void goodsLeftAtTheAgreedPlaceAreProvedByAPictureTheMerchantSees() {
    carried(true);
    assertThat(
            as(riderServiceToken(rider))
                .get("/internal/v1/orders/" + id + "/contact")
                .<String>path("dropPointInstruction"))
        .isEqualTo("behind the blue door");
    String proofId = "p-" + unique();
    problem(handOver(Map.of("dropPoint", true)), 422, "proofId");
    problem(handOver(Map.of("dropPoint", true, "proofId", proofId)), 422, "proofId");
    Response kept = put(proofId, 2, photo());
    assertThat(kept.statusCode()).as(kept.asString()).isEqualTo(200);
    assertThat(kept.<Integer>path("width")).isEqualTo(320);
    assertThat(kept.<Integer>path("metresFromDoor")).isEqualTo(14);
    assertThat(put(proofId, 2, photo()).statusCode()).isEqualTo(200);
    assertThat(handOver(Map.of("dropPoint", true, "proofId", proofId)).statusCode()).isEqualTo(204);
    assertThat(handOver(Map.of("dropPoint", true, "proofId", proofId)).statusCode()).isEqualTo(204);
    Response proof = proof();
    assertThat(proof.<List<String>>path("handovers.way")).containsExactly("DROP_POINT");
    assertThat(proof.<List<String>>path("handovers.proofId")).containsExactly(proofId);
    assertThat(proof.<List<String>>path("photos.proofId")).containsExactly(proofId);
    Response image = image(shop);
    assertThat(image.contentType()).isEqualTo("image/jpeg");
    assertThat(image.header("Cache-Control")).contains("no-store");
    assertThat(image.asByteArray()).startsWith(0xFF, 0xD8).endsWith(0xFF, 0xD9);
    String stored =
        column("select encode(sealed, 'hex') from proof where proof_id = ?", proofId).get(0);
    assertThat(stored).startsWith("0102").doesNotContain("ffd8ff");
  }

  @Test
  void aPictureIsOnlyGoodForItsOrderItsAssignmentAndAShortWhile() {
    carried(true);
    String earlier = "p-" + unique();
    assertThat(put(earlier, 2, photo()).statusCode()).isEqualTo(200);
    execute(
        "update proof set wall_at = wall_at - interval '16 minutes' where proof_id = '"
            + earlier
            + "'");
    Response stale = handOver(Map.of("dropPoint", true, "proofId", earlier));
    problem(stale, 422, "proofId");
    assertThat(stale.<String>path("type")).endsWith("photo-stale");
    problem(put("p-" + unique(), 1, photo()), 409, "epoch");
    problem(put("p-" + unique(), 3, photo()), 409, null);
    String elsewhere = earlier;
    carried(true);
    execute("update proof set wall_at = now() where proof_id = '" + elsewhere + "'");
    Response others = handOver(Map.of("dropPoint", true, "proofId", elsewhere));
    problem(others, 422, "proofId");
    assertThat(others.<String>path("type")).endsWith("photo-unknown");
    problem(put(elsewhere, 2, photo()), 404, null);
    send(JobFixture.of(id, 5, JobStatus.AT_CUSTOMER, rider).epoch(4));
    eventually(() -> assertThat(put("p-" + unique(), 4, photo()).statusCode()).isEqualTo(200));
  }

  @Test
  void withoutAnAgreedDropPointOnlyTheCodeHandsOver() {
    carried(false);
    String proofId = "p-" + unique();
    assertThat(put(proofId, 2, photo()).statusCode()).isEqualTo(200);
    Response refused = handOver(Map.of("dropPoint", true, "proofId", proofId));
    problem(refused, 422, "dropPoint");
    assertThat(refused.<String>path("type")).endsWith("drop-point-not-agreed");
    problem(handOver(Map.of("proofId", proofId)), 422, "code");
    assertThat(proof().<List<String>>path("handovers")).isEmpty();
    assertThat(handOver(Map.of("code", deliveryCode)).statusCode()).isEqualTo(204);
    assertThat(proof().<List<String>>path("handovers.way")).containsExactly("CODE");
  }

  @Test
  void whoMustShowTheirAgeIsLookedAtBeforeTheCodeCounts() {
    carried(false, "AGE_18");
    problem(handOver(Map.of("code", deliveryCode)), 422, "checked");
    problem(handOver(Map.of("dropPoint", true, "proofId", "p-1")), 422, "dropPoint");
    assertThat(handOver(Map.of("code", deliveryCode, "checked", List.of("AGE_18"))).statusCode())
        .isEqualTo(204);
    assertThat(proof().<List<List<String>>>path("handovers.checked"))
        .containsExactly(List.of("AGE_18"));
  }

  @Test
  void whoHandedAPictureInMayShowItAfterTheOrderAndNobodyElseMay() {
    carried(true);
    String proofId = "p-" + unique();
    assertThat(put(proofId, 2, photo()).statusCode()).isEqualTo(200);
    String path = "/internal/v1/orders/" + id + "/proofs/" + proofId;
    send(JobFixture.of(id, 4, JobStatus.AT_CUSTOMER, "r-" + unique()).epoch(3));
    Response shown = given().auth().oauth2(riderServiceToken(rider)).get(path);
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.contentType()).isEqualTo("image/jpeg");
    assertThat(shown.asByteArray()).startsWith(0xFF, 0xD8).endsWith(0xFF, 0xD9);
    problem(given().auth().oauth2(riderServiceToken("r-" + unique())).get(path), 404, null);
    problem(
        given()
            .auth()
            .oauth2(riderServiceToken(rider))
            .get("/internal/v1/orders/o-other/proofs/" + proofId),
        404,
        null);
    assertThat(as(shop.token()).get(path).statusCode()).isEqualTo(403);
  }

  @Test
  void onlyTheOrdersRiderPutsPicturesAndOnlyItsMerchantSeesThem() {
    carried(true);
    String proofId = "p-" + unique();
    assertThat(put(proofId, 2, photo()).statusCode()).isEqualTo(200);
    String mine = rider;
    rider = "r-" + unique();
    problem(put("p-" + unique(), 2, photo()), 404, null);
    rider = mine;
    Shop other = shop();
    problem(image(other), 404, null);
    problem(as(other.token()).get("/v1/orders/" + id + "/proof"), 404, null);
    given().get("/v1/orders/" + id + "/proof/image").then().statusCode(401);
    problem(put("p-" + unique(), 2, "<svg/>".getBytes()), 422, "body");
    for (int i = 0; i < 4; i++) {
      assertThat(put("p-" + unique(), 2, photo()).statusCode()).isEqualTo(200);
    }
    Response sixth = put("p-" + unique(), 2, photo());
    problem(sixth, 409, null);
    assertThat(sixth.<String>path("type")).endsWith("too-many-photos");
  }

  @Test
  void erasingTheCustomerTakesThePictureAndLeavesWhatItProved() {
    carried(true);
    String proofId = "p-" + unique();
    put(proofId, 2, photo()).then().statusCode(200);
    handOver(Map.of("dropPoint", true, "proofId", proofId)).then().statusCode(204);
    send(JobFixture.of(id, 7, JobStatus.DELIVERED, rider).epoch(2));
    eventually(() -> assertThat(get(shop, id).<String>path("status")).isEqualTo("DELIVERED"));
    assertThat(as(shop.token()).post("/v1/orders/" + id + "/erase").statusCode()).isEqualTo(200);
    problem(image(shop), 404, null);
    assertThat(proof().<List<String>>path("handovers.way")).containsExactly("DROP_POINT");
    assertThat(proof().<List<Boolean>>path("photos.kept")).containsExactly(false);
    assertThat(
            count("select count(*) from proof where proof_id = ? and sealed is not null", proofId))
        .isZero();
    Response late = put("p-" + unique(), 2, photo());
    problem(late, 409, null);
  }
}
