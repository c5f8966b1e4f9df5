package org.shanpai.order.export;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.order.OrderServiceScenario;

@QuarkusTest
class OrderExportIT extends OrderServiceScenario {

  private static final String PATH = "/v1/orders/export.csv";

  private static List<String> lines(Response file) {
    assertThat(file.statusCode()).as(file.asString()).isEqualTo(200);
    return file.asString().lines().toList();
  }

  @Test
  void fileHasTheMerchantsOwnOrdersOfTheDaysAndNothingPersonal() {
    Shop shop = shop();
    Shop other = shop();
    ObjectNode body = order(shop);
    body.put("merchantOrderNo", "=HYPERLINK(\"x\")");
    String first = create(shop, unique(), body).path("orderId");
    String second = created(shop);
    String old = created(shop);
    String foreign = created(other);
    execute(
        "update orders set created_at = now() - interval '3 days' where order_id = '" + old + "'");
    String today = clock.now().atZone(ZoneId.of("Asia/Shanghai")).toLocalDate().toString();
    Response file = as(shop.token()).get(PATH + "?from=" + today + "&to=" + today);
    assertThat(file.contentType()).startsWith("text/csv");
    assertThat(file.header("Content-Disposition")).contains("orders-" + today);
    byte[] bytes = file.asByteArray();
    assertThat(new byte[] {bytes[0], bytes[1], bytes[2]})
        .containsExactly((byte) 0xEF, (byte) 0xBB, (byte) 0xBF);
    List<String> lines = lines(file);
    assertThat(lines.get(0)).contains("orderId,merchantOrderNo,storeId,status");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).startsWith(second);
    assertThat(lines.get(2)).startsWith(first + ",\"'=HYPERLINK(");
    assertThat(file.asString())
        .doesNotContain(old, foreign, "Hidden", "13912345678", "Secret Lane");
    assertThat(lines(as(shop.token()).get(PATH))).anySatisfy(l -> assertThat(l).startsWith(old));
  }

  @Test
  void manyPagesComeAsOneFile() {
    Shop shop = shop();
    String orderId = created(shop);
    execute(
        """
        create temp table many as select * from orders where order_id = '%s';
        insert into orders select (jsonb_populate_record(many, jsonb_build_object(
            'order_id', 'o-0' || lpad(n::text, 6, '0'), 'merchant_order_no', null))).*
        from many, generate_series(1, 450) n;
        drop table many;
        """
            .formatted(orderId));
    List<String> lines = lines(as(shop.token()).get(PATH));
    assertThat(lines).hasSize(452);
    assertThat(lines.stream().map(line -> line.split(",")[0]).distinct().count()).isEqualTo(452);
  }

  @Test
  void badDaysAreNamedAndStrangersGetNothing() {
    Shop shop = shop();
    problem(as(shop.token()).get(PATH + "?from=yesterday"), 400, "from");
    problem(as(shop.token()).get(PATH + "?to=2026-13-01"), 400, "to");
    problem(as(shop.token()).get(PATH + "?from=2026-11-02&to=2026-11-01"), 400, "from");
    problem(as(shop.token()).get(PATH + "?from=2026-01-01&to=2026-11-01"), 400, "from");
    assertThat(given().get(PATH).statusCode()).isEqualTo(401);
    assertThat(as(token("rider-service", "r-1", "rider")).get(PATH).statusCode()).isEqualTo(403);
  }
}
