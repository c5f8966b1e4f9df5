package org.shanpai.order.sandbox;

import static org.shanpai.order.sandbox.PlayStep.of;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.Goods;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderStatus;

/**
 * Every life the sandbox can play: the usual ones, and one for each row of {@link ExceptionReason},
 * made from the row, so that a new row is played without anybody writing it down here.
 */
public final class Plays {

  private static final PlayStep OPEN = of(2, JobStatus.OPEN, "DISPATCHED");
  private static final PlayStep ASSIGNED = of(30, JobStatus.ASSIGNED, "ACCEPTED");
  private static final PlayStep AT_STORE = of(300, JobStatus.AT_STORE, "ARRIVED_STORE");
  private static final PlayStep PICKED_UP = of(180, JobStatus.PICKED_UP, "PICKED_UP");
  private static final PlayStep AT_CUSTOMER = of(600, JobStatus.AT_CUSTOMER, "ARRIVED_CUSTOMER");
  private static final PlayStep DELIVERED = of(150, JobStatus.DELIVERED, "DELIVERED");
  private static final PlayStep RETURNED = of(600, JobStatus.RETURNED, "RETURNED");

  private static final int SLOW_SECONDS = 1_200;

  private static final Map<String, Play> ALL = new LinkedHashMap<>();

  static {
    put(
        "DELIVERED",
        "Accepted, picked up and delivered without a hitch",
        List.of(OPEN, ASSIGNED, AT_STORE, PICKED_UP, AT_CUSTOMER, DELIVERED));
    put(
        "SLOW",
        "Every step takes long; delivered far behind the promise",
        List.of(
            OPEN,
            of(300, JobStatus.ASSIGNED, "ACCEPTED"),
            of(900, JobStatus.AT_STORE, "ARRIVED_STORE"),
            of(900, JobStatus.PICKED_UP, "PICKED_UP"),
            of(SLOW_SECONDS, JobStatus.AT_CUSTOMER, "ARRIVED_CUSTOMER"),
            of(300, JobStatus.DELIVERED, "DELIVERED")));
    put(
        "REASSIGNED",
        "Taken from the first rider, delivered by a second one",
        List.of(
            OPEN,
            ASSIGNED,
            of(120, JobStatus.OPEN, "REASSIGNED", Fault.PLATFORM),
            ASSIGNED,
            AT_STORE,
            PICKED_UP,
            AT_CUSTOMER,
            DELIVERED));
    put(
        "CANCELLED_BY_STORE",
        "The store cancels it while the rider is on the way",
        List.of(
            OPEN,
            ASSIGNED,
            of(120, JobStatus.CANCELLED, "MERCHANT_CANCELLED", Fault.MERCHANT)
                .goods(Goods.STAY_AT_STORE)));
    put(
        "RETURNED",
        "The customer refuses the goods; the rider brings them back",
        List.of(
            OPEN,
            ASSIGNED,
            AT_STORE,
            PICKED_UP,
            AT_CUSTOMER,
            of(180, JobStatus.RETURNING, "CUSTOMER_REFUSED", Fault.CUSTOMER).goods(Goods.RETURN),
            RETURNED.goods(Goods.RETURN)));
    for (ExceptionReason reason : ExceptionReason.values()) {
      put(reason.name(), reason.english() + " (" + reason.chinese() + ")", steps(reason));
    }
  }

  private Plays() {}

  /** All of them, the usual ones first. */
  public static Collection<Play> all() {
    return Collections.unmodifiableCollection(ALL.values());
  }

  public static Optional<Play> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  private static List<PlayStep> steps(ExceptionReason reason) {
    if (reason == ExceptionReason.NOBODY_ACCEPTS) {
      return nobody();
    }
    if (reason.stages().equals(Set.of(ExceptionReason.Stage.AFTERWARDS))) {
      return List.of(OPEN, ASSIGNED, told(reason, 120, JobStatus.CANCELLED));
    }
    OrderStatus end = reason.endsAs().orElse(null);
    if (end == OrderStatus.CANCELLED) {
      return List.of(OPEN, ASSIGNED, AT_STORE, told(reason, 300, JobStatus.CANCELLED));
    }
    if (end == OrderStatus.RETURNING) {
      return List.of(
          OPEN,
          ASSIGNED,
          AT_STORE,
          PICKED_UP,
          AT_CUSTOMER,
          told(reason, 300, JobStatus.RETURNING),
          RETURNED.goods(reason.goods(false)));
    }
    if (end == OrderStatus.EXCEPTION) {
      return List.of(
          OPEN,
          ASSIGNED,
          AT_STORE,
          PICKED_UP,
          told(reason, 300, JobStatus.EXCEPTION),
          resolution(reason));
    }
    return goesOn(reason);
  }

  /** In the steps of dispatch-service for a job that nobody takes. */
  private static List<PlayStep> nobody() {
    return List.of(
        OPEN,
        of(120, JobStatus.OPEN, "PAY_RAISED").unclaimed("PAY_RAISED"),
        of(120, JobStatus.OPEN, "NEIGHBOURS_ASKED").unclaimed("NEIGHBOURS_ASKED"),
        of(120, JobStatus.OPEN, "OPERATOR_CALLED").unclaimed("OPERATOR_CALLED"),
        of(240, JobStatus.CANCELLED, "FREE_CANCEL", Fault.PLATFORM)
            .unclaimed("FREE_CANCEL")
            .goods(Goods.STAY_AT_STORE));
  }

  /** What an operator makes of it: somebody else brings the goods, or they are given up. */
  private static PlayStep resolution(ExceptionReason reason) {
    Goods goods = reason.goods(false);
    return goods == Goods.REDELIVER
        ? of(900, JobStatus.DELIVERED, "REDELIVERED").goods(goods)
        : RETURNED.goods(goods);
  }

  /** The order goes on in spite of it: the step it delays tells the reason. */
  private static List<PlayStep> goesOn(ExceptionReason reason) {
    List<PlayStep> steps = new ArrayList<>(List.of(OPEN, ASSIGNED));
    if (reason.stages().contains(ExceptionReason.Stage.WITH_GOODS)) {
      Collections.addAll(steps, AT_STORE, PICKED_UP);
      Collections.addAll(steps, told(reason, SLOW_SECONDS, JobStatus.AT_CUSTOMER), DELIVERED);
    } else if (reason.fault() == Fault.MERCHANT) {
      Collections.addAll(steps, AT_STORE, told(reason, SLOW_SECONDS, JobStatus.PICKED_UP));
      Collections.addAll(steps, AT_CUSTOMER, DELIVERED);
    } else {
      Collections.addAll(steps, told(reason, 120, JobStatus.OPEN), ASSIGNED);
      Collections.addAll(steps, AT_STORE, PICKED_UP, AT_CUSTOMER, DELIVERED);
    }
    return steps;
  }

  private static PlayStep told(ExceptionReason reason, int seconds, JobStatus status) {
    PlayStep step = of(seconds, status, reason.name(), reason.fault());
    boolean matters =
        status == JobStatus.CANCELLED
            || status == JobStatus.RETURNING
            || status == JobStatus.EXCEPTION;
    return matters ? step.goods(reason.goods(false)) : step;
  }

  private static void put(String name, String story, List<PlayStep> steps) {
    if (ALL.put(name, new Play(name, story, steps)) != null) {
      throw new IllegalStateException("two plays are called " + name);
    }
  }
}
