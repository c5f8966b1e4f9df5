package org.shanpai.order.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.Goods;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.JobFixture;
import org.shanpai.order.JobTweak;
import org.shanpai.order.orders.Charge;
import org.shanpai.order.orders.Item;
import org.shanpai.order.orders.NewOrder;
import org.shanpai.order.orders.Order;
import org.shanpai.order.progress.cancel.CancelStage;
import org.shanpai.order.progress.cancel.CancelTable;

class BillTest {

  private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");
  private static final String ID = "o-1";
  private static final Bill BILL = new Bill(new CancelTable(200, 150), 50);

  private static Order order() {
    return new Order(
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
            Money.ofFen(461),
            NOW,
            new TimeWindow(NOW, NOW.plusSeconds(1800)),
            NOW.plusSeconds(600),
            "4711",
            "081542"));
  }

  private static void step(Order order, long version, JobStatus status, String why, Fault whose) {
    order.follow(JobFixture.of(ID, version, status, "r-1").because(why, whose).state(), NOW);
  }

  private static long sum(List<Charge> charges) {
    return charges.stream().mapToLong(Charge::fen).sum();
  }

  /** The order's way to its end: each bad ending that dispatch can tell. */
  @Test
  void everyBadEndingHasAReasonAFaultAndABillThatFollowsFromThem() {
    JobStatus[] last = {JobStatus.OPEN, JobStatus.ASSIGNED, JobStatus.AT_STORE};
    int endings = 0;
    for (ExceptionReason reason : ExceptionReason.values()) {
      for (JobStatus before : last) {
        Order cancelled = order();
        step(cancelled, 1, before, "ACCEPTED", Fault.NONE);
        CancelStage stage = CancelStage.of(cancelled.status());
        step(cancelled, 2, JobStatus.CANCELLED, reason.name(), reason.fault());
        assertEnded(cancelled, reason, OrderStatus.CANCELLED);
        boolean owes = Set.of(Fault.MERCHANT, Fault.CUSTOMER).contains(reason.fault());
        long due = !owes || before == JobStatus.OPEN ? 0 : before == JobStatus.ASSIGNED ? 200 : 350;
        assertThat(sum(BILL.lines(cancelled, stage))).as("%s %s", reason, before).isEqualTo(due);
        endings++;
      }
      for (JobStatus via : List.of(JobStatus.RETURNING, JobStatus.EXCEPTION)) {
        for (Goods goods : new Goods[] {null, Goods.RETURN, Goods.DISPOSE}) {
          Order returned = order();
          step(returned, 1, JobStatus.PICKED_UP, "PICKED_UP", Fault.NONE);
          step(returned, 2, via, reason.name(), reason.fault());
          returned.follow(
              JobTweak.of(
                      JobFixture.of(ID, 3, JobStatus.RETURNED, "r-1")
                          .because("RETURN_RECEIVED", Fault.NONE))
                  .set("goods", goods)
                  .state(),
              NOW);
          assertEnded(returned, reason, OrderStatus.RETURNED);
          long back = goods == Goods.DISPOSE ? 0 : 231;
          long due =
              switch (reason.fee()) {
                case NONE -> 0;
                case TRIP -> 200;
                case FULL -> 461;
                case FULL_AND_RETURN -> 461 + back;
              };
          List<Charge> bill = BILL.lines(returned, CancelStage.PICKED_UP);
          assertThat(sum(bill)).as("%s %s", reason, goods).isEqualTo(due);
          assertThat(bill.stream().filter(line -> line.kind() == Charge.Kind.RETURN))
              .allMatch(line -> line.reason().equals(reason.name()));
          endings++;
        }
      }
    }
    assertThat(endings).isEqualTo(ExceptionReason.values().length * 9);
  }

  private static void assertEnded(Order order, ExceptionReason reason, OrderStatus status) {
    assertThat(order.status()).isEqualTo(status);
    assertThat(order.reason()).as("reason of %s", reason).isEqualTo(reason.name());
    assertThat(order.fault()).as("fault of %s", reason).isEqualTo(reason.fault());
  }

  @Test
  void aBadEndingThatNobodyExplainedStillHasAFaultAndCostsNothing() {
    for (JobStatus end : List.of(JobStatus.CANCELLED, JobStatus.RETURNED)) {
      Order order = order();
      step(order, 1, end, "WHO_KNOWS", null);
      assertThat(order.fault()).isEqualTo(Fault.NONE);
      assertThat(order.reason()).isEqualTo("WHO_KNOWS");
      assertThat(sum(BILL.lines(order, CancelStage.AT_STORE))).isZero();
    }
  }

  @Test
  void anUnknownReasonGoesByWhoseDoingItIs() {
    Order order = order();
    step(order, 1, JobStatus.RETURNING, "DOG_AT_THE_DOOR", Fault.CUSTOMER);
    step(order, 2, JobStatus.RETURNED, "RETURNED", Fault.NONE);
    assertThat(order.fault()).isEqualTo(Fault.CUSTOMER);
    assertThat(BILL.lines(order, CancelStage.PICKED_UP))
        .extracting(Charge::kind, Charge::fen)
        .containsExactly(tuple(Charge.Kind.DELIVERY, 461L), tuple(Charge.Kind.RETURN, 231L));
  }

  @Test
  void aCancelCostsWhatWasToldNotWhatTheStageHasBecome() {
    Order order = order();
    step(order, 1, JobStatus.ASSIGNED, "ACCEPTED", Fault.NONE);
    order.requestCancel("CUSTOMER_CHANGED_MIND", Fault.CUSTOMER, 200, NOW);
    step(order, 2, JobStatus.AT_STORE, "ARRIVED_STORE", Fault.NONE);
    step(order, 3, JobStatus.CANCELLED, "CUSTOMER_CHANGED_MIND", Fault.CUSTOMER);
    assertThat(BILL.lines(order, CancelStage.AT_STORE))
        .containsExactly(new Charge(Charge.Kind.CANCEL, 200, "CUSTOMER_CHANGED_MIND"));
  }

  @Test
  void aCancelThatThePlatformMadeNeedlessCostsNothing() {
    Order order = order();
    order.requestCancel("CUSTOMER_CHANGED_MIND", Fault.CUSTOMER, 200, NOW);
    step(order, 1, JobStatus.CANCELLED, "NOBODY_ACCEPTED", Fault.PLATFORM);
    assertThat(sum(BILL.lines(order, CancelStage.ASSIGNED))).isZero();
  }

  @Test
  void aCancelThatCameTooLateCostsNothingAndTheDeliveryIsPaid() {
    Order order = order();
    step(order, 1, JobStatus.AT_STORE, "ARRIVED_STORE", Fault.NONE);
    order.requestCancel("OTHER", Fault.MERCHANT, 350, NOW);
    step(order, 2, JobStatus.DELIVERED, "HANDED_OVER", Fault.NONE);
    assertThat(order.requests().cancelFeeFen()).isZero();
    assertThat(BILL.lines(order, CancelStage.PICKED_UP))
        .containsExactly(new Charge(Charge.Kind.DELIVERY, 461, "DELIVERED"));
  }

  @Test
  void tipAndOtherDoorAreLinesOfTheirOwn() {
    Order order = order();
    order.tip(300);
    order.askDoor(new GeoPoint(31.22, 121.41), 120);
    order.applyDoor(2500);
    assertThat(order.deliveryFee()).isEqualTo(Money.ofFen(581));
    order.askDoor(new GeoPoint(31.23, 121.41), 60);
    order.refuseDoor();
    assertThat(order.deliveryFee()).isEqualTo(Money.ofFen(581));
    step(order, 1, JobStatus.DELIVERED, "HANDED_OVER", Fault.NONE);
    assertThat(BILL.lines(order, CancelStage.PICKED_UP))
        .containsExactly(
            new Charge(Charge.Kind.DELIVERY, 461, "DELIVERED"),
            new Charge(Charge.Kind.CHANGE, 120, "ADDRESS_CHANGED"),
            new Charge(Charge.Kind.TIP, 300, "TIP"));
  }

  @Test
  void anOrderInTheSandboxCostsNothing() {
    Order order = order().inSandbox();
    order.tip(300);
    step(order, 1, JobStatus.DELIVERED, "HANDED_OVER", Fault.NONE);
    assertThat(sum(BILL.lines(order, CancelStage.PICKED_UP))).isZero();
  }

  @Test
  void anOrderUnderWayHasNoBill() {
    assertThatThrownBy(() -> BILL.lines(order(), CancelStage.UNASSIGNED))
        .isInstanceOf(IllegalStateException.class);
  }
}
