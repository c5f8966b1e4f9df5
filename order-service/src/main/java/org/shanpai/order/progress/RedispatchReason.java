package org.shanpai.order.progress;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a merchant wants another rider. */
public enum RedispatchReason {
  /** Well behind the plan. */
  RIDER_LATE,
  /** Does not answer. */
  RIDER_UNREACHABLE,
  /** Asked the store to be rid of the order. */
  RIDER_ASKED,
  /** Cannot carry the goods. */
  UNSUITABLE_VEHICLE,
  OTHER;

  static Optional<RedispatchReason> find(String code) {
    return Arrays.stream(values()).filter(reason -> reason.name().equals(code)).findFirst();
  }

  static String codes() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }
}
