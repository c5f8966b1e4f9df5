package org.shanpai.order.sandbox;

import java.time.Instant;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.Goods;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStateBuilder;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderState;

/**
 * The made-up job of an order in the sandbox. All instants are city time.
 *
 * @param version 0 before its first step
 * @param epoch rises with every rider who gets it or loses it
 * @param rider number of the made-up rider who has it; 0 while nobody has
 * @param riders how many made-up riders have had it
 * @param door where the goods go, as last decided; null for the order's own
 * @param redispatchedFor the request for another rider that was answered last; null for none
 * @param leg how the rider moves at present; null while nobody does
 */
record SandboxJob(
    long version,
    JobStatus status,
    long epoch,
    int rider,
    int riders,
    String reason,
    Fault fault,
    String unclaimed,
    Goods goods,
    boolean cancelRefused,
    Long changeNo,
    Boolean changeRefused,
    GeoPoint door,
    Instant redispatchedFor,
    Instant acceptedAt,
    Instant arrivedStoreAt,
    Instant pickedUpAt,
    Instant arrivedCustomerAt,
    Instant endedAt,
    Instant plannedPickupAt,
    Instant plannedDeliveryAt,
    Leg leg) {

  /** A straight way at an even speed. */
  record Leg(GeoPoint from, GeoPoint to, Instant start, Instant end) {

    GeoPoint at(Instant now) {
      long whole = end.toEpochMilli() - start.toEpochMilli();
      double part =
          whole <= 0
              ? 1
              : Math.min(
                  1, Math.max(0, (now.toEpochMilli() - start.toEpochMilli()) / (double) whole));
      return new GeoPoint(
          from.lat() + part * (to.lat() - from.lat()), from.lon() + part * (to.lon() - from.lon()));
    }
  }

  static final String RIDER_PREFIX = "sandbox-rider-";

  static final SandboxJob UNBORN =
      new SandboxJob(
          0,
          JobStatus.OPEN,
          0,
          0,
          0,
          null,
          null,
          null,
          null,
          false,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);

  /** The same job after a transition. */
  SandboxJob step(JobStatus next, String why, Fault whose, String howFar, Goods what, Instant now) {
    boolean waits = next == JobStatus.OPEN;
    boolean taken = rider == 0 && hasRider(next);
    int nextRiders = taken ? riders + 1 : riders;
    int nextRider = waits ? 0 : taken ? nextRiders : rider;
    return new SandboxJob(
        version + 1,
        next,
        nextRider == rider ? epoch : epoch + 1,
        nextRider,
        nextRiders,
        why,
        whose,
        howFar,
        what,
        cancelRefused,
        changeNo,
        changeRefused,
        door,
        redispatchedFor,
        waits ? null : taken ? now : acceptedAt,
        waits ? null : next == JobStatus.AT_STORE ? now : arrivedStoreAt,
        next == JobStatus.PICKED_UP ? now : pickedUpAt,
        next == JobStatus.AT_CUSTOMER ? now : arrivedCustomerAt,
        next.terminal() ? now : null,
        waits ? null : plannedPickupAt,
        waits ? null : plannedDeliveryAt,
        null);
  }

  private static boolean hasRider(JobStatus status) {
    return switch (status) {
      case OPEN, CANCELLED -> false;
      default -> true;
    };
  }

  SandboxJob refuseCancel() {
    return with(true, changeNo, changeRefused, door, redispatchedFor);
  }

  /** The change of the door is decided. */
  SandboxJob decide(long change, GeoPoint asked, boolean refused) {
    return with(cancelRefused, change, refused, refused ? door : asked, redispatchedFor);
  }

  SandboxJob redispatched(Instant request) {
    return with(cancelRefused, changeNo, changeRefused, door, request);
  }

  private SandboxJob with(
      boolean refused, Long change, Boolean changeIsRefused, GeoPoint where, Instant request) {
    return new SandboxJob(
        version + 1,
        status,
        epoch,
        rider,
        riders,
        reason,
        fault,
        unclaimed,
        goods,
        refused,
        change,
        changeIsRefused,
        where,
        request,
        acceptedAt,
        arrivedStoreAt,
        pickedUpAt,
        arrivedCustomerAt,
        endedAt,
        plannedPickupAt,
        plannedDeliveryAt,
        leg);
  }

  /** The same job with another plan; nobody else is told of a leg, so the version stays. */
  SandboxJob planned(Instant pickup, Instant delivery, Leg way) {
    return new SandboxJob(
        version,
        status,
        epoch,
        rider,
        riders,
        reason,
        fault,
        unclaimed,
        goods,
        cancelRefused,
        changeNo,
        changeRefused,
        door,
        redispatchedFor,
        acceptedAt,
        arrivedStoreAt,
        pickedUpAt,
        arrivedCustomerAt,
        endedAt,
        pickup,
        delivery,
        way);
  }

  /** As dispatch-service would tell it. */
  JobState state(OrderState order) {
    return JobStateBuilder.builder()
        .jobId(new JobId("j-" + order.orderId().value().replaceFirst("^o-", "")))
        .orderId(order.orderId())
        .cityId(order.cityId())
        .areaId(order.areaId())
        .storeId(order.storeId())
        .merchantId(order.merchantId())
        .version(version)
        .status(status)
        .epoch(epoch)
        .riderId(rider == 0 ? null : new RiderId(RIDER_PREFIX + rider))
        .pickup(order.pickup())
        .dropoff(door == null ? order.dropoff() : door)
        .loadUnits(order.loadUnits())
        .promise(order.promise())
        .riderDeadline(order.promise().end())
        .plannedPickupAt(plannedPickupAt)
        .plannedDeliveryAt(plannedDeliveryAt)
        .createdAt(order.createdAt())
        .expectedReadyAt(order.expectedReadyAt())
        .readyAt(order.readyAt())
        .acceptedAt(acceptedAt)
        .arrivedStoreAt(arrivedStoreAt)
        .pickedUpAt(pickedUpAt)
        .arrivedCustomerAt(arrivedCustomerAt)
        .endedAt(endedAt)
        .reason(reason)
        .fault(fault)
        .cancelRefused(cancelRefused)
        .basePay(Money.ofFen(0))
        .unclaimed(unclaimed)
        .tip(order.tip())
        .changeNo(changeNo)
        .changeRefused(changeRefused)
        .goods(goods)
        .build();
  }
}
