package org.shanpai.order.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.shanpai.contracts.event.OrderStatus.CANCELLED;
import static org.shanpai.contracts.event.OrderStatus.CREATED;
import static org.shanpai.contracts.event.OrderStatus.DELIVERED;
import static org.shanpai.contracts.event.OrderStatus.DISPATCHING;
import static org.shanpai.contracts.event.OrderStatus.EXCEPTION;
import static org.shanpai.contracts.event.OrderStatus.PICKED_UP;
import static org.shanpai.contracts.event.OrderStatus.RETURNED;
import static org.shanpai.contracts.event.OrderStatus.RETURNING;
import static org.shanpai.contracts.event.OrderStatus.RIDER_ASSIGNED;
import static org.shanpai.contracts.event.OrderStatus.RIDER_AT_CUSTOMER;
import static org.shanpai.contracts.event.OrderStatus.RIDER_AT_STORE;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderStatus;

class StatusTableTest {

  private static final Set<OrderStatus> BEFORE_PICKUP =
      EnumSet.of(CREATED, DISPATCHING, RIDER_ASSIGNED, RIDER_AT_STORE);
  private static final Set<OrderStatus> AFTER_PICKUP =
      EnumSet.of(PICKED_UP, RIDER_AT_CUSTOMER, RETURNING, EXCEPTION);

  /** Written down by hand, not taken from the table: what may be seen after what. */
  private static final Map<OrderStatus, Set<OrderStatus>> MAY_FOLLOW =
      Map.ofEntries(
          Map.entry(CREATED, EnumSet.complementOf(EnumSet.of(CREATED))),
          Map.entry(DISPATCHING, EnumSet.complementOf(EnumSet.of(CREATED))),
          Map.entry(RIDER_ASSIGNED, EnumSet.complementOf(EnumSet.of(CREATED))),
          Map.entry(RIDER_AT_STORE, EnumSet.complementOf(EnumSet.of(CREATED))),
          Map.entry(
              PICKED_UP, EnumSet.of(RIDER_AT_CUSTOMER, DELIVERED, RETURNING, RETURNED, EXCEPTION)),
          Map.entry(
              RIDER_AT_CUSTOMER, EnumSet.of(PICKED_UP, DELIVERED, RETURNING, RETURNED, EXCEPTION)),
          Map.entry(
              RETURNING, EnumSet.of(PICKED_UP, RIDER_AT_CUSTOMER, RETURNED, EXCEPTION, DELIVERED)),
          // Another rider carries on what stood still.
          Map.entry(
              EXCEPTION, EnumSet.of(PICKED_UP, RIDER_AT_CUSTOMER, DELIVERED, RETURNING, RETURNED)),
          Map.entry(DELIVERED, Set.of()),
          Map.entry(CANCELLED, Set.of()),
          Map.entry(RETURNED, Set.of()));

  @Test
  void everyPairOfStatusesIsJudgedAsWrittenDown() {
    for (OrderStatus from : OrderStatus.values()) {
      for (OrderStatus to : OrderStatus.values()) {
        assertThat(StatusTable.mayFollow(from, to))
            .as("%s after %s", to, from)
            .isEqualTo(from == to || MAY_FOLLOW.get(from).contains(to));
      }
    }
  }

  @Test
  void nothingFollowsAnEnd() {
    for (OrderStatus status : OrderStatus.values()) {
      assertThat(StatusTable.steps(status).isEmpty()).as("%s", status).isEqualTo(status.terminal());
    }
  }

  @Test
  void goodsOnceGoneNeverWaitForARiderAgain() {
    for (OrderStatus gone : AFTER_PICKUP) {
      assertThat(StatusTable.pickedUp(gone)).as("%s", gone).isTrue();
      for (OrderStatus waiting : BEFORE_PICKUP) {
        assertThat(StatusTable.mayFollow(gone, waiting)).as("%s after %s", waiting, gone).isFalse();
      }
      assertThat(StatusTable.mayFollow(gone, CANCELLED)).as("cancel after %s", gone).isFalse();
    }
    for (OrderStatus waiting : BEFORE_PICKUP) {
      assertThat(StatusTable.pickedUp(waiting)).as("%s", waiting).isFalse();
    }
  }

  @Test
  void everyStatusOfAJobIsTold() {
    assertThat(StatusTable.of(JobStatus.OPEN)).isEqualTo(DISPATCHING);
    assertThat(StatusTable.of(JobStatus.OFFERED)).isEqualTo(DISPATCHING);
    assertThat(StatusTable.of(JobStatus.ASSIGNED)).isEqualTo(RIDER_ASSIGNED);
    assertThat(StatusTable.of(JobStatus.AT_STORE)).isEqualTo(RIDER_AT_STORE);
    assertThat(StatusTable.of(JobStatus.AT_CUSTOMER)).isEqualTo(RIDER_AT_CUSTOMER);
    for (JobStatus job : JobStatus.values()) {
      assertThat(StatusTable.of(job).terminal()).as("%s", job).isEqualTo(job.terminal());
    }
  }
}
