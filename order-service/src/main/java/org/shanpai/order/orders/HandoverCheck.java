package org.shanpai.order.orders;

/** What the rider must see before goods change hands. */
public enum HandoverCheck {
  /** The receiver is 18 or older. */
  AGE_18,
  /** A prescription for the medicine. */
  PRESCRIPTION,
  /** The receiver is whom the order names. */
  IDENTITY
}
