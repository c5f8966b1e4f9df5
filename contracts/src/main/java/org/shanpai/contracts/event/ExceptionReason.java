package org.shanpai.contracts.event;

import static org.shanpai.contracts.event.ExceptionReason.Clock.COMPENSATED;
import static org.shanpai.contracts.event.ExceptionReason.Clock.EXEMPT;
import static org.shanpai.contracts.event.ExceptionReason.Clock.RUNS;
import static org.shanpai.contracts.event.ExceptionReason.Clock.STOPS;
import static org.shanpai.contracts.event.ExceptionReason.Reporter.CUSTOMER;
import static org.shanpai.contracts.event.ExceptionReason.Reporter.MERCHANT;
import static org.shanpai.contracts.event.ExceptionReason.Reporter.OPERATOR;
import static org.shanpai.contracts.event.ExceptionReason.Reporter.PLATFORM;
import static org.shanpai.contracts.event.ExceptionReason.Reporter.RIDER;
import static org.shanpai.contracts.event.ExceptionReason.Stage.AFTERWARDS;
import static org.shanpai.contracts.event.ExceptionReason.Stage.BEFORE_PICKUP;
import static org.shanpai.contracts.event.ExceptionReason.Stage.WITH_GOODS;
import static org.shanpai.contracts.event.ExtraPay.Kind.RETURN;
import static org.shanpai.contracts.event.ExtraPay.Kind.WAIT;
import static org.shanpai.contracts.event.ExtraPay.Kind.WASTED_TRIP;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one table of what can go wrong with an order (配送异常). Code, pages, tests and {@code
 * docs/exceptions.md} are driven by it: who may report it, what proves it, what it does to the
 * rider's clock, whose doing it is, what becomes of the goods, what the rider is paid, what the
 * merchant owes, and where the order goes.
 *
 * <p>Codes that were in use before the table, and those of riders' phones, are found by {@link
 * #find}.
 */
