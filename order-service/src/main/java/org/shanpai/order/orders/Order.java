package org.shanpai.order.orders;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hibernate.annotations.DynamicUpdate;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.OrderStatus;

/**
 * An order as its merchant sees it. Its delivery status is a projection of the job, which
 * dispatch-service owns. Changed only under the row's lock; every change that someone else may see
 * raises the version by one. Instants are city time.
 */
@Entity
@Table(name = "orders")
@DynamicUpdate
public class Order {

  @Id
  @Column(name = "order_id")
  private String orderId;

  @Column(name = "merchant_id")
  private String merchantId;

  @Column(name = "store_id")
  private String storeId;

  @Column(name = "area_id")
  private String areaId;

  @Column(name = "merchant_order_no")
  private String merchantOrderNo;

  private long version;

  @Enumerated(EnumType.STRING)
  private OrderStatus status;

  private String reason;

  @Enumerated(EnumType.STRING)
  private Fault fault;

  @Column(name = "status_at")
  private Instant statusAt;

  @Column(name = "pickup_lat")
  private double pickupLat;

  @Column(name = "pickup_lon")
  private double pickupLon;

  @Column(name = "dropoff_lat")
  private double dropoffLat;

  @Column(name = "dropoff_lon")
  private double dropoffLon;

  @Column(name = "distance_metres")
  private int distanceMetres;

  @Convert(converter = ItemsColumn.class)
  private List<Item> items;

  @Column(name = "load_units")
  private int loadUnits;

  @Column(name = "weight_grams")
  private int weightGrams;

  @Convert(converter = NeedsColumn.class)
  private Set<String> needs;

  private boolean direct;

  @Column(name = "goods_value_fen")
  private long goodsValueFen;

