package org.shanpai.city.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For each word: kept it is no breach, broken it is one. */
class AgreementsTest {

  private static final String PROMISE =
      "{\"start\": \"2027-01-01T03:00:00Z\", \"end\": \"2027-01-01T03:30:00Z\"}";

  private final Agreements agreements = new Agreements();

  @BeforeEach
  void oneOrderOnAQuote() {
    agreements.taken(
        "m-1", json("{'orderId': 'o-1', 'deliveryFeeFen': 600}"), "no-1", "q-1", json(PROMISE));
    notice(5, "DELIVERED");
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private String notice(long version, String status) {
    return notice("m-1", "no-1", version, status);
  }

  private String notice(String merchant, String no, long version, String status) {
    return agreements.noticed(
        merchant,
        json(
            "{'orderId': 'o-1', 'merchantOrderNo': '%s', 'version': %d, 'status': '%s'}"
                .formatted(no, version, status)));
  }

  private void read(String status, int fee, String besides, String charges) {
    agreements.read(
        json(
            "{'orderId': 'o-1', 'version': 5, 'status': '%s', 'deliveryFeeFen': %d,"
                    .formatted(status, fee)
                + " 'quoteId': 'q-1', 'promise': "
                + PROMISE
                + besides
                + ", 'charges': ["
                + charges
                + "]}"));
  }

  private static String line(String kind, int fen) {
    return "{'kind': '%s', 'fen': %d, 'reason': 'X'}".formatted(kind, fen);
  }

  private void delivered() {
    read("DELIVERED", 600, "", line("DELIVERY", 600));
  }

  private List<String> breaches() {
    return agreements.breaches();
  }

  @Test
  void anOrderAsSaidIsSettled() {
    assertThat(agreements.unsettled("m-1")).containsExactly("o-1");
    delivered();
    assertThat(breaches()).isEmpty();
    assertThat(agreements.unsettled("m-1")).isEmpty();
    assertThat(agreements.untold()).isEmpty();
    assertThat(agreements.kept()).isEqualTo(new Agreements.Kept(1, 1, 1, 0, 0, 0));
  }

  @Test
  void anotherFeeThanLockedIsABreach() {
    read("DELIVERED", 601, "", line("DELIVERY", 601));
    assertThat(breaches()).hasSize(2);
    assertThat(agreements.kept().locksHonoured()).isZero();
  }

  @Test
  void anotherBillThanTheFeeIsABreach() {
    read("DELIVERED", 600, "", line("DELIVERY", 650));
    assertThat(breaches()).singleElement().asString().contains("bill for delivery is 650");
  }

  @Test
  void anotherPromiseOrQuoteIsABreach() {
    agreements.read(
        json(
            "{'orderId': 'o-1', 'version': 5, 'status': 'DELIVERED', 'deliveryFeeFen': 600,"
                + " 'quoteId': 'q-2', 'promise': {'start': '2027-01-01T03:00:00Z', 'end':"
                + " '2027-01-01T03:40:00Z'}, 'charges': ["
                + line("DELIVERY", 600)
                + "]}"));
    assertThat(breaches()).hasSize(2);
  }

  @Test
  void aTipIsBilledAsItWasGiven() {
    agreements.tipped("o-1", 300);
    agreements.tipped("o-1", 500);
    read("DELIVERED", 600, ", 'tipFen': 500", line("DELIVERY", 600) + "," + line("TIP", 500));
    assertThat(breaches()).isEmpty();
    read("DELIVERED", 600, ", 'tipFen': 300", line("DELIVERY", 600) + "," + line("TIP", 300));
    assertThat(breaches()).hasSize(2);
    delivered();
    assertThat(breaches()).hasSize(2);
  }

  @Test
  void anotherDoorCostsWhatWasToldAndOnlyWhenTheGoodsWentThere() {
    agreements.doorAsked("o-1", 120);
    String applied = ", 'change': {'no': 1, 'state': 'APPLIED', 'feeDifferenceFen': 120}";
    read("DELIVERED", 720, applied, line("DELIVERY", 600) + "," + line("CHANGE", 120));
    assertThat(breaches()).isEmpty();
    assertThat(agreements.kept().doorsApplied()).isEqualTo(1);
    read("DELIVERED", 750, applied, line("DELIVERY", 600) + "," + line("CHANGE", 150));
    assertThat(breaches()).hasSize(2);
    String refused = applied.replace("APPLIED", "REFUSED");
    read("DELIVERED", 720, refused, line("DELIVERY", 600) + "," + line("CHANGE", 120));
    assertThat(breaches()).hasSize(2);
    read("DELIVERED", 600, refused, line("DELIVERY", 600));
    assertThat(breaches()).isEmpty();
  }

  @Test
  void aCancelCostsAtMostWhatWasToldBefore() {
    agreements.cancelAsked("o-1", 200);
    notice(6, "CANCELLED");
    read("CANCELLED", 600, "", line("CANCEL", 200));
    assertThat(breaches()).isEmpty();
    read("CANCELLED", 600, "", line("CANCEL", 0));
    assertThat(breaches()).isEmpty();
    read("CANCELLED", 600, "", line("CANCEL", 350));
    assertThat(breaches()).hasSize(1);
    read("CANCELLED", 600, "", line("CANCEL", 200) + "," + line("DELIVERY", 600));
    assertThat(breaches()).hasSize(1);
  }

  @Test
  void aReturnCostsTheDeliveryAndTheWayBackAtMost() {
    notice(6, "RETURNED");
    read("RETURNED", 600, "", line("DELIVERY", 600) + "," + line("RETURN", 300));
    assertThat(breaches()).isEmpty();
    read("RETURNED", 600, "", line("DELIVERY", 600) + "," + line("TIP", 300));
    assertThat(breaches()).hasSize(1);
  }

  @Test
  void aNoticeThatSaysAnotherStatusThanTheOrderIsABreach() {
    read("CANCELLED", 600, "", "");
    assertThat(breaches()).singleElement().asString().contains("is DELIVERED; it is CANCELLED");
  }

  @Test
  void aNoticeToSomebodyElseOrOfAnotherNumberIsABreach() {
    delivered();
    notice("m-2", "no-1", 6, "DELIVERED");
    assertThat(breaches()).hasSize(1);
    notice("m-1", "no-7", 7, "DELIVERED");
    assertThat(breaches()).hasSize(1);
  }

  @Test
  void noticesOfAnOrderComeInOrder() {
    assertThat(notice(6, "DELIVERED")).isNull();
    assertThat(notice(6, "DELIVERED")).contains("version 6 of order o-1 after version 6");
    assertThat(notice(4, "CREATED")).contains("version 4 of order o-1 after version 6");
  }

  @Test
  void aLastWordThatNoWebhookToldIsKnown() {
    agreements.read(
        json(
            "{'orderId': 'o-1', 'version': 9, 'status': 'DELIVERED', 'deliveryFeeFen': 600,"
                + " 'quoteId': 'q-1', 'promise': "
                + PROMISE
                + ", 'charges': ["
                + line("DELIVERY", 600)
                + "]}"));
    assertThat(breaches()).isEmpty();
    assertThat(agreements.untold()).containsExactly("o-1");
    assertThat(agreements.unsettled("m-1")).containsExactly("o-1");
  }
}
