package org.shanpai.order.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.JobFixture;

class OrderTest {

  private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");
  private static final String ID = "o-1";

  private Order order;

  @BeforeEach
  void handIn() {
    order =
        new Order(
            new NewOrder(
                new OrderId(ID),
                new MerchantId("m-1"),
                new StoreId("s-1"),
                new AreaId("a-1"),
                "n-1",
                new GeoPoint(31.2, 121.4),
                new GeoPoint(31.21, 121.41),
                1500,
                List.of(new Item("milk", 1, 100, 1000, Set.of())),
                1,
                1000,
                Set.of(),
                false,
                Money.ofFen(100),
                Money.ofFen(460),
                NOW,
                new TimeWindow(NOW, NOW.plusSeconds(1800)),
                NOW.plusSeconds(600),
                "4711",
                "081542"));
  }

  private Optional<EntryKind> follow(long version, JobStatus status, String rider) {
    return order.follow(JobFixture.of(ID, version, status, rider).state(), NOW);
  }

  @Test
  void whatAMerchantCannotSeeRaisesNoVersion() {
    assertThat(follow(1, JobStatus.OPEN, null)).contains(EntryKind.STATUS);
    long version = order.version();
    assertThat(follow(2, JobStatus.OFFERED, "r-1")).isEmpty();
    assertThat(follow(3, JobStatus.OPEN, null)).isEmpty();
    assertThat(order.version()).isEqualTo(version);
    assertThat(order.riderId()).isNull();
  }

  @Test
  void riderWhoOnlyHasAnOfferIsNotTheOrdersRider() {
    follow(1, JobStatus.OFFERED, "r-1");
    assertThat(order.status()).isEqualTo(OrderStatus.DISPATCHING);
    assertThat(order.riderId()).isNull();
    follow(2, JobStatus.ASSIGNED, "r-1");
    assertThat(order.riderId()).isEqualTo(new RiderId("r-1"));
  }

  @Test
  void olderStateChangesNothing() {
    follow(5, JobStatus.PICKED_UP, "r-1");
    long version = order.version();
    assertThat(follow(4, JobStatus.ASSIGNED, "r-2")).isEmpty();
    assertThat(follow(5, JobStatus.DELIVERED, "r-1")).isEmpty();
    assertThat(order.status()).isEqualTo(OrderStatus.PICKED_UP);
    assertThat(order.riderId()).isEqualTo(new RiderId("r-1"));
    assertThat(order.version()).isEqualTo(version);
  }

  @Test
  void stepsNeverSeenAreSkippedOver() {
    assertThat(follow(9, JobStatus.DELIVERED, "r-1")).contains(EntryKind.STATUS);
    assertThat(order.status()).isEqualTo(OrderStatus.DELIVERED);
  }