public enum ExceptionReason {
  STORE_CLOSED(
      row("门店打烊", "The store is closed")
          .reportedBy(MERCHANT, RIDER, OPERATOR)
          .during(BEFORE_PICKUP)
          .provenBy(Evidence.POSITION, Evidence.PHOTO)
          .clock(STOPS, "E1")
          .fault(Fault.MERCHANT)
          .goods(Goods.STAY_AT_STORE, Goods.STAY_AT_STORE)
          .pay(false, WASTED_TRIP, WAIT)
          .owes(Fee.TRIP, OrderStatus.CANCELLED)),
  SOLD_OUT(
      row("商品售罄", "The goods are sold out")
          .reportedBy(MERCHANT, RIDER, OPERATOR)
          .during(BEFORE_PICKUP)
          .provenBy(Evidence.POSITION, Evidence.PHOTO)
          .clock(STOPS, "E1")
          .fault(Fault.MERCHANT)
          .goods(Goods.STAY_AT_STORE, Goods.STAY_AT_STORE)
          .pay(false, WASTED_TRIP, WAIT)
          .owes(Fee.TRIP, OrderStatus.CANCELLED)),
  SLOW_KITCHEN(
      row("出餐慢", "The kitchen is later than it promised")
          .reportedBy(MERCHANT, RIDER, OPERATOR, PLATFORM)
          .during(BEFORE_PICKUP)
          .provenBy(Evidence.POSITION)
          .clock(COMPENSATED, "E1")
          .fault(Fault.MERCHANT)
          .goods(Goods.STAY_AT_STORE, Goods.STAY_AT_STORE)
          .pay(true, WAIT)
          .owes(Fee.FULL, null)
          .alsoCalled("MERCHANT_SLOW", "PREPARATION_LATE")),
  FALSE_READY(
      row("虚假出餐", "Ready was pressed while the goods were not")
          .reportedBy(RIDER, OPERATOR, PLATFORM)
          .during(BEFORE_PICKUP)
          .provenBy(Evidence.POSITION)
          .clock(COMPENSATED, "E1")
          .fault(Fault.MERCHANT)
          .goods(Goods.STAY_AT_STORE, Goods.STAY_AT_STORE)
          .pay(true, WAIT)
          .owes(Fee.FULL, null)),
  CUSTOMER_UNREACHABLE(
      row("顾客联系不上", "Nobody opens and no number answers")
          .reportedBy(RIDER, OPERATOR)
          .during(WITH_GOODS)
          .provenBy(Evidence.POSITION, Evidence.CALL_LOG)
          .clock(STOPS, "E4")
          .fault(Fault.CUSTOMER)
          .goods(Goods.RETURN, Goods.DISPOSE)
          .pay(true, WAIT, RETURN)
          .owes(Fee.FULL_AND_RETURN, OrderStatus.RETURNING)),
  CUSTOMER_REFUSED(
      row("顾客拒收", "The customer does not take the goods")
          .reportedBy(RIDER, CUSTOMER, OPERATOR)
          .during(WITH_GOODS)
          .provenBy(Evidence.POSITION, Evidence.CALL_LOG)
          .clock(STOPS, "E4")
          .fault(Fault.CUSTOMER)
          .goods(Goods.RETURN, Goods.DISPOSE)
          .pay(true, WAIT, RETURN)
          .owes(Fee.FULL_AND_RETURN, OrderStatus.RETURNING)),
  WRONG_ADDRESS(
      row("地址有误", "The address does not lead to the customer")
          .reportedBy(RIDER, CUSTOMER, MERCHANT, OPERATOR)
          .during(WITH_GOODS)
          .provenBy(Evidence.POSITION, Evidence.CALL_LOG)
          .clock(STOPS, "E5")
          .fault(Fault.CUSTOMER)
          .goods(Goods.RETURN, Goods.DISPOSE)
          .pay(true, WAIT, RETURN)
          .owes(Fee.FULL_AND_RETURN, OrderStatus.RETURNING)),
  ADDRESS_CHANGED(
      row("取货后改地址", "The customer wants another door after the pickup")
          .reportedBy(CUSTOMER, MERCHANT, RIDER, OPERATOR)
          .during(WITH_GOODS)
          .provenBy(Evidence.CALL_LOG)
          .clock(EXEMPT, "E5")
          .fault(Fault.CUSTOMER)
          .goods(Goods.REDELIVER, Goods.REDELIVER)
          .pay(true)
          .owes(Fee.FULL, null)),
  /** The goods come back whatever they are: the store wants to have them, not to have them gone. */
  MERCHANT_RECALLED(
      row("商家召回", "The merchant wants the goods back that are on their way")
          .reportedBy(MERCHANT, OPERATOR)
          .during(WITH_GOODS)
          .provenBy(Evidence.NONE)
          .clock(STOPS, "E1")
          .fault(Fault.MERCHANT)
          .goods(Goods.RETURN, Goods.RETURN)
          .pay(true, RETURN)
          .owes(Fee.FULL_AND_RETURN, OrderStatus.RETURNING)),
  /**
   * Age, prescription or identity. Never left at a drop point, and brought back even when
   * perishable: what needs a check to be handed over is not thrown away on the street.
   */
  FAILED_CHECK(
      row("核验未通过", "The check of age, prescription or identity failed")
          .reportedBy(RIDER, OPERATOR)
          .during(WITH_GOODS)
          .provenBy(Evidence.POSITION)
          .clock(STOPS, "E4")
          .fault(Fault.CUSTOMER)
          .goods(Goods.RETURN, Goods.RETURN)
          .pay(true, WAIT, RETURN)
          .owes(Fee.FULL_AND_RETURN, OrderStatus.RETURNING)),
  SPILLED(
      row("餐品洒损", "The goods are spilled or broken")
          .reportedBy(RIDER, CUSTOMER, OPERATOR)
          .during(WITH_GOODS, AFTERWARDS)
          .provenBy(Evidence.PHOTO)
          .clock(RUNS, null)
          .presumed(Fault.RIDER)
          .goods(Goods.DISPOSE, Goods.DISPOSE)
          .pay(false)
          .owes(Fee.NONE, OrderStatus.EXCEPTION)
          .alsoCalled("GOODS_DAMAGED")),
  GOODS_MISSING(
      row("商品缺失", "Something is not there")
          .reportedBy(MERCHANT, RIDER, CUSTOMER, OPERATOR)
          .during(WITH_GOODS, AFTERWARDS)
          .provenBy(Evidence.PHOTO, Evidence.CODE)
          .clock(RUNS, null)
          .presumed(Fault.RIDER)
          .goods(Goods.REDELIVER, Goods.REDELIVER)
          .pay(false)
          .owes(Fee.NONE, OrderStatus.EXCEPTION)),
  GATE_BLOCKED(
      row("门禁或道路受阻", "A gate, a road or a lift is blocked")
          .reportedBy(RIDER, OPERATOR)
          .during(BEFORE_PICKUP, WITH_GOODS)
          .provenBy(Evidence.PHOTO, Evidence.POSITION)
          .clock(EXEMPT, "E3")
          .fault(Fault.NONE)
          .goods(Goods.REDELIVER, Goods.REDELIVER)
          .pay(true, WAIT)
          .owes(Fee.FULL, null)
          .alsoCalled("ROAD_BLOCKED", "LIFT_BROKEN")),
  ACCIDENT(
      row("交通事故", "The rider had an accident")
          .reportedBy(RIDER, OPERATOR)
          .during(BEFORE_PICKUP, WITH_GOODS)
          .provenBy(Evidence.POSITION, Evidence.PHOTO)
          .clock(EXEMPT, "E7")
          .fault(Fault.NONE)
          .goods(Goods.REDELIVER, Goods.DISPOSE)
          .pay(true)
          .owes(Fee.NONE, OrderStatus.EXCEPTION)
          .alsoCalled("RIDER_ACCIDENT")),
  BREAKDOWN(
      row("车辆故障", "The rider's vehicle broke down")
          .reportedBy(RIDER, OPERATOR)
          .during(BEFORE_PICKUP, WITH_GOODS)
          .provenBy(Evidence.PHOTO, Evidence.POSITION)
          .clock(EXEMPT, "E7")
          .fault(Fault.NONE)
          .goods(Goods.REDELIVER, Goods.DISPOSE)
          .pay(true)
          .owes(Fee.NONE, OrderStatus.EXCEPTION)
          .alsoCalled("BIKE_BROKEN", "VEHICLE_BROKEN")),
  PHONE_DEAD(
      row("骑手手机故障", "The rider's phone is dead")
          .reportedBy(RIDER, OPERATOR, PLATFORM)
          .during(BEFORE_PICKUP, WITH_GOODS)
          .provenBy(Evidence.TRACK)
          .clock(RUNS, null)
          .fault(Fault.NONE)
          .goods(Goods.REDELIVER, Goods.REDELIVER)
          .pay(true)
          .owes(Fee.FULL, null)
          .alsoCalled("RIDER_OFFLINE")),
  RIDER_LOST(
      row("骑手失联", "Nothing is heard of the rider")
          .reportedBy(CUSTOMER, MERCHANT, OPERATOR, PLATFORM)
          .during(BEFORE_PICKUP, WITH_GOODS)
          .provenBy(Evidence.TRACK)
          .clock(RUNS, null)
          .presumed(Fault.RIDER)
          .goods(Goods.REDELIVER, Goods.DISPOSE)
          .pay(false)
          .owes(Fee.NONE, OrderStatus.EXCEPTION)
          .alsoCalled("RIDER_SILENT")),
  BAD_WEATHER(
      row("恶劣天气", "The weather does not let the rider go on")
          .reportedBy(RIDER, OPERATOR, PLATFORM)
          .during(BEFORE_PICKUP, WITH_GOODS)
          .provenBy(Evidence.POSITION)
          .clock(EXEMPT, "E2")
          .fault(Fault.WEATHER)
          .goods(Goods.RETURN, Goods.DISPOSE)
          .pay(true, RETURN)
          .owes(Fee.NONE, OrderStatus.RETURNING)),
  RED_ALERT(
      row("红色预警", "A red alert came while the goods were on the way")
          .reportedBy(OPERATOR, PLATFORM)
          .during(WITH_GOODS)
          .provenBy(Evidence.NONE)
          .clock(EXEMPT, "E2")
          .fault(Fault.WEATHER)
          .goods(Goods.REDELIVER, Goods.DISPOSE)
          .pay(true, RETURN)
          .owes(Fee.NONE, OrderStatus.EXCEPTION)),
  NO_GO_ZONE(
      row("禁行区", "The way became forbidden")
          .reportedBy(OPERATOR, PLATFORM)
          .during(BEFORE_PICKUP, WITH_GOODS)
          .provenBy(Evidence.NONE)
          .clock(EXEMPT, "E6")
          .fault(Fault.PLATFORM)
          .goods(Goods.RETURN, Goods.DISPOSE)
          .pay(true, WASTED_TRIP, RETURN)
          .owes(Fee.NONE, OrderStatus.EXCEPTION)),
  NOBODY_ACCEPTS(
      row("无人接单", "No rider takes it")
          .reportedBy(MERCHANT, OPERATOR, PLATFORM)
          .during(BEFORE_PICKUP)
          .provenBy(Evidence.NONE)
          .clock(RUNS, null)
          .fault(Fault.PLATFORM)
          .goods(Goods.STAY_AT_STORE, Goods.STAY_AT_STORE)
          .pay(false)
          .owes(Fee.NONE, OrderStatus.CANCELLED)
          .alsoCalled("NOBODY_ACCEPTED", "NO_COURIER", "FREE_CANCEL")),
  FATIGUE_LIMIT(
      row("疲劳保护", "The rider must rest")
          .reportedBy(OPERATOR, PLATFORM)
          .during(BEFORE_PICKUP)
          .provenBy(Evidence.NONE)
          .clock(EXEMPT, "E8")
          .fault(Fault.NONE)
          .goods(Goods.STAY_AT_STORE, Goods.STAY_AT_STORE)
          .pay(false)
          .owes(Fee.FULL, null)),
  PLATFORM_FAULT(
      row("平台故障", "The platform did it")
          .reportedBy(OPERATOR, PLATFORM)
          .during(BEFORE_PICKUP, WITH_GOODS, AFTERWARDS)
          .provenBy(Evidence.NONE)
          .clock(EXEMPT, "E6")
          .fault(Fault.PLATFORM)
          .goods(Goods.RETURN, Goods.DISPOSE)
          .pay(true, WASTED_TRIP, WAIT, RETURN)
          .owes(Fee.NONE, OrderStatus.EXCEPTION)
          .alsoCalled("OPERATOR_CANCELLED", "OPERATOR_REASSIGNED", "REASSIGNED", "NO_WAY")),
  /** Suspected only: a desk looks at it, nobody is punished by it. */
  PRIVATE_DELIVERY(
      row("疑似跳单", "A track that leads to the door after a cancel")
          .reportedBy(MERCHANT, CUSTOMER, OPERATOR, PLATFORM)
          .during(AFTERWARDS)
          .provenBy(Evidence.TRACK)
          .clock(RUNS, null)
          .fault(Fault.NONE)
          .goods(Goods.STAY_AT_STORE, Goods.STAY_AT_STORE)
          .pay(false)
          .owes(Fee.NONE, null));

