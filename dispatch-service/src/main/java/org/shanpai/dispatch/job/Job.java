package org.shanpai.dispatch.job;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OfferId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.GeofenceEvent;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.messaging.Json;

/**
 * The one row of truth about a delivery.
 *
 * <p>Changed only with its row locked and in an open transaction; every flush raises the version,
 * and fails when somebody wrote in between. {@code OPEN → OFFERED} is no method here: it is a
 * compare-and-set in SQL ({@link Jobs#offer}).
 */
@Entity
@Table(name = "job")
public class Job {

  /** Statuses in which a rider has the job in hand. */
  public static final List<JobStatus> HELD =
      List.of(
          JobStatus.ASSIGNED,
          JobStatus.AT_STORE,
          JobStatus.PICKED_UP,
          JobStatus.AT_CUSTOMER,
          JobStatus.RETURNING,
          JobStatus.EXCEPTION);

  /** Why a job was open for a moment between two riders. */
  public static final String REASSIGNED = "REASSIGNED";

  @Id private String id;
  private String orderId;
  private String cityId;
  private String areaId;
  private String storeId;
  private String merchantId;
  @Version private long version;

  @Enumerated(EnumType.STRING)
  private JobStatus status;

  private long epoch;
  private String riderId;
  private String offerId;
  private double pickupLat;
  private double pickupLon;
  private double dropoffLat;
  private double dropoffLon;
  private int loadUnits;
  private int weightGrams;
  private String needs;
  private boolean direct;
  private long basePayFen;
  private Instant promiseStart;
  private Instant promiseEnd;
  private Instant promisedReadyAt;
  private Instant expectedReadyAt;
  private Instant readyAt;
  private Instant riderDeadline;
  private long compensationMillis;
  private Instant plannedPickupAt;
  private Instant plannedDeliveryAt;
  private Instant holdUntil;
  private Instant createdAt;
  private Instant openSince;
  private Instant acceptedAt;
  private Instant arrivedStoreAt;
  private Instant pickedUpAt;
  private Instant arrivedCustomerAt;

  @Column(name = "step_at")
  private Instant lastStepAt;

  private Instant endedAt;
  private String reason;

  @Enumerated(EnumType.STRING)
  private Fault fault;

  private boolean cancelAsked;
  private boolean cancelRefused;
  private int declines;
  private Instant soughtSince;
  private String unclaimed;
  private long stepPayFen;
  private boolean grabbed;
  private int reassigned;
  private Instant seenAtStoreAt;
  private Instant seenAtCustomerAt;

  protected Job() {}

  /** A new job, open for dispatch. */
  static Job open(OrderState order, Money basePay, Instant now) {
    Job job = new Job();
    job.id = Intake.idOf(order.orderId());
    job.orderId = order.orderId().value();
    job.cityId = order.cityId().value();
    job.areaId = order.areaId().value();
    job.storeId = order.storeId().value();
    job.merchantId = order.merchantId().value();
    job.status = JobStatus.OPEN;
    job.pickupLat = order.pickup().lat();
    job.pickupLon = order.pickup().lon();
    job.dropoffLat = order.dropoff().lat();
    job.dropoffLon = order.dropoff().lon();
    job.loadUnits = Math.max(1, order.loadUnits());
    job.weightGrams = order.weightGrams();
    job.needs = Json.write(order.needs() == null ? Set.of() : new TreeSet<>(order.needs()));
    job.direct = order.direct();
    job.basePayFen = basePay.fen();
    job.promiseStart = order.promise().start();
    job.promiseEnd = order.promise().end();
    job.promisedReadyAt = order.expectedReadyAt();
    job.expectedReadyAt = order.expectedReadyAt();
    job.readyAt = order.readyAt();
    job.createdAt = order.createdAt();
    job.openSince = now;
    job.reason = "ORDER_CREATED";
    job.fault = Fault.NONE;
    return job;
  }