  @Test
  void impossibleStepIsRefusedAndLeavesTheOrderAsItWas() {
    follow(5, JobStatus.PICKED_UP, "r-1");
    assertThatThrownBy(() -> follow(6, JobStatus.OPEN, null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("PICKED_UP")
        .hasMessageContaining("DISPATCHING");
    assertThat(order.status()).isEqualTo(OrderStatus.PICKED_UP);
    assertThat(follow(6, JobStatus.AT_CUSTOMER, "r-1")).contains(EntryKind.STATUS);
  }

  @Test
  void anotherRiderIsNewsEvenInTheSameStatus() {
    follow(1, JobStatus.ASSIGNED, "r-1");
    assertThat(follow(4, JobStatus.ASSIGNED, "r-2")).contains(EntryKind.STATUS);
    assertThat(order.riderId()).isEqualTo(new RiderId("r-2"));
  }

  @Test
  void cancelEndsAsDispatchDecides() {
    follow(1, JobStatus.OPEN, null);
    order.requestCancel("CUSTOMER_CHANGED_MIND", Fault.CUSTOMER, 200, NOW);
    assertThat(order.cancelOutcome()).isEqualTo(CancelOutcome.REQUESTED);
    order.follow(
        JobFixture.of(ID, 2, JobStatus.CANCELLED, null)
            .because("MERCHANT_CANCELLED", Fault.MERCHANT)
            .state(),
        NOW.plusSeconds(9));
    assertThat(order.cancelOutcome()).isEqualTo(CancelOutcome.CANCELLED);
    assertThat(order.reason()).isEqualTo("MERCHANT_CANCELLED");
    assertThat(order.fault()).isEqualTo(Fault.MERCHANT);
    assertThat(order.statusAt()).isEqualTo(NOW.plusSeconds(9));
  }

  @Test
  void cancelThatCameTooLateIsToldOnce() {
    follow(1, JobStatus.PICKED_UP, "r-1");
    order.requestCancel("CUSTOMER_CHANGED_MIND", Fault.CUSTOMER, 200, NOW);
    assertThat(
            order.follow(
                JobFixture.of(ID, 2, JobStatus.PICKED_UP, "r-1").refusingCancel().state(), NOW))
        .contains(EntryKind.CANCEL_REFUSED);
    assertThat(order.cancelOutcome()).isEqualTo(CancelOutcome.REFUSED);
    assertThat(
            order.follow(
                JobFixture.of(ID, 3, JobStatus.PICKED_UP, "r-1").refusingCancel().state(), NOW))
        .isEmpty();
  }

  @Test
  void deliveryAnswersARequestToCancelThatNobodyDecided() {
    follow(1, JobStatus.AT_CUSTOMER, "r-1");
    order.requestCancel("CUSTOMER_CHANGED_MIND", Fault.CUSTOMER, 200, NOW);
    follow(2, JobStatus.DELIVERED, "r-1");
    assertThat(order.cancelOutcome()).isEqualTo(CancelOutcome.REFUSED);
  }

  @Test
  void toldStateCarriesTheMerchantsViewAndNoCode() {
    follow(1, JobStatus.ASSIGNED, "r-1");
    order.markReady(NOW.plusSeconds(60));
    var state = order.state(new CityId("city-1"));
    assertThat(state.version()).isEqualTo(order.version()).isEqualTo(3);
    assertThat(state.status()).isEqualTo(OrderStatus.RIDER_ASSIGNED);
    assertThat(state.readyAt()).isEqualTo(NOW.plusSeconds(60));
    assertThat(state.toString()).doesNotContain("4711").doesNotContain("081542");
  }

  /** Dispatch reads nothing but this state: what is the same there cannot change a cost. */
  @Test
  void aNudgeIsANewVersionInWhichNothingElseIsNew() throws ReflectiveOperationException {
    follow(1, JobStatus.ASSIGNED, "r-1");
    var before = order.state(new CityId("city-1"));
    order.remark();
    var after = order.state(new CityId("city-1"));
    assertThat(after.version()).isEqualTo(before.version() + 1);
    for (var field : before.getClass().getRecordComponents()) {
      if (!field.getName().equals("version")) {
        assertThat(field.getAccessor().invoke(after))
            .as(field.getName())
            .isEqualTo(field.getAccessor().invoke(before));
      }
      assertThat(field.getName().toLowerCase()).doesNotContain("nudge");
    }
  }

  @Test
  void whatIsAskedForIsToldToDispatch() {
    follow(4, JobStatus.ASSIGNED, "r-1");
    order.tip(300);
    order.askDoor(new GeoPoint(31.3, 121.5), 60);
    order.askRedispatch(NOW);
    order.requestCancel("OTHER", Fault.MERCHANT, 200, NOW);
    var state = order.state(new CityId("city-1"));
    assertThat(state.tip()).isEqualTo(Money.ofFen(300));
    assertThat(state.changeNo()).isEqualTo(1);
    assertThat(state.askedDropoff()).isEqualTo(new GeoPoint(31.3, 121.5));
    assertThat(state.dropoff()).isEqualTo(new GeoPoint(31.21, 121.41));
    assertThat(state.redispatchRequestedAt()).isEqualTo(NOW);
    assertThat(state.cancelFault()).isEqualTo(Fault.MERCHANT);
    assertThat(order.requests().redispatchEpoch()).isEqualTo(order.jobEpoch());
  }

  @Test
  void whatSentTheGoodsBackRemainsTheReason() {
    order.follow(
        JobFixture.of(ID, 5, JobStatus.RETURNING, "r-1")
            .because("CUSTOMER_REFUSED", Fault.CUSTOMER)
            .state(),
        NOW);
    follow(6, JobStatus.RETURNED, "r-1");
    assertThat(order.status()).isEqualTo(OrderStatus.RETURNED);
    assertThat(order.reason()).isEqualTo("CUSTOMER_REFUSED");
    assertThat(order.fault()).isEqualTo(Fault.CUSTOMER);
  }

  @Test
  void anOperatorWhoNamesAnotherExceptionIsBelieved() {
    order.follow(
        JobFixture.of(ID, 5, JobStatus.EXCEPTION, "r-1")
            .because("RIDER_SILENT", Fault.RIDER)
            .state(),
        NOW);
    order.follow(
        JobFixture.of(ID, 6, JobStatus.RETURNED, "r-1").because("ACCIDENT", Fault.NONE).state(),
        NOW);
    assertThat(order.reason()).isEqualTo("ACCIDENT");
    assertThat(order.fault()).isEqualTo(Fault.NONE);
  }
}