  /** Who may report it. */
  public enum Reporter {
    MERCHANT,
    RIDER,
    CUSTOMER,
    OPERATOR,
    /** The platform notices by itself. */
    PLATFORM
  }

  /** When it can happen. */
  public enum Stage {
    /** The goods are at the store. */
    BEFORE_PICKUP,
    /** A rider has the goods. */
    WITH_GOODS,
    /** The order has ended. */
    AFTERWARDS
  }

  /** What proves it; any one of the kinds that a row names is enough. */
  public enum Evidence {
    /** The platform knows by itself, or the word of whoever reports it is taken. */
    NONE,
    /** A photo taken on the spot. */
    PHOTO,
    /** Trusted positions at the store, the door or the place told. */
    POSITION,
    /** Calls made from inside the geofence. */
    CALL_LOG,
    /** The hand-over code that was, or was not, given. */
    CODE,
    /** Where the rider went, or that nothing was heard. */
    TRACK
  }

  /** What it does to the rider's clock. */
  public enum Clock {
    /** Nothing. */
    RUNS,
    /** It stands still until the matter is solved; what follows is not the rider's time. */
    STOPS,
    /** The deadline moves by what the kitchen cost. */
    COMPENSATED,
    /** A delivery all the same counts as on time, however late. */
    EXEMPT
  }

