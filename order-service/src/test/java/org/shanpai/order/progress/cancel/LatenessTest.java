package org.shanpai.order.progress.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.order.JobFixture;
import org.shanpai.order.JobTweak;
import org.shanpai.order.orders.Item;
import org.shanpai.order.orders.NewOrder;
import org.shanpai.order.orders.Order;

class LatenessTest {

  private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");
  private static final Duration GRACE = Duration.ofMinutes(5);

  /** Promised within 30 minutes, ready after 10. */
  private static Order order() {
    return new Order(
        new NewOrder(
            new OrderId("o-1"),
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
            NOON,
            new TimeWindow(NOON, minute(30)),
            minute(10),
            "4711",
            "081542"));
  }

  private static Instant minute(int minutes) {
    return NOON.plus(Duration.ofMinutes(minutes));
  }

  private static Order with(JobStatus status, Instant plannedPickup) {
    Order order = order();
    order.follow(
        JobTweak.of(JobFixture.of("o-1", 1, status, status == JobStatus.OPEN ? null : "r-1"))
            .set("plannedPickupAt", plannedPickup)
            .state(),
        NOON);
    return order;
  }

  @Test
  void withNobodyAssignedThePromiseMustBePast() {
    Order order = with(JobStatus.OPEN, null);
    assertThat(Lateness.proven(order, minute(30), GRACE)).isFalse();
    assertThat(Lateness.proven(order, minute(30).plusMillis(1), GRACE)).isTrue();
  }

  @Test
  void aRiderWellBehindThePlanIsLate() {
    Order order = with(JobStatus.ASSIGNED, minute(12));
    assertThat(Lateness.proven(order, minute(17), GRACE)).isFalse();
    assertThat(Lateness.proven(order, minute(17).plusMillis(1), GRACE)).isTrue();
  }

  @Test
  void aKitchenThatPutItsTimeOffCannotCallItLate() {
    Order order = with(JobStatus.ASSIGNED, minute(12));
    order.expectReadyAt(minute(120));
    assertThat(Lateness.proven(order, minute(119), GRACE)).isFalse();
    assertThat(Lateness.proven(order, minute(126), GRACE)).isTrue();
  }

  @Test
  void aRiderAtTheStoreWaitsForTheGoods() {
    assertThat(Lateness.proven(with(JobStatus.AT_STORE, minute(12)), minute(200), GRACE)).isFalse();
  }

  @Test
  void afterThePickupNobodyAsks() {
    for (JobStatus status :
        List.of(JobStatus.PICKED_UP, JobStatus.EXCEPTION, JobStatus.DELIVERED)) {
      assertThat(Lateness.proven(with(status, minute(12)), minute(200), GRACE)).isFalse();
    }
  }
}
