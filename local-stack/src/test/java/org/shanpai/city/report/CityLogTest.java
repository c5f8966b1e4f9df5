package org.shanpai.city.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For each invariant: a sound run counts nothing, and a planted fault is counted. */
class CityLogTest {

  private static final long PLACED = 1_000_000;
  private static final long PROMISE_END = PLACED + 30 * 60_000;

  private final CityLog log = new CityLog();

  @BeforeEach
  void oneOrderDeliveredByOneRider() {
    log.submitted(1);
    log.acknowledged(1, false, "o-1", PLACED, PROMISE_END);
    log.accepted("r-1", "j-1", 1);
    log.stepped("r-1", "j-1", 1, "ARRIVED_STORE", log.mark());
    log.stepped("r-1", "j-1", 1, "PICKED_UP", log.mark());
    log.stepped("r-1", "j-1", 1, "DELIVERED", log.mark());
    log.handedOver("o-1", PLACED + 20 * 60_000);
    log.seen("o-1", "DELIVERED", 1);
    log.scored("r-1", "e-1", "o-1", "delivery", null);
    log.paid("j-1", "r-1 p-1");
  }

  @Test
  void soundRunCountsNothingWrong() {
    CityLog.Figures figures = log.figures();
    assertThat(figures.delivered()).isEqualTo(1);
    assertThat(figures.onTimeShare()).isEqualTo(1);
    assertThat(figures.clickToDoorP50()).isEqualTo(20);
    assertThat(
            List.of(
                figures.open(), figures.lost(), figures.doubleAssigned(), figures.doubleScored()))
        .containsOnly(0);
    assertThat(figures.surprises()).isEmpty();
  }

  @Test
  void acknowledgedOrderWithoutAnEndIsStuck() {
    log.submitted(2);
    log.acknowledged(2, false, "o-2", PLACED, PROMISE_END);
    log.seen("o-2", "DISPATCHING", 2);
    assertThat(log.figures().open()).isEqualTo(1);
    assertThat(log.open()).containsExactly("o-2");
  }

  @Test
  void orderThatOnlyThePlatformCallsDeliveredIsStuck() {
    log.submitted(2);
    log.acknowledged(2, false, "o-2", PLACED, PROMISE_END);
    log.seen("o-2", "DELIVERED", 3);
    assertThat(log.figures().delivered()).isEqualTo(1);
    assertThat(log.figures().open()).isEqualTo(1);
  }

  @Test
  void orderHandedOverButCancelledForTheMerchantIsStuck() {
    log.seen("o-1", "CANCELLED", 4);
    assertThat(log.figures().open()).isEqualTo(1);
    assertThat(log.figures().cancelled()).isZero();
  }

  @Test
  void acknowledgedOrderThatNobodyKnowsIsLost() {
    log.seen("o-1", "MISSING", 5);
    assertThat(log.figures().lost()).isEqualTo(1);
    assertThat(log.figures().delivered()).isZero();
    assertThat(log.figures().open()).isZero();
  }

  @Test
  void twoRidersToldYesUnderOneTokenIsDoublyAssigned() {
    log.accepted("r-2", "j-1", 1);
    assertThat(log.figures().doubleAssigned()).isEqualTo(1);
  }

  @Test
  void twoRidersWhoBothPickedUpIsDoublyAssigned() {
    log.accepted("r-2", "j-1", 2);
    log.stepped("r-2", "j-1", 2, "PICKED_UP", log.mark());
    assertThat(log.figures().doubleAssigned()).isEqualTo(1);
  }

  @Test
  void oldTokenThatStillCountsIsDoublyAssigned() {
    log.accepted("r-1", "j-2", 1);
    log.accepted("r-2", "j-2", 3);
    log.stepped("r-1", "j-2", 1, "ARRIVED_STORE", log.mark());
    assertThat(log.figures().doubleAssigned()).isEqualTo(1);
  }

  @Test
  void jobGivenBackAndTakenByAnotherIsNotDoublyAssigned() {
    log.accepted("r-1", "j-2", 1);
    long sentBefore = log.mark();
    log.accepted("r-2", "j-2", 3);
    // Its answer came late; the step itself was sent while the job was still r-1's.
    log.stepped("r-1", "j-2", 1, "RELEASED", sentBefore);
    log.stepped("r-2", "j-2", 3, "PICKED_UP", log.mark());
    log.stepped("r-2", "j-2", 3, "DELIVERED", log.mark());
    assertThat(log.figures().doubleAssigned()).isZero();
  }

  @Test
  void repeatedAnswerToTheSameRiderIsNotDoublyAssigned() {
    log.accepted("r-1", "j-1", 1);
    assertThat(log.figures().doubleAssigned()).isZero();
  }

  @Test
  void twoStandingRowsForOneSubjectAndGroupAreDoublyScored() {
    log.scored("r-1", "e-2", "o-1", "delivery", null);
    assertThat(log.figures().doubleScored()).isEqualTo(1);
  }