  /** What the merchant owes when the order ends by it, or goes on in spite of it. */
  public enum Fee {
    /** Nothing for the delivery. */
    NONE,
    /** A rider's way to the store. */
    TRIP,
    /** The delivery fee. */
    FULL,
    /** The delivery fee, and the way back when the goods are brought back. */
    FULL_AND_RETURN
  }

  /**
   * What a rider gets when an order ends by it.
   *
   * @param base the job's pay
   * @param extras what may come besides, each when it applies: a trip to a store in vain, a wait
   *     beyond the usual, goods brought back
   */
  public record Pay(boolean base, Set<ExtraPay.Kind> extras) {}

  private static final Map<String, ExceptionReason> BY_CODE = new HashMap<>();

  static {
    for (ExceptionReason reason : values()) {
      put(reason.name(), reason);
      reason.row.codes.forEach(code -> put(code, reason));
    }
  }

  private final Row row;

  ExceptionReason(Row row) {
    this.row = row;
  }

  /**
   * The row of a reason code.
   *
   * @param code as riders, merchants, operators and dispatch give it; null for none
   * @return empty for a code that is none of an exception, such as {@code ACCEPTED}
   */
  public static Optional<ExceptionReason> find(String code) {
    return code == null ? Optional.empty() : Optional.ofNullable(BY_CODE.get(code));
  }

