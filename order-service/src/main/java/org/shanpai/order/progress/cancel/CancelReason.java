package org.shanpai.order.progress.cancel;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.shanpai.contracts.event.Fault;

/**
 * Why a merchant may ask for a cancel, and whose doing that is. A reason that blames somebody else
 * holds only when what the platform itself saw bears it out; else it is the merchant's own wish.
 */
public enum CancelReason {
  CUSTOMER_CHANGED_MIND("顾客不想要了", Fault.CUSTOMER, Proof.NOT_NEEDED),
  CUSTOMER_CANCELLED("顾客取消", Fault.CUSTOMER, Proof.NOT_NEEDED),
  CUSTOMER_UNREACHABLE("顾客联系不上", Fault.CUSTOMER, Proof.NOT_NEEDED),
  WRONG_ADDRESS("地址有误", Fault.CUSTOMER, Proof.NOT_NEEDED),
  SOLD_OUT("商品售罄", Fault.MERCHANT, Proof.NOT_NEEDED),
  STORE_CLOSED("门店打烊", Fault.MERCHANT, Proof.NOT_NEEDED),
  SLOW_KITCHEN("出餐慢", Fault.MERCHANT, Proof.NOT_NEEDED),
  DUPLICATE_ORDER("重复下单", Fault.MERCHANT, Proof.NOT_NEEDED),
  MERCHANT_CANCELLED("商家取消", Fault.MERCHANT, Proof.NOT_NEEDED),
  OTHER("其他", Fault.MERCHANT, Proof.NOT_NEEDED),
  /** The promise is past, or the rider is well behind the plan, before reaching the store. */
  LATE("配送超时", Fault.PLATFORM, Proof.LATE),
  NOBODY_ACCEPTS("无人接单", Fault.PLATFORM, Proof.NOBODY_FOUND),
  RIDER_LATE("骑手迟迟不到店", Fault.RIDER, Proof.LATE),
  BAD_WEATHER("恶劣天气", Fault.WEATHER, Proof.SEVERE_WEATHER);

  /** What must have been seen for the reason to hold. */
  public enum Proof {
    /** The merchant's word is enough: it takes the blame, or puts it on its own customer. */
    NOT_NEEDED,
    /** Behind the promise or the plan, with nobody at the store. */
    LATE,
    /** Dispatch has begun its steps for a job that nobody takes. */
    NOBODY_FOUND,
    /** An orange or red alert. */
    SEVERE_WEATHER
  }

  private final String chinese;
  private final Fault fault;
  private final Proof proof;

  CancelReason(String chinese, Fault fault, Proof proof) {
    this.chinese = chinese;
    this.fault = fault;
    this.proof = proof;
  }

  /** The reason with this code; empty for an unknown one. */
  public static Optional<CancelReason> find(String code) {
    return Arrays.stream(values()).filter(reason -> reason.name().equals(code)).findFirst();
  }

  /** All codes, for whoever used another one. */
  public static String codes() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }

  /** What it is called in Chinese. */
  public String chinese() {
    return chinese;
  }

  /** Whose doing it is when it holds. */
  public Fault fault() {
    return fault;
  }

  public Proof proof() {
    return proof;
  }
}
