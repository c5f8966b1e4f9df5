package org.shanpai.order.handover;

/** How goods change hands. */
public enum Way {
  /** A code was told. */
  CODE,
  /** Left at the place agreed (放置点), with a picture. */
  DROP_POINT
}