  /**
   * What the kitchen says now.
   *
   * @return whether anything is new
   */
  boolean kitchen(Instant expected, Instant ready) {
    if (Objects.equals(expectedReadyAt, expected) && Objects.equals(readyAt, ready)) {
      return false;
    }
    expectedReadyAt = expected;
    readyAt = ready;
    return true;
  }

  /** The rider who had it offered takes it. */
  public void accept(Instant now, Instant plannedPickup, Instant plannedDelivery) {
    require(status == JobStatus.OFFERED, "accept");
    status = JobStatus.ASSIGNED;
    acceptedAt = now;
    lastStepAt = now;
    plannedPickupAt = plannedPickup;
    plannedDeliveryAt = plannedDelivery;
    riderDeadline = plannedDelivery.isAfter(promiseEnd) ? plannedDelivery : promiseEnd;
    soughtSince = null;
    unclaimed = null;
    because(grabbed ? "GRABBED" : "ACCEPTED", Fault.NONE);
  }

  /**
   * The platform put something in before it: the deadline moves later, never earlier.
   *
   * @return whether it moved
   */
  public boolean planned(Instant delivery) {
    if (riderDeadline == null || !delivery.isAfter(riderDeadline)) {
      return false;
    }
    riderDeadline = delivery;
    plannedDeliveryAt = delivery;
    reason = "ROUTE_CHANGED";
    return true;
  }

  /** Taken from whoever has it, before the pickup: the old rider's token is worth nothing now. */
  public void reopen(String why, Fault whose, Instant now) {
    require(
        status == JobStatus.OFFERED || status == JobStatus.ASSIGNED || status == JobStatus.AT_STORE,
        "reopen");
    status = JobStatus.OPEN;
    epoch++;
    riderId = null;
    offerId = null;
    acceptedAt = null;
    arrivedStoreAt = null;
    seenAtStoreAt = null;
    seenAtCustomerAt = null;
    riderDeadline = null;
    plannedPickupAt = null;
    plannedDeliveryAt = null;
    compensationMillis = 0;
    grabbed = false;
    openSince = now;
    because(why, whose);
  }

  /** Taken from its rider because another one is so much better placed. */
  public void passOn(Instant now) {
    reopen(REASSIGNED, Fault.PLATFORM, now);
    reassigned++;
  }

  /** How often dispatch itself took it from one rider for another. */
  public int reassigned() {
    return reassigned;
  }

  /** One more rider did not want it. */
  public void declined() {
    declines++;
  }

  /** Ends it before the pickup. */
  public void cancel(String why, Fault whose, Instant now) {
    require(cancellable(), "cancel");
    if (riderId != null) {
      epoch++;
    }
    status = JobStatus.CANCELLED;
    riderId = null;
    offerId = null;
    holdUntil = null;
    endedAt = now;
    because(why, whose);
  }

  /** The merchant asked to cancel; whatever is decided, it is decided once. */
  void cancelAsked() {
    cancelAsked = true;
  }

  /** Too late: the goods are on their way, or it is over. */
  void refuseCancel() {
    cancelRefused = true;
  }

  /** A legal step of the rider who has it. */
  public void step(Step step, Instant at, String why) {
    require(step.legalFrom(status), step.name());
    status = step.to();
    lastStepAt = at;
    switch (step) {
      case ARRIVED_STORE -> arrivedStoreAt = at;
      case PICKED_UP -> pickedUpAt = at;
      case ARRIVED_CUSTOMER -> arrivedCustomerAt = at;
      case DELIVERED, RETURNED -> endedAt = at;
      case UNDELIVERABLE -> {}
    }
    because(why == null ? step.name() : why, step.fault(why));
  }

  /** Something an operator must look at. */
  public void except(String why, Fault whose) {
    require(status.carried(), "except");
    status = JobStatus.EXCEPTION;
    because(why, whose);
  }

