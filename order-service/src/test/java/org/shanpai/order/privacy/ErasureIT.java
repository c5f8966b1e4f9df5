package org.shanpai.order.privacy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;

@QuarkusTest
class ErasureIT extends OrderServiceScenario {

  private String ended(Shop shop) {
    String id = created(shop);
    String rider = "r-" + unique();
    send(JobFixture.of(id, 1, JobStatus.ASSIGNED, rider));
    send(JobFixture.of(id, 2, JobStatus.DELIVERED, rider));
    eventually(() -> assertThat(get(shop, id).<String>path("status")).isEqualTo("DELIVERED"));
    return id;
  }

  private static Response contact(Shop shop, String id) {
    return as(shop.token()).get("/v1/orders/" + id + "/contact");
  }

  private static Response erase(Shop shop, String id) {
    return as(shop.token()).post("/v1/orders/" + id + "/erase");
  }

  private String row(String id) {
    return column("select c::text from order_contact c where order_id = ?", id).get(0);
  }

  @Test
  void aMerchantErasesAnEndedOrdersCustomerAndTheOrderStays() {
    Shop shop = shop();
    String id = ended(shop);
    Response before = contact(shop, id);
    assertThat(before.<String>path("contactPhone")).isEqualTo("13912345678");
    assertThat(before.<String>path("contactName")).isEqualTo("Ms Hidden");
    Response erased = erase(shop, id);
    assertThat(erased.statusCode()).as(erased.asString()).isEqualTo(200);
    String at = erased.path("erasedAt");
    assertThat(Instant.parse(at)).isBetween(wall.now().minusSeconds(60), wall.now());
    assertThat(row(id)).doesNotContain("s1:").matches("\\(" + id + ",,,,,,,,.*");
    Response after = contact(shop, id);
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.<Map<String, Object>>path("$")).containsOnlyKeys("orderId", "erasedAt");
    assertThat(erase(shop, id).<String>path("erasedAt")).isEqualTo(at);
    Response order = get(shop, id);
    assertThat(order.<String>path("status")).isEqualTo("DELIVERED");
    assertThat(order.<Integer>path("goodsValueFen")).isEqualTo(2580);
    assertThat(byPhone(shop, "13912345678").<java.util.List<String>>path("orderIds")).isEmpty();
  }

  /** What dispatch was last told of the order's customer; null for nothing. */
  private String toldOfCustomer(String id) {
    return column(
            "select coalesce(cast(payload as jsonb) #>> '{data,customerKey}', '') from outbox"
                + " where topic = 'shanpai.order' and key = ? order by seq desc limit 1",
            id)
        .get(0);
  }

  @Test
  void dispatchKnowsACustomerByAKeyThatTellsNothingAndForgetsItWithTheContact() {
    Shop shop = shop();
    String id = ended(shop);
    String key = toldOfCustomer(id);
    assertThat(key).hasSize(43).matches("[A-Za-z0-9_-]+");
    assertThat(toldOfCustomer(created(shop())))
        .as("the same telephone, another shop")
        .isEqualTo(key);
    assertThat(column("select phone_hash from order_contact where order_id = ?", id))
        .as("what leaves the service does not lead back into its tables")
        .doesNotContain(key);
    assertThat(get(shop, id).asString()).doesNotContain(key);
    assertThat(erase(shop, id).statusCode()).isEqualTo(200);
    assertThat(toldOfCustomer(id)).isEmpty();
    assertThat(count("select count(*) from orders where order_id = ? and customer_key is null", id))
        .isEqualTo(1);
    assertThat(get(shop, id).<String>path("status")).isEqualTo("DELIVERED");
  }

  @Test
  void whatIsUnderWayIsNotErased() {
    Shop shop = shop();
    String id = created(shop);
    Response refused = erase(shop, id);
    problem(refused, 409, null);
    assertThat(refused.<String>path("type")).endsWith("order-not-ended");
    assertThat(contact(shop, id).<String>path("contactName")).isEqualTo("Ms Hidden");
  }

  @Test
  void personalDataGoesByItselfWhenItsTimeIsOverAndNotBefore() {
    Shop shop = shop();
    String due = ended(shop);
    String young = ended(shop);
    String running = created(shop);
    eventually(
        () ->
            assertThat(
                    count(
                        "select count(*) from order_contact where wall_ended_at is not null and"
                            + " order_id in (?, ?)",
                        due,
                        young))
                .isEqualTo(2));
    assertThat(contact(shop, young).<String>path("keptUntil")).isNotNull();
    execute(
        "update order_contact set wall_ended_at = now() - interval '30 days 1 minute' where order_id"
            + " = '"
            + due
            + "'");
    execute(
        "update order_contact set wall_ended_at = now() - interval '29 days 23 hours' where order_id"
            + " = '"
            + young
            + "'");
    eventually(() -> assertThat(contact(shop, due).<String>path("erasedAt")).isNotNull());
    assertThat(row(due)).doesNotContain("s1:");
    assertThat(contact(shop, young).<String>path("contactName")).isEqualTo("Ms Hidden");
    assertThat(contact(shop, running).<String>path("contactName")).isEqualTo("Ms Hidden");
    assertThat(
            count(
                "select count(*) from order_contact where order_id = ? and wall_ended_at is null",
                running))
        .isEqualTo(1);
  }

  @Test
  void somebodyElsesCustomerIsAsGoodAsNone() {
    Shop shop = shop();
    String id = ended(shop);
    Shop other = shop();
    problem(contact(other, id), 404, null);
    problem(erase(other, id), 404, null);
    assertThat(byPhone(other, "13912345678").<java.util.List<String>>path("orderIds")).isEmpty();
    assertThat(byPhone(shop, "+86 139-1234-5678").<java.util.List<String>>path("orderIds"))
        .containsExactly(id);
    given().get("/v1/orders/" + id + "/contact").then().statusCode(401);
    problem(
        as(token("control-room", "boss", "manager")).get("/v1/orders/" + id + "/contact"),
        403,
        null);
    problem(byPhone(shop, "call me"), 400, "contactPhone");
  }

  /** Found in the database's own catalogue, so that a new table cannot be forgotten. */
  @Test
  void nothingPersonalIsLeftInAnyTableThatHangsOnTheOrder() {
    Shop shop = shop();
    String id = ended(shop);
    String url = get(shop, id).path("trackingUrl");
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("stars", 2, "words", "Ms Hidden of Secret Lane 7 waits"))
        .put("/v1/tracking/" + url.substring(url.lastIndexOf('/') + 1) + "/feedback/rating")
        .then()
        .statusCode(200);
    execute(
        "insert into order_change (change_id, order_id, change_no, metres, sealed, at) values ('"
            + unique()
            + "', '"
            + id
            + "', 1, 900, 's1:planted', now())");
    List<String> holders =
        column(
            "select c.table_name || '.' || c.column_name from information_schema.columns c"
                + " where c.column_name in ('sealed', 'words') and exists (select 1 from"
                + " information_schema.columns o where o.table_name = c.table_name and"
                + " o.column_name = 'order_id') order by 1");
    assertThat(holders)
        .contains(
            "order_contact.sealed",
            "order_feedback.words",
            "number_lease.sealed",
            "order_change.sealed",
            "proof.sealed");
    assertThat(left(holders, id)).isNotEmpty();
    assertThat(erase(shop, id).statusCode()).isEqualTo(200);
    assertThat(left(holders, id)).isEmpty();
    assertThat(count("select count(*) from order_feedback where order_id = ? and stars = 2", id))
        .as("what it was worth stays")
        .isOne();
  }

  private List<String> left(List<String> holders, String id) {
    return holders.stream()
        .filter(
            holder -> {
              String[] parts = holder.split("\\.");
              return count(
                      "select count(*) from "
                          + parts[0]
                          + " where order_id = ? and "
                          + parts[1]
                          + " is not null",
                      id)
                  > 0;
            })
        .toList();
  }

  private static Response byPhone(Shop shop, String phone) {
    return as(shop.token()).body(Map.of("contactPhone", phone)).post("/v1/orders/by-phone");
  }
}
