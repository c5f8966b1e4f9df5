package org.shanpai.dispatch.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.GeofenceEvent;
import org.shanpai.contracts.event.Goods;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.OrderStatus;

/**
 * The one row of truth about a delivery.
 *
 * <p>Changed only with its row locked and in an open transaction; every flush raises the version,
 * and fails when somebody wrote in between. {@code OPEN → OFFERED} is no method here: it is a
 * compare-and-set in SQL ({@link Jobs#offer}).
 */
@Entity
@Table(name = "job")
public class Job implements Ordered, Paid {

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
  @Embedded private Places places;
  @Embedded private OrderTerms terms;
  @Embedded private Decisions decisions;
  @Embedded private PromisedPay pay;
  private Instant promiseStart;
  private Instant promiseEnd;
  @Embedded private InHand hand;
  private Instant holdUntil;
  private Instant createdAt;
  private Instant openSince;

  @Column(name = "step_at")
  private Instant lastStepAt;

  private Instant endedAt;
  private String reason;

  @Enumerated(EnumType.STRING)
  private Fault fault;

  private int declines;
  private Instant soughtSince;
  private String unclaimed;
  private boolean grabbed;
  private int reassigned;

  protected Job() {}

  /** A new job, open for dispatch. */
  static Job open(OrderState order, BasePay pay, Instant now) {
    Job job = new Job();
    job.id = Intake.idOf(order.orderId());
    job.orderId = order.orderId().value();
    job.cityId = order.cityId().value();
    job.areaId = order.areaId().value();
    job.storeId = order.storeId().value();
    job.merchantId = order.merchantId().value();
    job.status = JobStatus.OPEN;
    job.places = Places.of(order.pickup(), order.dropoff());
    job.terms = OrderTerms.of(order);
    job.decisions = Decisions.none(order.redispatchRequestedAt());
    job.hand = InHand.none();
    job.pay = PromisedPay.of(pay);
    job.promiseStart = order.promise().start();
    job.promiseEnd = order.promise().end();
    job.createdAt = order.createdAt();
    job.openSince = now;
    job.reason = "ORDER_CREATED";
    job.fault = Fault.NONE;
    return job;
  }

  /**
   * The rider who had it offered takes it.
   *
   * @param offeredDelivery arrival at the customer's by the plan that was offered
   * @param p80Delivery when four of five would be there by the plan; the deadline counts with it
   * @param riderAt where they last were for certain; null when that is not known
   */
  public void accept(
      Instant now,
      Instant offeredDelivery,
      Instant plannedPickup,
      Instant plannedDelivery,
      Instant p80Delivery,
      GeoPoint riderAt) {
    require(status == JobStatus.OFFERED, "accept");
    status = JobStatus.ASSIGNED;
    Integer metres = riderAt == null ? null : (int) Math.round(riderAt.metresTo(pickup()));
    hand.begin(
        now, offeredDelivery, plannedPickup, plannedDelivery, p80Delivery, promiseEnd, metres);
    lastStepAt = now;
    soughtSince = null;
    unclaimed = null;
    because(grabbed ? "GRABBED" : "ACCEPTED", Fault.NONE);
  }

  /**
   * The platform put something in before it: the deadline moves later, never earlier.
   *
   * @param p80 when four of five would be there by that plan
   * @return whether it moved
   */
  public boolean planned(Instant delivery, Instant p80) {
    if (!hand.planned(delivery, p80)) {
      return false;
    }
    reason = "ROUTE_CHANGED";
    return true;
  }

  /** Taken from whoever has it, before the pickup: the old rider's token is worth nothing now. */
  public void reopen(String why, Fault whose, Instant now) {
    require(
        status == JobStatus.OFFERED || status == JobStatus.ASSIGNED || status == JobStatus.AT_STORE,
        "reopen");
    if (status != JobStatus.OFFERED) {
      decisions.handedBack(riderId, epoch, why, whose, now);
    }
    status = JobStatus.OPEN;
    epoch++;
    riderId = null;
    offerId = null;
    hand.end();
    decisions.settled();
    grabbed = false;
    openSince = now;
    because(why, whose);
  }