  /**
   * Positions prove its rider at one of its places.
   *
   * @return whether that is news: only the first proof counts, and an earlier one
   */
  public boolean seen(GeofenceEvent.Kind where, Instant at) {
    Instant known = where == GeofenceEvent.Kind.AT_STORE ? seenAtStoreAt : seenAtCustomerAt;
    if (known != null && !at.isBefore(known)) {
      return false;
    }
    switch (where) {
      case AT_STORE -> seenAtStoreAt = at;
      case AT_CUSTOMER -> seenAtCustomerAt = at;
    }
    return true;
  }

  /**
   * When its rider came to the store: as positions prove it, where that is earlier than the tap;
   * but not before the job was theirs.
   */
  public Instant atStoreFrom() {
    if (seenAtStoreAt == null) {
      return arrivedStoreAt;
    }
    Instant seen =
        acceptedAt != null && seenAtStoreAt.isBefore(acceptedAt) ? acceptedAt : seenAtStoreAt;
    return arrivedStoreAt == null || seen.isBefore(arrivedStoreAt) ? seen : arrivedStoreAt;
  }

  /**
   * There is no way from its store to its door. No pay and no rider from farther away will change
   * that: an operator is called at once.
   *
   * @return whether that is news
   */
  public boolean noWay() {
    require(status == JobStatus.OPEN, "noWay");
    if (unclaimed != null && unclaimed().compareTo(Unclaimed.OPERATOR_CALLED) >= 0) {
      return false;
    }
    unclaimed = Unclaimed.OPERATOR_CALLED.name();
    reason = "NO_WAY";
    return true;
  }

  /** An operator, or the store taking the goods back, ends it. */
  public void resolve(JobStatus outcome, String why, Instant now) {
    require(
        (status == JobStatus.EXCEPTION
                && (outcome == JobStatus.DELIVERED || outcome == JobStatus.RETURNED))
            || (status == JobStatus.RETURNING && outcome == JobStatus.RETURNED),
        "resolve");
    status = outcome;
    lastStepAt = now;
    endedAt = now;
    because(why, fault);
  }

  public void compensated(long millis) {
    compensationMillis = Math.max(compensationMillis, millis);
  }

  /** The first moment a step may be dated: nothing happens before what it follows. */
  public Instant lastStepAt() {
    return lastStepAt;
  }

  /** Whether the step was taken before, on the present assignment. */
  public boolean hasTaken(Step step) {
    return switch (step) {
      case ARRIVED_STORE -> arrivedStoreAt != null;
      case PICKED_UP -> pickedUpAt != null;
      case ARRIVED_CUSTOMER -> arrivedCustomerAt != null;
      case DELIVERED -> status == JobStatus.DELIVERED;
      case UNDELIVERABLE -> status == JobStatus.RETURNING || status == JobStatus.RETURNED;
      case RETURNED -> status == JobStatus.RETURNED;
    };
  }

  /** Whether the pickup has not happened. */
  public boolean cancellable() {
    return switch (status) {
      case OPEN, OFFERED, ASSIGNED, AT_STORE -> true;
      default -> false;
    };
  }

  /** The goods are with the rider. */
  public boolean aboard() {
    return status.carried() || status == JobStatus.EXCEPTION;
  }

  /** The state as published. */
  public JobState state() {
    return new JobState(
        JobId.of(id),
        new OrderId(orderId),
        new CityId(cityId),
        new AreaId(areaId),
        new StoreId(storeId),
        new MerchantId(merchantId),
        publishedVersion(),
        status,
        epoch,
        riderId == null ? null : new RiderId(riderId),
        offerId == null ? null : new OfferId(offerId),
        pickup(),
        dropoff(),
        loadUnits,
        new TimeWindow(promiseStart, promiseEnd),
        riderDeadline,
        compensationMillis,
        plannedPickupAt,
        plannedDeliveryAt,
        holdUntil,
        createdAt,
        expectedReadyAt,
        readyAt,
        acceptedAt,
        arrivedStoreAt,
        pickedUpAt,
        arrivedCustomerAt,
        endedAt,
        reason,
        fault,
        cancelRefused,
        basePay(),
        declines,
        unclaimed,
        seenAtStoreAt,
        seenAtCustomerAt);
  }