  @Test
  void twoLinesOfBasePayForOneJobAreDoublyScored() {
    log.paid("j-1", "r-2 p-7");
    assertThat(log.figures().doubleScored()).isEqualTo(1);
  }

  @Test
  void deliveryWithoutBasePayIsUnpaid() {
    assertThat(log.unpaid()).isEmpty();
    log.submitted(2);
    log.acknowledged(2, false, "o-2", PLACED, PROMISE_END);
    log.handedOver("o-2", PLACED);
    log.seen("o-2", "DELIVERED", 6);
    assertThat(log.unpaid()).containsExactly("o-2");
  }

  @Test
  void correctionAndOtherGroupsAreNotDoublyScored() {
    log.scored("r-1", "e-4", "o-1", "delivery", null);
    log.scored("r-1", "e-2", "o-1", "delivery", "e-1");
    log.scored("r-1", "e-3", "o-1", "waiting", null);
    log.scored("r-1", "e-1", "o-1", "delivery", null);
    log.paid("j-1", "r-1 p-1");
    assertThat(log.figures().doubleScored()).isZero();
  }

  @Test
  void refusedGoodOrderAndTakenBadOrderAreSurprises() {
    log.submitted(2);
    log.refused(2, false, "422 out of range");
    log.submitted(3);
    log.acknowledged(3, true, "o-3", PLACED, PROMISE_END);
    log.submitted(4);
    log.refused(4, true, "400");
    assertThat(log.figures().surprises()).hasSize(2);
    assertThat(log.figures().refused()).isEqualTo(2);
    assertThat(log.figures().acknowledged()).isEqualTo(2);
    assertThat(log.figures().submitted()).isEqualTo(4);
  }

  @Test
  void lateDeliveryIsNotOnTime() {
    log.submitted(2);
    log.acknowledged(2, false, "o-2", PLACED, PROMISE_END);
    log.handedOver("o-2", PROMISE_END + 1);
    log.seen("o-2", "DELIVERED", 7);
    assertThat(log.figures().onTimeShare()).isEqualTo(0.5);
  }

  @Test
  void offerLatencyIsTheHighestButOneInAHundred() {
    for (int i = 1; i <= 200; i++) {
      log.offered(i);
    }
    assertThat(log.figures().offerLatencyP99()).isEqualTo(198);
    assertThat(log.figures().counts()).isEqualTo(Map.of());
  }

  @Test
  void anOlderWordOfAnOrderDoesNotReplaceANewerOne() {
    log.submitted(2);
    log.acknowledged(2, false, "o-2", PLACED, PROMISE_END);
    log.noticed("o-2", "CANCELLED", 7);
    log.seen("o-2", "DISPATCHING", 6);
    assertThat(log.endOf("o-2")).isEqualTo(CityLog.End.CANCELLED);
  }

  @Test
  void anEndThatNoWebhookToldIsKnown() {
    assertThat(log.endsUntold()).containsExactly("o-1");
    log.noticed("o-1", "DELIVERED", 9);
    assertThat(log.endsUntold()).isEmpty();
  }

  @Test
  void linkedOrdersCountAsOrdersAndNotAsAnswers() {
    log.linked("o-1.2", PLACED, PROMISE_END);
    assertThat(log.figures().acknowledged()).isEqualTo(2);
    assertThat(log.figures().answered()).isEqualTo(1);
    assertThat(log.open()).containsExactly("o-1.2");
  }

  @Test
  void aTipThatIsNotPaidInFullOrPaidTwiceIsFound() {
    log.tipped("j-1", 300);
    assertThat(log.tipsAmiss()).hasSize(1);
    log.tipped("j-1", 500);
    log.tipPaid("j-1", "r-1 t-1", 300);
    log.tipPaid("j-1", "r-1 t-1", 300);
    assertThat(log.tipsAmiss()).hasSize(1);
    log.tipPaid("j-1", "r-1 t-2", 200);
    assertThat(log.tipsAmiss()).isEmpty();
    log.tipPaid("j-1", "r-2 t-1", 500);
    assertThat(log.tipsAmiss()).hasSize(1);
  }

  @Test
  void whatAPersonCarriedIsPaidWhereOnlyThatPersonCanSee() {
    log.submitted(2);
    log.acknowledged(2, false, "o-2", PLACED, PROMISE_END);
    log.tipped("j-2", 300);
    log.handedOver("o-2", PLACED);
    log.seen("o-2", "DELIVERED", 6);
    assertThat(log.unpaid()).containsExactly("o-2");
    assertThat(log.tipsAmiss()).hasSize(1);
    log.carriedByGuest("o-2");
    assertThat(log.unpaid()).isEmpty();
    assertThat(log.tipsAmiss()).isEmpty();
  }
}
