package org.shanpai.city.plan;

/** How the customer of an order behaves. */
public enum Fate {
  TAKES_IT,
  CANCELS,
  UNREACHABLE,
  REFUSES
}