  /** What it is called in Chinese. */
  public String chinese() {
    return row.chinese;
  }

  /** What it is called in English. */
  public String english() {
    return row.english;
  }

  /** Other codes that mean the same. */
  public List<String> codes() {
    return row.codes;
  }

  public Set<Reporter> reporters() {
    return row.reporters;
  }

  public Set<Stage> stages() {
    return row.stages;
  }

  /** Any one of these proves it. */
  public Set<Evidence> evidence() {
    return row.evidence;
  }

  public Clock clock() {
    return row.clock;
  }

  /** The exemption of the score rules that covers it, {@code E1}–{@code E8}; empty for none. */
  public Optional<String> exemption() {
    return Optional.ofNullable(row.exemption);
  }

  /** Whose doing it is; where {@link #presumed()}, until a person decides otherwise. */
  public Fault fault() {
    return row.fault;
  }

  /**
   * The fault is a presumption. It settles at once between merchant and platform; a rider's score
   * it touches only when a named person upholds it.
   */
  public boolean presumed() {
    return row.presumed;
  }

  /**
   * What becomes of goods that have left the store; before that they stay there.
   *
   * @param perishable perishables are disposed of, not brought back
   */
  public Goods goods(boolean perishable) {
    return perishable ? row.perishables : row.goods;
  }

  public Pay pay() {
    return row.pay;
  }

  public Fee fee() {
    return row.fee;
  }

  /** The status it leads to; empty when the order goes on, or has ended already. */
  public Optional<OrderStatus> endsAs() {
    return Optional.ofNullable(row.endsAs);
  }

  private static void put(String code, ExceptionReason reason) {
    if (BY_CODE.put(code, reason) != null) {
      throw new IllegalStateException("two rows for " + code);
    }
  }

  private static Row row(String chinese, String english) {
    return new Row(chinese, english);
  }

  /** A row while it is written down. */
  private static final class Row {
    private final String chinese;
    private final String english;
    private List<String> codes = List.of();
    private Set<Reporter> reporters;
    private Set<Stage> stages;
    private Set<Evidence> evidence;
    private Clock clock;
    private String exemption;
    private Fault fault;
    private boolean presumed;
    private Goods goods;
    private Goods perishables;
    private Pay pay;
    private Fee fee;
    private OrderStatus endsAs;

    private Row(String chinese, String english) {
      this.chinese = chinese;
      this.english = english;
    }

    private Row reportedBy(Reporter... who) {
      reporters = setOf(who);
      return this;
    }

    private Row during(Stage... when) {
      stages = setOf(when);
      return this;
    }

    private Row provenBy(Evidence... what) {
      evidence = setOf(what);
      return this;
    }

    private Row clock(Clock does, String rule) {
      clock = does;
      exemption = rule;
      return this;
    }

    private Row fault(Fault whose) {
      fault = whose;
      return this;
    }

    private Row presumed(Fault whose) {
      presumed = true;
      return fault(whose);
    }

    private Row goods(Goods lasting, Goods perishable) {
      goods = lasting;
      perishables = perishable;
      return this;
    }

    private Row pay(boolean base, ExtraPay.Kind... extras) {
      pay = new Pay(base, setOf(ExtraPay.Kind.class, extras));
      return this;
    }

    private Row owes(Fee what, OrderStatus status) {
      fee = what;
      endsAs = status;
      return this;
    }

    private Row alsoCalled(String... names) {
      codes = List.of(names);
      return this;
    }

    private static <E extends Enum<E>> Set<E> setOf(E[] values) {
      return setOf(values[0].getDeclaringClass(), values);
    }

    private static <E extends Enum<E>> Set<E> setOf(Class<E> type, E[] values) {
      Set<E> set = EnumSet.noneOf(type);
      Collections.addAll(set, values);
      return Collections.unmodifiableSet(set);
    }
  }
}