  @Column(name = "delivery_fee_fen")
  private long deliveryFeeFen;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "promise_start")
  private Instant promiseStart;

  @Column(name = "promise_end")
  private Instant promiseEnd;

  @Column(name = "expected_ready_at")
  private Instant expectedReadyAt;

  @Column(name = "ready_at")
  private Instant readyAt;

  @Column(name = "cancel_requested_at")
  private Instant cancelRequestedAt;

  @Column(name = "cancel_reason")
  private String cancelReason;

  @Enumerated(EnumType.STRING)
  @Column(name = "cancel_outcome")
  private CancelOutcome cancelOutcome;

  @Column(name = "return_received_at")
  private Instant returnReceivedAt;

  @Column(name = "job_version")
  private long jobVersion;

  @Column(name = "job_epoch")
  private long jobEpoch;

  @Column(name = "rider_id")
  private String riderId;

  @Column(name = "planned_pickup_at")
  private Instant plannedPickupAt;

  @Column(name = "planned_delivery_at")
  private Instant plannedDeliveryAt;

  private boolean sandbox;

  @Column(name = "customer_key")
  private String customerKey;

  @Embedded
  @AttributeOverride(name = "digits", column = @Column(name = "pickup_code"))
  @AttributeOverride(name = "tries", column = @Column(name = "pickup_tries"))
  @AttributeOverride(name = "lockedUntil", column = @Column(name = "wall_pickup_locked_until"))
  private HandoverCode pickupCode;

  @Embedded
  @AttributeOverride(name = "digits", column = @Column(name = "delivery_code"))
  @AttributeOverride(name = "tries", column = @Column(name = "delivery_tries"))
  @AttributeOverride(name = "lockedUntil", column = @Column(name = "wall_delivery_locked_until"))
  private HandoverCode deliveryCode;

  @Embedded private Terms terms;

  @Embedded private Requests requests = new Requests();

  @Embedded private Course course = new Course();

  @Embedded private Packed packed = Packed.UNTOLD;

  protected Order() {}

  /** A new order, version 1. */
  public Order(NewOrder born) {
    orderId = born.orderId().value();
    merchantId = born.merchantId().value();
    storeId = born.storeId().value();
    areaId = born.areaId().value();
    merchantOrderNo = born.merchantOrderNo();
    version = 1;
    status = OrderStatus.CREATED;
    statusAt = born.createdAt();
    pickupLat = born.pickup().lat();
    pickupLon = born.pickup().lon();
    dropoffLat = born.dropoff().lat();
    dropoffLon = born.dropoff().lon();
    distanceMetres = born.distanceMetres();
    items = List.copyOf(born.items());
    loadUnits = born.loadUnits();
    weightGrams = born.weightGrams();
    needs = Set.copyOf(born.needs());
    direct = born.direct();
    goodsValueFen = born.goodsValue().fen();
    deliveryFeeFen = born.deliveryFee().fen();
    createdAt = born.createdAt();
    promiseStart = born.promise().start();
    promiseEnd = born.promise().end();
    expectedReadyAt = born.expectedReadyAt();
    pickupCode = new HandoverCode(born.pickupCode());
    deliveryCode = new HandoverCode(born.deliveryCode());
    terms = born.terms();
  }

  /** Tells how a new order is packed. */
  public Order packed(Packed how) {
    packed = how;
    return this;
  }

  /** Makes a new order one that only plays a life: it costs nothing. */
  public Order inSandbox() {
    sandbox = true;
    deliveryFeeFen = 0;
    return this;
  }

  /**
   * Notes what dispatch knows the customer by; whoever calls it tells the change. Nobody is known
   * by an order that only plays a life.
   */
  public void customer(String key) {
    customerKey = sandbox ? null : key;
  }

  /** The customer's data is erased: dispatch is not to know them again by this order. */
  public void forgetCustomer() {
    customerKey = null;
    version++;
  }

  /**
   * Takes over what dispatch-service says about the job.
   *
   * @param at when it happened, city time
   * @return what a merchant must be told; empty when nothing they can see changed, or when the
   *     state is not newer than the one already known
   * @throws IllegalStateException when no legal steps lead to the new status
   */
  public Optional<EntryKind> follow(JobState job, Instant at) {
    if (job.version() <= jobVersion) {
      return Optional.empty();
    }
    OrderStatus next = StatusTable.of(job.status());
    if (!StatusTable.mayFollow(status, next)) {
      throw new IllegalStateException(
          "Order "
              + orderId
              + " is "
              + status
              + " and cannot become "
              + next
              + " (job version "
              + job.version()
              + ").");
    }
    jobVersion = job.version();
    jobEpoch = job.epoch();
    course.follow(job);
    plannedPickupAt = job.plannedPickupAt();
    plannedDeliveryAt = job.plannedDeliveryAt();
    // Whoever merely has it offered is not the order's rider.
    String nextRider =
        next == OrderStatus.DISPATCHING || job.riderId() == null ? null : job.riderId().value();
    boolean tooLate = job.cancelRefused() || (next.terminal() && next != OrderStatus.CANCELLED);
    boolean refusedNow = tooLate && cancelOutcome == CancelOutcome.REQUESTED;
    boolean statusChanged = next != status || !Objects.equals(nextRider, riderId);
    if (!statusChanged && !refusedNow) {
      return Optional.empty();
    }
    if (refusedNow) {
      cancelOutcome = CancelOutcome.REFUSED;
      requests.cancelRefused();
    } else if (next == OrderStatus.CANCELLED && cancelOutcome == CancelOutcome.REQUESTED) {
      cancelOutcome = CancelOutcome.CANCELLED;
    }
    if (statusChanged) {
      if (!cameBackAsExpected(next, job.reason())) {
        reason = job.reason();
        fault = job.fault() == null ? Fault.NONE : job.fault();
      }
      status = next;
      statusAt = at;
      riderId = nextRider;
    }
    version++;
    return Optional.of(statusChanged ? EntryKind.STATUS : EntryKind.CANCEL_REFUSED);
  }

  /** The end of a way back is its own step; what sent the goods back remains the reason. */
  private boolean cameBackAsExpected(OrderStatus next, String why) {
    return next == OrderStatus.RETURNED
        && (status == OrderStatus.RETURNING || status == OrderStatus.EXCEPTION)
        && ExceptionReason.find(why).isEmpty();
  }

  /**
   * Notes that the merchant wants it cancelled; dispatch decides.
   *
   * @param whose whose doing it is
   * @param feeFen what it costs when dispatch agrees
   */
  public void requestCancel(String why, Fault whose, long feeFen, Instant now) {
    cancelRequestedAt = now;
    cancelReason = why;
    cancelOutcome = CancelOutcome.REQUESTED;
    requests.cancel(whose, feeFen);
    version++;
  }

  /** Notes the tip, all of it. */
  public void tip(long fen) {
    requests.tip(fen);
    version++;
  }

  /** Notes that the goods should go elsewhere; dispatch decides. */
  public void askDoor(GeoPoint door, long differenceFen) {
    requests.askDoor(door, differenceFen);
    version++;
  }

  /** Sends the goods to the door that was asked for, with what it makes of the fee. */
  public void applyDoor(int metres) {
    GeoPoint door = requests.askedDoor();
    dropoffLat = door.lat();
    dropoffLon = door.lon();
    distanceMetres = metres;
    requests.decideDoor(true);
    deliveryFeeFen += requests.changeAskedFen();
    version++;
  }

  /** The door that was asked for came too late. */
  public void refuseDoor() {
    requests.decideDoor(false);
    version++;
  }

  /** Notes that the merchant wants another rider; dispatch decides. */
  public void askRedispatch(Instant now) {
    requests.askRedispatch(now, jobEpoch);
    version++;
  }

  /** Notes that the merchant wants the goods back that are on their way; dispatch decides. */
  public void askReturn(Instant now) {
    requests.askReturn(now);
    version++;
  }

  /** Notes that the goods were not ready when the merchant said so. */
  public void readyWasFalse() {
    course.readyWasFalse();
    version++;
  }

  /** Notes what the merchant reports; it changes nothing else of the order. */
  public void reported(ExceptionReason what) {
    version++;
    requests.reported(what, version);
  }

  /** Makes room in the history for something that changes nothing of the order itself. */
  public void remark() {
    version++;
  }

  /** Writes the bill of an order that has ended. */
  public void bill(List<Charge> charges) {
    course.bill(charges);
  }

  /** Notes that the goods wait to be picked up. */
  public void markReady(Instant now) {
    readyAt = now;
    version++;
  }

  /** Notes a new time the kitchen means to be ready. */
  public void expectReadyAt(Instant when) {
    expectedReadyAt = when;
    version++;
  }

  /** Notes that the store has the goods back. */
  public void markReturnReceived(Instant now) {
    returnReceivedAt = now;
    version++;
  }

  /** What the other services are told. */
  public OrderState state(CityId city) {
    return PublishedOrder.of(this, city);
  }

  public OrderId id() {
    return new OrderId(orderId);
  }

  public MerchantId merchantId() {
    return new MerchantId(merchantId);
  }

  public StoreId storeId() {
    return new StoreId(storeId);
  }

  public AreaId areaId() {
    return new AreaId(areaId);
  }

  /** The merchant's own number, or null. */
  public String merchantOrderNo() {
    return merchantOrderNo;
  }

  public long version() {
    return version;
  }

  public OrderStatus status() {
    return status;
  }

  /** Code of the last change of status, or null. */
  public String reason() {
    return reason;
  }

  /** Whose doing the last change of status is, or null. */
  public Fault fault() {
    return fault;
  }

  public Instant statusAt() {
    return statusAt;
  }

  public GeoPoint pickup() {
    return new GeoPoint(pickupLat, pickupLon);
  }

  public GeoPoint dropoff() {
    return new GeoPoint(dropoffLat, dropoffLon);
  }

  public int distanceMetres() {
    return distanceMetres;
  }

  public List<Item> items() {
    return items;
  }

  public int loadUnits() {
    return loadUnits;
  }

  public int weightGrams() {
    return weightGrams;
  }

  public Set<String> needs() {
    return needs;
  }

  public boolean direct() {
    return direct;
  }

  public Money goodsValue() {
    return Money.ofFen(goodsValueFen);
  }

  public Money deliveryFee() {
    return Money.ofFen(deliveryFeeFen);
  }

  public Instant createdAt() {
    return createdAt;
  }

  public TimeWindow promise() {
    return new TimeWindow(promiseStart, promiseEnd);
  }

  public Instant expectedReadyAt() {
    return expectedReadyAt;
  }

  /** Null until the merchant said ready. */
  public Instant readyAt() {
    return readyAt;
  }

  public Instant cancelRequestedAt() {
    return cancelRequestedAt;
  }

  public String cancelReason() {
    return cancelReason;
  }

  /** Null while nobody asked to cancel. */
  public CancelOutcome cancelOutcome() {
    return cancelOutcome;
  }

  public Instant returnReceivedAt() {
    return returnReceivedAt;
  }

  /** The rider who has accepted it, or null. */
  public RiderId riderId() {
    return riderId == null ? null : new RiderId(riderId);
  }

  /** The fencing token of the job as last heard. */
  public long jobEpoch() {
    return jobEpoch;
  }

  /** What dispatch knows the customer by; null for nothing. */
  public String customerKey() {
    return customerKey;
  }

  public Instant plannedPickupAt() {
    return plannedPickupAt;
  }

  public Instant plannedDeliveryAt() {
    return plannedDeliveryAt;
  }

  /** Whether it only plays a life and must never reach dispatch, Kafka or a real rider. */
  public boolean sandbox() {
    return sandbox;
  }

  /** What was agreed when it was taken in. */
  public Packed packed() {
    return packed;
  }

  public Terms terms() {
    return terms;
  }

  /** What was asked for since. */
  public Requests requests() {
    return requests;
  }

  /** How its job went. */
  public Course course() {
    return course;
  }

  public HandoverCode pickupCode() {
    return pickupCode;
  }

  public HandoverCode deliveryCode() {
    return deliveryCode;
  }
}