  /**
   * Its rider gives it to another one with the goods out: a new token, and a fresh deadline.
   *
   * @param planned when the other will be at the door; {@code p80}: when four of five would be
   */
  public void handOver(String toRider, Instant now, Instant planned, Instant p80) {
    require(mayBeHandedOver() && aboard(), "handOver");
    decisions.settled();
    status = JobStatus.PICKED_UP;
    epoch++;
    riderId = toRider;
    grabbed = false;
    hand.handedOver(now, planned, p80, promiseEnd);
    lastStepAt = now;
    because("HANDED_OVER", Fault.NONE);
  }

  /** Whether its rider may give it to another; goods that stand still only where it is stranded. */
  public boolean mayBeHandedOver() {
    return switch (status) {
      case ASSIGNED, AT_STORE, PICKED_UP, AT_CUSTOMER -> true;
      case EXCEPTION -> decisions.stranded() != null && decisions.stranded().epoch() == epoch;
      default -> false;
    };
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

  /**
   * It goes to another door, before the pickup. Whoever has it gets as much longer as the new way
   * takes longer: the customer changed something, that is nobody's lateness.
   *
   * @param planned when its rider will be there by the new route; null when nobody has it
   */
  void dropoff(GeoPoint door, BasePay present, Instant planned) {
    require(cancellable() && status != JobStatus.OFFERED, "dropoff");
    places.dropoff(door);
    pay.rerouted(present, status != JobStatus.OPEN);
    if (planned != null) {
      hand.rerouted(planned);
    }
    because("DROPOFF_CHANGED", Fault.CUSTOMER);
  }

  /** A legal step of the rider who has it. */
  public void step(Step step, Instant at, String why) {
    require(step.legalFrom(status), step.name());
    lastStepAt = at;
    hand.taken(step, at);
    if (step == Step.UNDELIVERABLE) {
      undeliverable(at, why);
      return;
    }
    status = step.to();
    endedAt = status.terminal() ? at : null;
    boolean back = step == Step.RETURNED;
    if (step == Step.DELIVERED) {
      decisions.goods(null);
    }
    because(back ? endedBy(step.name()) : step.name(), back ? fault : Fault.NONE);
  }

  /** The table of exceptions says where it goes: back, away, or before an operator. */
  private void undeliverable(Instant at, String why) {
    ExceptionReason row = ExceptionReason.find(why).orElse(null);
    Goods what =
        row != null
            ? row.goods(terms.perishable())
            : terms.perishable() ? Goods.DISPOSE : Goods.RETURN;
    decisions.settled();
    decisions.goods(what);
    if (row != null) {
      decisions.exception(row, what);
    }
    boolean unclear =
        row != null && row.endsAs().filter(end -> end == OrderStatus.EXCEPTION).isPresent();
    if (unclear) {
      status = JobStatus.EXCEPTION;
    } else if (what == Goods.DISPOSE) {
      status = JobStatus.RETURNED;
      endedAt = at;
    } else {
      status = JobStatus.RETURNING;
      decisions.goods(Goods.RETURN);
    }
    because(why == null ? Step.UNDELIVERABLE.name() : why, row == null ? Fault.NONE : row.fault());
  }

  /** Something went wrong, and it goes on all the same. */
  public void reported(ExceptionReason row) {
    decisions.exception(row, null);
    because(row.name(), row.fault());
  }

  /** Something an operator must look at. */
  public void except(String why, Fault whose, Instant now) {
    require(status.carried(), "except");
    if (status != JobStatus.RETURNING) {
      decisions.lost(riderId, epoch, why, whose, now);
    }
    status = JobStatus.EXCEPTION;
    ExceptionReason.find(why)
        .ifPresent(row -> decisions.exception(row, row.goods(terms.perishable())));
    because(why, whose);
  }

  /**
   * Positions prove its rider at one of its places.
   *
   * @return whether that is news: only the first proof counts, and an earlier one
   */
  public boolean seen(GeofenceEvent.Kind where, Instant at) {
    return hand.seen(where, at);
  }

  /**
   * When its rider came to the store: as positions prove it, where that is earlier than the tap;
   * but not before the job was theirs.
   */
  public Instant atStoreFrom() {
    return hand.atStoreFrom();
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
    if (outcome == JobStatus.DELIVERED) {
      decisions.goods(null);
    }
    lastStepAt = now;
    endedAt = now;
    Fault whose =
        ExceptionReason.find(why)
            .filter(row -> !row.presumed())
            .map(ExceptionReason::fault)
            .orElse(fault);
    because(outcome == JobStatus.RETURNED ? endedBy(why) : why, whose);
  }

  /** Goods came back because of something; that stays the reason. */
  private String endedBy(String otherwise) {
    return decisions.exception() == null || decisions.goods() == null
        ? otherwise
        : decisions.exception().name();
  }

  public void compensated(long millis) {
    hand.compensated(millis);
  }

  void lost(List<JobState.NoFaultDelay> delays) {
    hand.lost(delays);
  }

  void exemptedBy(List<String> codes) {
    hand.exemptedBy(codes);
  }

  /** The first moment a step may be dated: nothing happens before what it follows. */
  public Instant lastStepAt() {
    return lastStepAt;
  }

  /** Whether the step was taken before, on the present assignment. */
  public boolean hasTaken(Step step) {
    return switch (step) {
      case ARRIVED_STORE -> hand.arrivedStoreAt() != null;
      case PICKED_UP -> hand.pickedUpAt() != null;
      case ARRIVED_CUSTOMER -> hand.arrivedCustomerAt() != null;
      case DELIVERED -> status == JobStatus.DELIVERED;
      case UNDELIVERABLE ->
          status == JobStatus.RETURNING
              || status == JobStatus.RETURNED
              || (status == JobStatus.EXCEPTION && decisions.goods() != null);
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
    return PublishedJob.of(this);
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
    return places.pickup();
  }

  public GeoPoint dropoff() {
    return places.dropoff();
  }

  @Override
  public PromisedPay pay() {
    return pay;
  }

  public TimeWindow promise() {
    return new TimeWindow(promiseStart, promiseEnd);
  }

  /** When it ended; null when it has not. */
  public Instant endedAt() {
    return endedAt;
  }

  /** When the goods are or will be ready, as far as anybody knows. */
  public Instant readyOrExpected() {
    if (terms.readyAt() != null) {
      return terms.readyAt();
    }
    return terms.expectedReadyAt() != null ? terms.expectedReadyAt() : dispatchedFrom();
  }

  public Instant riderDeadline() {
    return hand.riderDeadline();
  }

  public Instant plannedDeliveryAt() {
    return hand.plannedDeliveryAt();
  }

  /** Until when dispatch waits on purpose; null when it does not. */
  public Instant holdUntil() {
    return holdUntil;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Since when it is open and may be given out; null when it never was. */
  public Instant openSince() {
    Instant release = terms.releaseAt();
    return openSince != null && release != null && release.isAfter(openSince) ? release : openSince;
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

  String merchantId() {
    return merchantId;
  }

  int declines() {
    return declines;
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

  public String cityId() {
    return cityId;
  }

  public Instant acceptedAt() {
    return hand.acceptedAt();
  }

  public Instant arrivedStoreAt() {
    return hand.arrivedStoreAt();
  }

  public Instant pickedUpAt() {
    return hand.pickedUpAt();
  }

  public String reason() {
    return reason;
  }

  /** What is so while one rider has it. */
  InHand hand() {
    return hand;
  }

  @Override
  public OrderTerms terms() {
    return terms;
  }

  /** What was decided about its wishes and about what went wrong. */
  public Decisions decisions() {
    return decisions;
  }

  public Fault fault() {
    return fault;
  }

  /** When its life began as far as riders and kitchens go: placed, or released. */
  public Instant dispatchedFrom() {
    Instant release = terms.releaseAt();
    return release != null && release.isAfter(createdAt) ? release : createdAt;
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
