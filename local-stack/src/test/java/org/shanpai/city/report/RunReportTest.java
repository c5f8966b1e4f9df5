package org.shanpai.city.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunReportTest {

  private static final MerchantFigures MERCHANTS = merchants(0, 0, 0, 3);

  private static RunReport report(
      int delivered, int stuck, int lost, int assigned, int scored, long lagMs, int lateAccepts) {
    return report(
        delivered, stuck, lost, assigned, scored, lagMs, lateAccepts, false, MERCHANTS, List.of());
  }

  private static RunReport report(
      boolean faults, MerchantFigures merchants, List<String> surprises) {
    return report(95, 0, 0, 0, 0, 400, 0, faults, merchants, surprises);
  }

  private static MerchantFigures merchants(
      int notBelieved, int endsUntold, int lastWordsUntold, int sandboxEnded) {
    return new MerchantFigures(
        60,
        58,
        58,
        0,
        3,
        4,
        3,
        8,
        11,
        3,
        3,
        2,
        1,
        1,
        2,
        6,
        95,
        0,
        700,
        0,
        17,
        notBelieved,
        endsUntold,
        lastWordsUntold,
        3,
        sandboxEnded);
  }

  private static RunReport report(
      int delivered,
      int stuck,
      int lost,
      int assigned,
      int scored,
      long lagMs,
      int lateAccepts,
      boolean faults,
      MerchantFigures merchants,
      List<String> surprises) {
    return new RunReport(
        102,
        2,
        100,
        delivered,
        0,
        0,
        stuck,
        lost,
        assigned,
        scored,
        0.95,
        22,
        35,
        120,
        lagMs,
        300,
        2000,
        new RunReport.Run(
            "weekday",
            20,
            20,
            1,
            faults,
            true,
            lagMs,
            0.9,
            false,
            80,
            Map.of("acceptsTooLate", lateAccepts, "accepts", 100),
            Map.of(),
            surprises,
            merchants,
            null,
            null));
  }

  @Test
  void soundRunHasNoFailure() {
    assertThat(report(95, 0, 0, 0, 0, 400, 0).failures()).isEmpty();
  }

  @Test
  void eachBrokenInvariantIsOneFailure() {
    assertThat(report(95, 1, 0, 0, 0, 400, 0).failures()).hasSize(1);
    assertThat(report(95, 0, 1, 0, 0, 400, 0).failures()).hasSize(1);
    assertThat(report(95, 0, 0, 1, 0, 400, 0).failures()).hasSize(1);
    assertThat(report(95, 0, 0, 0, 1, 400, 0).failures()).hasSize(1);
    assertThat(report(89, 0, 0, 0, 0, 400, 0).failures()).hasSize(1);
  }

  @Test
  void eachWordToAMerchantThatIsNotKeptIsOneFailure() {
    assertThat(report(false, merchants(1, 0, 0, 3), List.of()).failures()).hasSize(1);
    assertThat(report(false, merchants(0, 1, 0, 3), List.of()).failures()).hasSize(1);
    assertThat(report(false, merchants(0, 0, 1, 3), List.of()).failures()).hasSize(1);
    assertThat(report(false, merchants(0, 0, 0, 2), List.of()).failures()).hasSize(1);
    assertThat(report(false, MERCHANTS, List.of("the fee is not as said")).failures())
        .containsExactly("the fee is not as said");
  }

  @Test
  void endpointsLeftAloneAfterAFaultAreNoFailure() {
    assertThat(report(true, merchants(0, 1, 1, 2), List.of()).failures()).isEmpty();
    assertThat(report(true, merchants(1, 0, 0, 3), List.of()).failures()).hasSize(1);
  }

  @Test
  void slowMachineIsCalledSlow() {
    assertThat(report(95, 0, 0, 0, 0, 10_001, 0).failures())
        .singleElement()
        .asString()
        .contains("too slow for speed 20");
    assertThat(report(95, 0, 0, 0, 0, 400, 20).failures())
        .singleElement()
        .asString()
        .contains("too slow for speed 20");
  }

  @Test
  void slowMachineIsNoFailureWhileItStartsEverythingAgain() {
    RunReport slow = report(95, 0, 0, 0, 0, 10_001, 20, true, MERCHANTS, List.of());
    assertThat(slow.failures()).isEmpty();
  }

  @Test
  void withFaultsHalfMustBeDeliveredAndNeverMoreThanWithoutThem() {
    assertThat(RunReport.leastDelivered(0.9, false)).isEqualTo(0.9);
    assertThat(RunReport.leastDelivered(0.9, true)).isEqualTo(0.5);
    assertThat(RunReport.leastDelivered(0.3, true)).isEqualTo(0.3);
  }

  @Test
  void jsonTellsWhyTheRunFailed() {
    JsonNode json =
        new ObjectMapper().valueToTree(report(false, merchants(1, 0, 0, 3), List.of("rain")));
    assertThat(json.path("failures"))
        .extracting(JsonNode::asText)
        .containsExactly("1 webhooks had no good and fresh signature.", "rain");
  }

  @Test
  void jsonHasTheAgreedKeys() throws Exception {
    JsonNode json = new ObjectMapper().valueToTree(report(95, 0, 0, 0, 0, 400, 0));
    List<String> keys = new ArrayList<>();
    json.fieldNames().forEachRemaining(keys::add);
    assertThat(keys)
        .containsExactly(
            "submitted",
            "refused",
            "acknowledged",
            "delivered",
            "cancelled",
            "returned",
            "stuck",
            "lost",
            "doubleAssigned",
            "doubleScored",
            "onTimeShare",
            "clickToDoorP50Min",
            "clickToDoorP90Min",
            "offerLatencyP99Ms",
            "maxLagMs",
            "wallSeconds",
            "peakRssMiB",
            "run",
            "failures");
  }
}
