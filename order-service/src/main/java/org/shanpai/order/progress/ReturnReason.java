package org.shanpai.order.progress;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a merchant wants goods back that are on their way. */
public enum ReturnReason {
  /** The rider was given somebody else's, or the wrong ones. */
  WRONG_GOODS,
  /** They must not reach the customer: spoiled, or called back. */
  UNSAFE_GOODS,
  /** The customer cancelled at the merchant's. */
  CUSTOMER_CANCELLED,
  /** Not paid, or believed to be fraud. */
  PAYMENT_FAILED,
  OTHER;

  static Optional<ReturnReason> find(String code) {
    return Arrays.stream(values()).filter(reason -> reason.name().equals(code)).findFirst();
  }

  static String codes() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }
}