  /** From 1 upwards: 0 stands for "never heard of". */
  long publishedVersion() {
    return version + 1;
  }

  public String id() {
    return id;
  }

  public String orderId() {
    return orderId;
  }

  public String areaId() {
    return areaId;
  }

  public String storeId() {
    return storeId;
  }

  public JobStatus status() {
    return status;
  }

  public long epoch() {
    return epoch;
  }

  /** Null when nobody has it. */
  public String riderId() {
    return riderId;
  }

  /** Null when it is not offered and nobody has it. */
  public String offerId() {
    return offerId;
  }

  public GeoPoint pickup() {
    return new GeoPoint(pickupLat, pickupLon);
  }

  public GeoPoint dropoff() {
    return new GeoPoint(dropoffLat, dropoffLon);
  }

  public int loadUnits() {
    return loadUnits;
  }

  public Set<String> needs() {
    return Set.of(Json.read(needs, String[].class));
  }

  public boolean direct() {
    return direct;
  }

  public Money basePay() {
    return Money.ofFen(basePayFen + stepPayFen);
  }

  /** What it would pay a rider whose pool's step is so much. */
  public Money payFor(int payStep) {
    return Money.ofFen(
        basePayFen + (unclaimed == null ? stepPayFen : Math.max(stepPayFen, payStep)));
  }

  public TimeWindow promise() {
    return new TimeWindow(promiseStart, promiseEnd);
  }

  /** When the store first said it would be ready; null when it said nothing. */
  public Instant promisedReadyAt() {
    return promisedReadyAt;
  }

  /** When the store says it will be ready; null when it said nothing. */
  public Instant expectedReadyAt() {
    return expectedReadyAt;
  }

  /** When it ended; null when it has not. */
  public Instant endedAt() {
    return endedAt;
  }

  /** When the merchant said ready; null when it has not. */
  public Instant readyAt() {
    return readyAt;
  }

  /** When the goods are or will be ready, as far as anybody knows. */
  public Instant readyOrExpected() {
    if (readyAt != null) {
      return readyAt;
    }
    return expectedReadyAt != null ? expectedReadyAt : createdAt;
  }

  public Instant riderDeadline() {
    return riderDeadline;
  }

  public Instant plannedDeliveryAt() {
    return plannedDeliveryAt;
  }

  /** Until when dispatch waits on purpose; null when it does not. */
  public Instant holdUntil() {
    return holdUntil;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Since when it is open; null when it never was. */
  public Instant openSince() {
    return openSince;
  }

  /** Since when somebody is wanted for it and nobody has taken it; null when that is not so. */
  public Instant soughtSince() {
    return soughtSince;
  }

  /** How far the steps against that went; null for none yet. */
  public Unclaimed unclaimed() {
    return unclaimed == null ? null : Unclaimed.valueOf(unclaimed);
  }

  /** Whether riders from farther away may have it as well. */
  public boolean neighboursAsked() {
    return unclaimed != null && unclaimed().compareTo(Unclaimed.NEIGHBOURS_ASKED) >= 0;
  }

  /** Whether its rider took it from the hall. */
  public boolean grabbed() {
    return grabbed;
  }

  /** One more step because nobody takes it. */
  void unclaimed(Unclaimed step) {
    unclaimed = step.name();
    reason = step.name();
  }

  public int weightGrams() {
    return weightGrams;
  }

  public String cityId() {
    return cityId;
  }

  public Instant acceptedAt() {
    return acceptedAt;
  }

  public Instant arrivedStoreAt() {
    return arrivedStoreAt;
  }

  public Instant pickedUpAt() {
    return pickedUpAt;
  }

  public String reason() {
    return reason;
  }

  boolean cancelWasAsked() {
    return cancelAsked;
  }

  private void because(String why, Fault whose) {
    reason = why;
    fault = whose;
    holdUntil = null;
  }

  /** A wrong transition here is a bug of the caller, who has checked before. */
  private void require(boolean legal, String what) {
    if (!legal) {
      throw new IllegalStateException(what + " of job " + id + " in " + status);
    }
  }
}
